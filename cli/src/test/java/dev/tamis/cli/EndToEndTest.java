package dev.tamis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every verb on generated data, and what its JSON looks like. */
@TestInstance(Lifecycle.PER_CLASS)
class EndToEndTest {
  @TempDir private static Path directory;
  private Fixture fixture;

  @BeforeAll
  void makeModels() {
    fixture = new Fixture(directory);
  }

  @Test
  void generateIsRepeatable() throws IOException {
    Path again = directory.resolve("again");
    Cli.run("generate", again.toString(), "--users", "80", "--items", "50", "--seed", "3")
        .succeeds();
    assertThat(again.resolve("interactions.tsv.gz")).hasSameBinaryContentAs(fixture.interactions);
    assertThat(again.resolve("items.tsv")).hasSameBinaryContentAs(fixture.items);
  }

  @Test
  void importReportsWhatIsThere() {
    Path file =
        fixture.file("ratings.csv", "userId,movieId,rating\n007,a,5\n007,b,1\n7,a,4\n7,a,3\n");
    JsonTree report = Cli.run("import", file.toString(), "--json").succeeds().json();
    assertThat(report.at("rows").number()).isEqualTo(4);
    assertThat(report.at("users").number()).isEqualTo(2);
    assertThat(report.at("items").number()).isEqualTo(2);
    assertThat(report.at("pairs").number()).isEqualTo(3);
    assertThat(report.at("density").number()).isEqualTo(0.75);
    assertThat(report.at("duplicates").number()).isEqualTo(1);
    assertThat(report.at("bad_row_count").number()).isZero();
    assertThat(Cli.run("import", file.toString()).succeeds().out())
        .contains("duplicate rows  1", "density", "75.00 %");
  }

  @Test
  void importSkipsBadRowsWhenAskedToAndNamesTheirLines() {
    Path file = fixture.file("holes.csv", "user,item\na,b\n,c\nd,b\n");
    Cli strict = Cli.run("import", file.toString()).fails(65, "holes.csv:3");
    assertThat(strict.err()).doesNotContain("internal");
    JsonTree report =
        Cli.run("import", file.toString(), "--on-bad-row", "skip", "--json").succeeds().json();
    assertThat(report.at("bad_row_count").number()).isEqualTo(1);
    assertThat(report.at("bad_rows.0.line").number()).isEqualTo(3);
    assertThat(report.at("pairs").number()).isEqualTo(2);
  }

  @Test
  void importedAndWrittenDataReadBackTheSame() {
    Path clean = directory.resolve("clean.tsv.gz");
    JsonTree first =
        Cli.run("import", fixture.interactions.toString(), "--out", clean.toString(), "--json")
            .succeeds()
            .json();
    JsonTree second = Cli.run("import", clean.toString(), "--json").succeeds().json();
    assertThat(second.at("fingerprint")).isEqualTo(first.at("fingerprint"));
  }

  @Test
  void splitFilesGiveTheModelAndMetricsThatSplittingInTrainGives() {
    Path parts = directory.resolve("parts");
    Cli.run(
            "split",
            fixture.interactions.toString(),
            "--by",
            "random:0.8",
            "--out",
            parts.toString(),
            "--seed",
            "5")
        .succeeds();
    JsonTree inside =
        fixture
            .train(
                directory.resolve("inside"),
                "--method",
                "most-popular",
                "--split",
                "random:0.8",
                "--seed",
                "5",
                "--json")
            .succeeds()
            .json();
    JsonTree outside =
        Cli.run(
                "train",
                parts.resolve("train.tsv").toString(),
                "--test",
                parts.resolve("test.tsv").toString(),
                "--method",
                "most-popular",
                "--seed",
                "5",
                "--out",
                directory.resolve("outside").toString(),
                "--json")
            .succeeds()
            .json();
    for (String metric : List.of("ndcg@10", "recall@10", "mrr@20")) {
      assertThat(outside.at("metrics." + metric)).isEqualTo(inside.at("metrics." + metric));
    }
    assertThat(inside.at("metrics.ndcg@50").number()).isBetween(0.01, 1.0);
    assertThat(inside.at("metrics").keys()).contains("recall@10", "recall@20", "recall@50");

    JsonTree evaluated =
        Cli.run(
                "evaluate",
                directory.resolve("inside").toString(),
                "--test",
                parts.resolve("test.tsv").toString(),
                "--json")
            .succeeds()
            .json();
    assertThat(evaluated.at("metrics")).isEqualTo(inside.at("metrics"));
    assertThat(evaluated.keys()).contains("metrics", "users", "protocol", "method", "model");
  }

