package dev.tamis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Features of items and users, from files to recommendations. */
class FeaturesTest {
  @TempDir private static Path directory;
  private static Fixture fixture;
  private static Path users;

  @BeforeAll
  static void makeData() {
    fixture = new Fixture(directory);
    StringBuilder text = new StringBuilder("user,land,age\nnewcomer,NO,30\n");
    for (int u = 1; u <= 80; u++) {
      text.append(String.format("u%04d,%s,%d%n", u, u % 2 == 0 ? "NO" : "FR", 20 + u % 40));
    }
    users = fixture.file("users.csv", text.toString());
  }

  private static Cli train(String out, String... more) {
    String[] args = new String[more.length + 8];
    String[] first = {
      "--method", "ssl-pop", "--epochs", "3", "--set", "batch-size=64", "--set", "dim=8"
    };
    System.arraycopy(first, 0, args, 0, 8);
    System.arraycopy(more, 0, args, 8, more.length);
    return fixture.train(directory.resolve(out), args);
  }

  @Test
  void fromFilesToRecommendationsForAllThereAre() {
    String out = directory.resolve("both").toString();
    Cli trained =
        train(
            "both",
            "--item-features",
            fixture.items.toString(),
            "--item-columns",
            "genres",
            "--user-features",
            users.toString(),
            "--split",
            "random:0.8:0.1");
    assertThat(trained.succeeds().err())
        .contains("genres multi of 16 values (0 missing) of 50 items")
        .contains("land categorical of 2 values (0 missing), age numeric (0 missing) of 80 users")
        .contains("1 rows of others left out");
    Cli.run("verify", out).succeeds();
    Cli.run("similar", out, "--item", fixture.someItem()).succeeds();
    assertThat(Cli.run("recommend", out, "--user", fixture.someUser(), "--json").succeeds().out())
        .contains("\"reason\":\"trained-user\"");
    assertThat(
            Cli.run("recommend", out, "--history", fixture.someItem(), "--json").succeeds().out())
        .contains("\"reason\":\"history\"");
    Cli.run("recommend", out, "--user", "newcomer")
        .fails(65, "or a file with their features with --user-features FILE");
    String[] byFeatures = {
      "recommend", out, "--user", "newcomer", "--user-features", users.toString(), "--json"
    };
    assertThat(Cli.run(byFeatures).succeeds().out()).contains("\"reason\":\"features\"");
    Cli.run("recommend", out, "--user", "nobody", "--user-features", users.toString())
        .fails(65, "has no row of user 'nobody'");
  }

  @Test
  void usersAndItemsMayBeAddedByTheirFeatures() {
    Path items = fixture.file("more.tsv", "item\tgenres\nnew\tDrama\nm0001\tDrama\n");
    Cli trained =
        train(
            "added",
            "--item-features",
            items.toString(),
            "--user-features",
            users.toString(),
            "--unknown-features",
            "add");
    assertThat(trained.succeeds().err()).contains("1 rows of others added");
    String out = directory.resolve("added").toString();
    assertThat(Cli.run("recommend", out, "--user", "newcomer", "-k", "51").succeeds().out())
        .contains(" new ");
    train("refused", "--item-features", items.toString(), "--unknown-features", "fail")
        .fails(65, "more.tsv:2:1: item 'new' is not among those of the interactions");
  }

  @Test
  void aTrainedModelIsExtendedByNewItems() {
    String file = fixture.items.toString();
    train("today", "--item-features", file, "--item-columns", "genres", "--items", file).succeeds();
    Path items = fixture.file("new.tsv", "item\tgenres\nnew\tDrama\nm0001\tDrama\n");
    String today = directory.resolve("today").toString();
    String out = directory.resolve("tomorrow").toString();
    Cli extended = Cli.run("extend", today, "--item-features", items.toString(), "--out", out);
    assertThat(extended.succeeds().err()).contains("1 items and 0 users added");
    Cli.run("verify", out).succeeds();
    Cli.run("similar", out, "--item", "new", "-k", "3").succeeds();
    assertThat(Cli.run("recommend", out, "--user", fixture.someUser(), "-k", "51").succeeds().out())
        .contains(" new ");
    Cli.run("extend", today, "--user-features", users.toString(), "--out", out)
        .fails(2, "this model knows no features of users");
    Cli.run("extend", today, "--out", out).fails(2, "extend needs --item-features FILE or");
  }

  private static Cli compare(String out, String methods, Path items, String... more) {
    List<String> arguments =
        new ArrayList<>(List.of("compare", fixture.interactions.toString(), "--methods", methods));
    arguments.addAll(List.of("--set", "epochs=3", "--set", "batch-size=64", "--set", "dim=8"));
    arguments.addAll(List.of("--seeds", "1", "--split", "cold-items:0.2", "--metric", "ndcg@10"));
    arguments.addAll(List.of("--item-features", items.toString(), "--item-columns", "genres"));
    arguments.addAll(List.of("--no-times", "--out", directory.resolve(out).toString()));
    arguments.addAll(List.of(more));
    return Cli.run(arguments.toArray(String[]::new));
  }

  @Test
  void contendersKnowFeaturesIfTheyTakeAny() throws IOException {
    Cli compared = compare("compared", "bpr,ssl-pop", fixture.items).succeeds();
    assertThat(compared.err()).contains("trained without features, as they take none: bpr");
    assertThat(compared.out()).contains("with features of items or users: ssl-pop; without any: b");
    JsonTree document =
        compare("compared", "bpr,ssl-pop", fixture.items, "--json").succeeds().json();
    assertThat(document.at("contenders.0").keys()).doesNotContain("features");
    JsonTree taught =
        train(
                "taught",
                "--item-features",
                fixture.items.toString(),
                "--item-columns",
                "genres",
                "--split",
                "cold-items:0.2",
                "--at",
                "10",
                "--json")
            .succeeds()
            .json();
    assertThat(document.at("contenders.1.metrics.ndcg@10.mean"))
        .isEqualTo(taught.at("metrics.ndcg@10"));
  }

  /** A finished trial is another one where an item has another genre, if its method looks. */
  @Test
  void trialsAreFoundAgainByWhatTheyKnow() throws IOException {
    compare("found", "bpr,ssl-pop", fixture.items).succeeds();
    String before = Files.readString(directory.resolve("found/comparison.json"));
    String text = Files.readString(fixture.items);
    Path others = fixture.file("others.tsv", text.replaceFirst("Drama", "Comedy"));
    assertThat(compare("found", "bpr,ssl-pop", others).succeeds().err())
        .contains("bpr, seed 1, finished before")
        .doesNotContain("ssl-pop, seed 1, finished before");
    assertThat(compare("found", "bpr,ssl-pop", fixture.items).succeeds().err())
        .contains("bpr, seed 1, finished before", "ssl-pop, seed 1, finished before");
    assertThat(Files.readString(directory.resolve("found/comparison.json"))).isEqualTo(before);
    compare("refused", "bpr,pris", others).fails(78, "none of these methods takes");
  }

  @Test
  void aSearchKnowsFeaturesAndSaysSoInItsCommand() {
    String[] search = {
      "tune",
      fixture.interactions.toString(),
      "--method",
      "ssl-pop",
      "--space",
      "dim=4,8",
      "--search",
      "grid",
      "--set",
      "epochs=2",
      "--split",
      "cold-items:0.2:0.2",
      "--item-features",
      fixture.items.toString(),
      "--json",
      "--out",
      directory.resolve("search").toString()
    };
    JsonTree found = Cli.run(search).succeeds().json();
    assertThat(found.at("best.command").text()).contains(" --item-features " + fixture.items);
    assertThat(found.at("features").text()).startsWith("items ");
    search[3] = "bpr";
    Cli.run(search).fails(78, "method 'bpr' takes no features");
  }

  /** Parts of the data where a fifth of the items is in the test part alone. */
  private Path coldParts(String name) {
    Path parts = directory.resolve(name);
    String data = fixture.interactions.toString();
    Cli.run("split", data, "--by", "cold-items:0.2", "--out", parts.toString()).succeeds();
    return parts;
  }

  /** A model of the training part that knows the genres of all items. */
  private Path coldModel(Path parts, String method) {
    Path model = directory.resolve("cold-" + method);
    Cli.run(
            "train",
            parts.resolve("train.tsv").toString(),
            "--method",
            method,
            "--epochs",
            "1",
            "--item-features",
            fixture.items.toString(),
            "--item-columns",
            "genres",
            "--unknown-features",
            "add",
            "--out",
            model.toString())
        .succeeds();
    return model;
  }