  /** What {@code train} measured with validation data known, {@code evaluate} is told of. */
  @ParameterizedTest
  @ValueSource(strings = {"wrmf", "cdae", "mult-vae", "item-knn"})
  void evaluateOfAllThatIsKnownFindsWhatTrainingFound(String method) throws IOException {
    Path parts = directory.resolve("parts-" + method);
    Path model = directory.resolve("known-" + method);
    String file = fixture.interactions.toString();
    Cli.run("split", file, "--by", "random:0.7:0.1", "--out", parts.toString()).succeeds();
    String test = parts.resolve("test.tsv").toString();
    List<String> known = new ArrayList<>(Files.readAllLines(parts.resolve("train.tsv")));
    known.addAll(Files.readAllLines(parts.resolve("valid.tsv")).stream().skip(1).toList());
    Path both = Files.write(directory.resolve("both-" + method + ".tsv"), known);
    List<String> words =
        new ArrayList<>(
            List.of("train", parts.resolve("train.tsv").toString(), "--method", method, "--json"));
    words.addAll(List.of("--valid", parts.resolve("valid.tsv").toString(), "--test", test));
    words.addAll(List.of("--out", model.toString()));
    if (!method.equals("item-knn")) {
      words.addAll(List.of("--epochs", "2"));
    }
    JsonTree trained = Cli.run(words.toArray(String[]::new)).succeeds().json();
    JsonTree evaluated =
        Cli.run("evaluate", model.toString(), "--test", test, "--train", both.toString(), "--json")
            .succeeds()
            .json();
    assertThat(evaluated.at("metrics")).isEqualTo(trained.at("metrics"));
  }

  @Test
  void evaluateWritesTheValuesOfEveryUser() throws IOException {
    Path parts = directory.resolve("halves");
    String data = fixture.interactions.toString();
    Cli.run("split", data, "--by", "random:0.5", "--out", parts.toString()).succeeds();
    Path values = directory.resolve("users.tsv");
    Cli run =
        Cli.run(
                "evaluate",
                fixture.popular.toString(),
                "--test",
                parts.resolve("test.tsv").toString(),
                "--train",
                parts.resolve("train.tsv").toString(),
                "--at",
                "5",
                "--metrics",
                "ndcg,recall@7",
                "--per-user",
                values.toString(),
                "--json")
            .succeeds();
    assertThat(run.json().at("metrics").keys()).containsExactlyInAnyOrder("ndcg@5", "recall@7");
    List<String> lines = Files.readAllLines(values);
    assertThat(lines.get(0)).isEqualTo("user\tndcg@5\trecall@7");
    assertThat(lines).hasSize(1 + (int) run.json().at("users").number());
  }

  @Test
  void recommendAnswersWithTitles() {
    Cli run =
        Cli.run(
            "recommend", fixture.bpr.toString(), "--user", fixture.someUser(), "-k", "5", "--json");
    JsonTree tree = run.succeeds().json();
    assertThat(tree.at("items").list()).hasSize(5);
    assertThat(tree.at("items.0").keys()).containsExactly("id", "score", "title");
    assertThat(tree.at("items.0.title").text()).isNotBlank();
    assertThat(tree.at("items.0.score").number())
        .isGreaterThanOrEqualTo(tree.at("items.1.score").number());
    assertThat(tree.at("reason").text()).isEqualTo("trained-user");
    assertThat(tree.at("method").text()).isEqualTo("bpr");
    assertThat(
            Cli.run("recommend", fixture.bpr.toString(), "--user", fixture.someUser())
                .succeeds()
                .out())
        .contains(tree.at("items.0.id").text(), tree.at("items.0.title").text());
  }

  @Test
  void recommendLeavesOutWhatTheUserHasUnlessAskedToKeepIt() {
    String user = fixture.someUser();
    String item = fixture.someItem();
    String model = fixture.popular.toString();
    Cli without = Cli.run("recommend", model, "--user", user, "-k", "100", "--json").succeeds();
    assertThat(ids(without.json())).doesNotContain(item);
    assertThat(without.err()).isEmpty();
    Cli with =
        Cli.run("recommend", model, "--user", user, "-k", "100", "--include-seen", "--json")
            .succeeds();
    assertThat(ids(with.json())).contains(item);
    Cli excluded =
        Cli.run(
                "recommend",
                model,
                "--user",
                user,
                "-k",
                "100",
                "--include-seen",
                "--exclude",
                item,
                "--json")
            .succeeds();
    assertThat(ids(excluded.json())).doesNotContain(item);
  }

  @Test
  void unknownItemsOfAHistoryAreNotDroppedInSilence() {
    Cli run =
        Cli.run(
                "recommend",
                fixture.popular.toString(),
                "--history",
                "strange," + fixture.someItem(),
                "--json")
            .succeeds();
    assertThat(run.err()).contains("item 'strange' is not in the catalogue");
    assertThat(run.json().at("unknown_items").list()).hasToString("[strange]");
    assertThat(run.json().at("items.0.title").value()).isNull();
  }

  @Test
  void similarItemsHaveCosines() {
    JsonTree tree =
        Cli.run(
                "similar",
                fixture.bpr.toString(),
                "--item",
                fixture.someItem(),
                "-k",
                "3",
                "--json")
            .succeeds()
            .json();
    assertThat(tree.at("items").list()).hasSize(3);
    assertThat(ids(tree)).doesNotContain(fixture.someItem());
    assertThat(tree.at("items.0.score").number()).isBetween(-1.001, 1.001);
  }

  /** What an item adds to others is what is recommended to whoever has that alone. */
  @ParameterizedTest
  @ValueSource(strings = {"item-knn", "slim", "ease"})
  void whatIsRelatedToAnItemIsWhatItsOwnerIsRecommended(String method) {
    Path model = directory.resolve(method);
    fixture.train(model, "--method", method).succeeds();
    String item = fixture.someItem();
    JsonTree similar =
        Cli.run("similar", model.toString(), "--item", item, "-k", "5", "--json").succeeds().json();
    JsonTree recommended =
        Cli.run("recommend", model.toString(), "--history", item, "-k", "5", "--json")
            .succeeds()
            .json();

    assertThat(ids(similar)).hasSize(5).doesNotContain(item).isEqualTo(ids(recommended));
    assertThat(similar.at("items.0.score").number()).isPositive();
  }

  /** Somebody it was not trained on is answered by what they have. */
  @Test
  void leastSquaresFoldsInAHistory() {
    Path model = directory.resolve("wrmf");
    String[] options = {"--method", "wrmf", "--set", "solver=cholesky", "--epochs", "30"};
    fixture.train(model, options).succeeds();
    String items = fixture.someItem() + ",strange";
    Cli run =
        Cli.run("recommend", model.toString(), "--history", items, "-k", "5", "--json").succeeds();

    assertThat(run.json().at("reason").text()).isEqualTo("history");
    assertThat(ids(run.json())).hasSize(5).doesNotContain(fixture.someItem());
    assertThat(run.json().at("items.0.score").number()).isPositive();
    assertThat(run.err()).contains("item 'strange' is not in the catalogue");
  }

  @Test
  void verifySaysWhatIsWrongInJsonToo() throws IOException {
    assertThat(
            Cli.run("verify", fixture.bpr.toString(), "--json").succeeds().json().at("ok").value())
        .isEqualTo(true);
    Path broken = directory.resolve("broken");
    Files.createDirectory(broken);
    Files.writeString(broken.resolve("manifest.json"), "{}");
    Cli run = Cli.run("verify", broken.toString(), "--json");
    assertThat(run.code()).isEqualTo(65);
    assertThat(run.json().at("ok").value()).isEqualTo(false);
    assertThat(run.json().at("problems.0").text()).isNotBlank();
  }

  @Test
  void methodsTellTheirOptions() {
    assertThat(Cli.run("methods").succeeds().out()).contains("most-popular", "bpr");
    JsonTree bpr = Cli.run("methods", "bpr", "--json").succeeds().json();
    assertThat(bpr.keys()).containsExactly("name", "summary", "citation", "options");
    assertThat(bpr.at("options.0").keys())
        .containsExactly("name", "default", "allowed", "meaning", "aliases");
    assertThat(Cli.run("methods", "bpr").succeeds().out()).contains("dim", "UAI 2009", "factors");
    assertThat(Cli.run("methods", "--json").succeeds().json().at("methods").list())
        .hasSizeGreaterThan(1);
  }

  @Test
  void aModelDoesNotDependOnThreadsAndItsRunLogIsBesideIt() throws IOException {
    Path one = directory.resolve("one");
    Path three = directory.resolve("three");
    String[] options = {"--method", "bpr", "--epochs", "2", "--set", "dim=8"};
    fixture.train(one, with(options, "--threads", "1")).succeeds();
    fixture.train(three, with(options, "--threads", "3")).succeeds();
    assertThat(contents(one)).isEqualTo(contents(three));
    JsonTree log = JsonTree.parse(Files.readString(directory.resolve("three.run.json")));
    assertThat(log.keys())
        .contains(
            "version", "command", "started", "finished", "threads", "kernels", "java", "epochs");
    assertThat(log.at("threads").number()).isEqualTo(3);
    assertThat(log.at("epochs").list()).hasSize(2);
  }