  @Test
  void coldItemsAreRankedAmongThemselves() {
    Cli run =
        train(
            "cold",
            "--item-features",
            fixture.items.toString(),
            "--item-columns",
            "genres",
            "--split",
            "cold-items:0.2",
            "--among",
            "cold-items");
    assertThat(run.succeeds().out()).contains("10 of 50 items without the user's known items");
    Path parts = coldParts("parts");
    Path model = coldModel(parts, "bir");
    String test = parts.resolve("test.tsv").toString();
    Cli found = Cli.run("evaluate", model.toString(), "--test", test, "--among", "cold-items");
    assertThat(found.succeeds().out()).contains("10 of 50 items");
  }

  /** Test data with warm items beside the cold ones say the same: those are not to be found. */
  @Test
  void whatIsNotRankedIsNotToBeFoundByAnyConvention() throws IOException {
    Path parts = coldParts("mixed");
    Path model = coldModel(parts, "ssl-pop");
    List<String> cold = Files.readAllLines(parts.resolve("test.tsv"));
    List<String> mixed = new ArrayList<>(cold);
    String user = cold.get(1).split("\t")[0];
    mixed.add(cold.get(1).replaceFirst("\t[^\t]*", "\tnever-heard-of"));
    Files.readAllLines(parts.resolve("train.tsv")).stream()
        .skip(1)
        .filter(line -> !line.startsWith(user + "\t"))
        .limit(40)
        .map(line -> line.replaceFirst("[^\t]*", user))
        .forEach(mixed::add);
    String[] figures = new String[2];
    for (List<String> rows : List.of(cold, mixed)) {
      Path test = Files.write(directory.resolve("rows.tsv"), rows);
      Path qrels = directory.resolve("qrels");
      Cli run =
          Cli.run(
                  "evaluate",
                  model.toString(),
                  "--test",
                  test.toString(),
                  "--among",
                  "cold-items",
                  "--compat",
                  "implicit",
                  "--trec-qrels",
                  qrels.toString())
              .succeeds();
      assertThat(run.err()).contains("only items that nobody has").doesNotContain("as missed");
      figures[rows == cold ? 0 : 1] = run.out() + Files.readString(qrels);
    }
    assertThat(figures[1]).isEqualTo(figures[0]);
  }

  /** Users that training does not see are known by the mean of their items' vectors. */
  @Test
  void usersHeldOutWholeAreMeasuredByTheirHistory() {
    String file = fixture.items.toString();
    train("held", "--split", "heldout-users:10")
        .fails(78, "this model ranks only users it was trained on");
    Cli run =
        train(
            "held",
            "--split",
            "heldout-users:10",
            "--item-features",
            file,
            "--item-columns",
            "genres");
    assertThat(run.succeeds().out()).contains("over ");
  }

  /** In training and afterwards: which of the two columns is meant cannot be told. */
  @Test
  void aColumnThatIsThereTwiceIsRefused() {
    Path twice = fixture.file("twice.tsv", "item\tgenres\tgenres\nnew\ta\tb\n");
    train("no", "--item-features", "" + twice, "--item-columns", "genres")
        .fails(65, twice + ":1: two columns are named 'genres'; rename one");
    Path model = directory.resolve("once");
    train("once", "--item-features", "" + fixture.items, "--item-columns", "genres").succeeds();
    Cli.run("extend", "" + model, "--item-features", "" + twice, "--out", "" + model)
        .fails(65, twice + ":1: two columns are named 'genres'; rename one");
  }

  @Test
  void whatDoesNotGoTogetherIsRefused() {
    String file = fixture.items.toString();
    fixture
        .train(directory.resolve("no"), "--method", "bpr", "--item-features", file)
        .fails(78, "method 'bpr' takes no features");
    train("no", "--item-columns", "genres").fails(2, "--item-columns goes with --item-features");
    train("no", "--unknown-features", "add").fails(2, "--unknown-features goes with");
    train("no", "--item-features", file, "--unknown-features", "maybe")
        .fails(2, "must be one of skip, fail, add");
    train("no", "--item-features", file, "--item-columns", "actors")
        .fails(2, "has no column 'actors'; there are: item, title, genres");
    train("no", "--among", "new").fails(2, "--among must be all or cold-items");
  }
}