  @Test
  void anEarlierModelIsReplaced() {
    Path out = directory.resolve("replaced");
    fixture.train(out, "--method", "most-popular").succeeds();
    fixture.train(out, "--method", "bpr", "--epochs", "1").succeeds();
    assertThat(
            Cli.run("recommend", out.toString(), "--user", fixture.someUser(), "--json")
                .succeeds()
                .json()
                .at("method")
                .text())
        .isEqualTo("bpr");
  }

  @Test
  void planTrainsNothing() {
    Path out = directory.resolve("planned");
    Cli run = fixture.train(out, "--method", "bpr", "--plan", "--json").succeeds();
    assertThat(run.json().at("plan.total").number()).isPositive();
    assertThat(run.json().at("plan.fits").value()).isEqualTo(true);
    assertThat(out).doesNotExist();
  }

  @Test
  void validationChoosesTheBestEpochAndPatienceStops() {
    Cli run =
        fixture
            .train(
                directory.resolve("patient"),
                "--method",
                "bpr",
                "--epochs",
                "200",
                "--set",
                "learning-rate=0.05",
                "--split",
                "random:0.8:0.1",
                "--metric",
                "recall@10",
                "--patience",
                "3",
                "--json")
            .succeeds();
    assertThat(run.err()).contains("stopped after epoch", "recall@10 has not risen");
    assertThat(run.json().at("epochs").number()).isLessThan(200);
  }

  @Test
  void quietPrintsNothingOnStderr() {
    Cli run =
        fixture.train(directory.resolve("quiet"), "--method", "bpr", "--epochs", "1", "--quiet");
    assertThat(run.succeeds().err()).isEmpty();
  }

  @Test
  void aTerminalGetsABar() {
    Cli run =
        Cli.onTerminal(
                120,
                "train",
                fixture.interactions.toString(),
                "--method",
                "bpr",
                "--epochs",
                "2",
                "--out",
                directory.resolve("bar").toString())
            .succeeds();
    assertThat(run.err()).contains("\rbpr", "100%");
    assertThat(run.out()).isEmpty();
  }

  /** Another demo takes the place of the one before; of what somebody else has, none. */
  @Test
  void aDemoReplacesADemoAndNothingElse() throws IOException {
    Path out = directory.resolve("demo-again");
    for (String users : List.of("60", "70")) {
      Cli.run("demo", "--users", users, "--items", "40", "--out", out.toString(), "--quiet")
          .succeeds();
    }
    Path mine = Files.createDirectories(directory.resolve("mine"));
    Files.writeString(mine.resolve("items.tsv"), "precious\n");
    Cli.run("demo", "--users", "60", "--items", "40", "--out", mine.toString())
        .fails(73, "items.tsv is there already", "name another directory");
    assertThat(Files.readString(mine.resolve("items.tsv"))).isEqualTo("precious\n");
  }

  @Test
  void helpShowsExamplesBeforeOptions() {
    for (String verb :
        List.of(
            "demo",
            "generate",
            "import",
            "split",
            "train",
            "evaluate",
            "recommend",
            "similar",
            "extend",
            "verify",
            "samplers",
            "methods")) {
      Cli help = Cli.run(verb, "--help").succeeds();
      assertThat(help.out()).as(verb).contains("Examples", "tamis " + verb, "--json", "--quiet");
      assertThat(help.out().indexOf("Examples")).isLessThan(help.out().indexOf("Options"));
      assertThat(help.err()).isEmpty();
    }
    assertThat(Cli.run().succeeds().out()).contains("Verbs", "recommend");
    assertThat(Cli.run("--version").succeeds().out()).startsWith("tamis ");
  }

  private static List<String> ids(JsonTree tree) {
    return tree.at("items").list().stream()
        .map(item -> new JsonTree(item).at("id").text())
        .toList();
  }

  private static String[] with(String[] options, String... more) {
    String[] all = Arrays.copyOf(options, options.length + more.length);
    System.arraycopy(more, 0, all, options.length, more.length);
    return all;
  }

  private static Map<String, String> contents(Path model) throws IOException {
    Map<String, String> contents = new TreeMap<>();
    try (Stream<Path> files = Files.list(model)) {
      for (Path file : files.toList()) {
        contents.put(
            file.getFileName().toString(),
            java.util.HexFormat.of().formatHex(Files.readAllBytes(file)));
      }
    }
    return contents;
  }
}
