package dev.tamis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Nothing that is read, or that another run needs, is written over; no bad row is lost. */
@TestInstance(Lifecycle.PER_CLASS)
class OutputPlacesTest {
  private static final String[] KEEP = {"--on-bad-row", "quarantine", "--quarantine"};

  @TempDir private static Path directory;
  private Fixture fixture;
  private Path parts;
  private String test;

  @BeforeAll
  void split() {
    fixture = new Fixture(directory);
    parts = directory.resolve("parts");
    Cli.run("split", "" + fixture.interactions, "--by", "random:0.7", "--out", "" + parts)
        .succeeds();
    test = "" + parts.resolve("test.tsv");
  }

  private static Path copy(Path from, Path to) throws IOException {
    Files.createDirectories(to.getParent());
    return Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
  }

  @Test
  void aSplitLeavesFilesThatAreNotItsOwn() throws IOException {
    Path mine = copy(parts.resolve("train.tsv"), directory.resolve("mine/train.tsv"));
    byte[] before = Files.readAllBytes(mine);
    Cli.run("split", "" + mine, "--by", "random:0.8", "--out", "" + mine.getParent())
        .fails(2, "--out", "would write over");
    Cli.run("split", test, "--by", "random:0.8", "--out", "" + mine.getParent())
        .fails(73, "train.tsv is there already", "name another directory");
    assertThat(Files.readAllBytes(mine)).isEqualTo(before);
    Cli.run("split", test, "--by", "random:0.8", "--out", "" + directory.resolve("twice"))
        .succeeds();
    Cli.run("split", test, "--by", "random:0.7", "--out", "" + directory.resolve("twice"))
        .succeeds();
  }

  @Test
  void generateLeavesFilesThatAreOthers() throws IOException {
    Path mine = Files.createDirectories(directory.resolve("my-data"));
    Path items = Files.writeString(mine.resolve("items.tsv"), "item\ttitle\n1\tMine\n");
    String[] generate = {"generate", "" + mine, "--users", "60", "--items", "40"};
    Cli.run(generate)
        .fails(
            73, items + " is there already and is not what would be written", "another directory");
    assertThat(items).hasContent("item\ttitle\n1\tMine\n");
    assertThat(names(mine)).containsExactly("items.tsv");
    Files.delete(items);
    Cli.run(generate).succeeds();
    assertThat(names(mine)).containsExactly("interactions.tsv.gz", "items.tsv");
    Cli.run(generate).succeeds(); // the same again
    Path interactions = mine.resolve("interactions.tsv.gz");
    byte[] before = Files.readAllBytes(interactions);
    generate[3] = "61";
    Cli.run(generate).fails(73, interactions + " is there already");
    assertThat(Files.readAllBytes(interactions)).isEqualTo(before);
    assertThat(names(mine)).containsExactly("interactions.tsv.gz", "items.tsv");
  }

  @Test
  void importLeavesAFileThatIsAnother() throws IOException {
    Path kept = Files.writeString(directory.resolve("keep.tsv"), "mine\n");
    Cli.run("import", test, "--out", "" + kept)
        .fails(73, kept + " is there already and is not what would be written", "another file");
    assertThat(kept).hasContent("mine\n");
    Files.delete(kept);
    Cli.run("import", test, "--out", "" + kept).succeeds();
    byte[] before = Files.readAllBytes(kept);
    Cli.run("import", test, "--out", "" + kept).succeeds();
    assertThat(Files.readAllBytes(kept)).isEqualTo(before);
    Cli.run("import", test, "--out", "/dev/null").succeeds(); // nothing is lost there
    assertThat(Files.isRegularFile(Path.of("/dev/null"))).isFalse();
    Cli.run("import", test, "--out", "" + parts).fails(73, parts + " is a directory");
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aFullDiskIsToldInWordsAndLeavesNothing() throws IOException {
    Path full = Files.createDirectories(directory.resolve("full"));
    Files.createSymbolicLink(full.resolve("items.tsv"), Path.of("/dev/full"));
    Cli.run("generate", "" + full, "--users", "60", "--items", "40")
        .fails(74, "cannot write the data in " + full + ": No space left on device");
    assertThat(names(full)).containsExactly("items.tsv");
    Cli.run("import", test, "--out", "/dev/full").fails(74, "No space left on device");
    Path file = Files.writeString(directory.resolve("a-file"), "");
    Cli.run("generate", "" + file.resolve("x")).fails(73, "is a file");
  }

  /** A model directory holds the files of a model alone, or nothing may replace it. */
  @Test
  void aModelIsNotExtendedIntoItself() throws IOException {
    Path model = directory.resolve("towers");
    String features = "" + fixture.items;
    fixture
        .train(
            model,
            "--method",
            "ssl",
            "--epochs",
            "1",
            "--item-features",
            features,
            "--item-columns",
            "genres")
        .succeeds();
    for (String inside : new String[] {"x", "x/y", "../towers/z"}) {
      Cli.run(
              "extend",
              "" + model,
              "--item-features",
              features,
              "--out",
              "" + model.resolve(inside))
          .fails(2, "--out", "would write over what is in " + model, "or " + model + " itself");
    }
    Cli.run("extend", "" + model, "--item-features", features, "--out", "" + model).succeeds();
    Cli.run("verify", "" + model).succeeds();
  }

  private static List<String> names(Path place) throws IOException {
    try (Stream<Path> files = Files.list(place)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  /** Every item is in the training data, so that there is nothing to measure among cold ones. */
  @Test
  void testDataThatCannotBeMeasuredAreRefusedBeforeTraining() {
    Path out = directory.resolve("unmeasured");
    fixture
        .train(out, "--method", "bpr", "--among", "cold-items", "--split", "random:0.9")
        .fails(65, "nothing to measure");
    fixture
        .train(out, "--method", "bpr", "--among", "cold-items")
        .fails(2, "--among says what of the test data is measured");
    assertThat(out).doesNotExist();
    assertThat(directory.resolve("unmeasured.run.json")).doesNotExist();
  }

  @Test
  void evaluateLeavesModelAndDataAlone() throws IOException {
    Path own = copy(Path.of(test), directory.resolve("own/test.tsv"));
    String model = "" + fixture.bpr;
    Cli.run("evaluate", model, "--test", "" + own, "--per-user", model + "/items.ids")
        .fails(2, "--per-user", "would write over what is in");
    Cli.run("evaluate", model, "--test", "" + own, "--per-user", "" + own)
        .fails(2, "would write over");
    String one = "" + directory.resolve("one.txt");
    Cli.run("evaluate", model, "--test", test, "--trec-run", one, "--trec-qrels", one)
        .fails(2, "--trec-run", "would write over");
    Cli.run("verify", model).succeeds();
  }

  @Test
  void theQuarantineFileIsNoneOfTheOthers() throws IOException {
    Cli.run("evaluate", "" + fixture.bpr, "--test", test, KEEP[0], KEEP[1], KEEP[2], test)
        .fails(2, "--quarantine", "would write over");
    String out = "" + directory.resolve("q.tsv");
    Cli.run("import", "" + fixture.interactions, "--out", out, KEEP[0], KEEP[1], KEEP[2], out)
        .fails(2, "--quarantine", "would write over");
    Cli.run("import", test, "--out", test).fails(2, "--out", "would write over");
    for (String option : new String[] {"--item-features", "--items"}) {
      Path titles = directory.resolve("titles.tsv");
      copy(fixture.items, titles);
      Path bad = fixture.file("bad-main.tsv", "user\titem\na\tb\nalone\n");
      Cli.run(
              "train",
              "" + bad,
              "--method",
              "ssl-pop",
              "--out",
              "" + directory.resolve("n"),
              option,
              "" + titles,
              KEEP[0],
              KEEP[1],
              KEEP[2],
              "" + titles)
          .fails(2, "--quarantine", "would write over");
      assertThat(Files.readAllBytes(titles)).isEqualTo(Files.readAllBytes(fixture.items));
    }
  }

  @Test
  void checkpointsStayOutOfTheModelAndOfOtherRuns() throws IOException {
    Path model = directory.resolve("run");
    fixture
        .train(model, "--method", "bpr", "--checkpoint", "" + model.resolve("state"))
        .fails(2, "--checkpoint", "would write over what is in");
    fixture
        .train(model, "--method", "bpr", "--checkpoint-every-epoch")
        .fails(2, "--checkpoint-every-epoch needs --checkpoint DIR");
    Path state = Files.createDirectories(directory.resolve("state"));
    Path kept = Files.writeString(state.resolve("checkpoint-000000003.tamis"), "of another run");
    fixture
        .train(model, "--method", "most-popular", "--checkpoint", "" + state, "--resume")
        .fails(75, "of another run", "'most-popular' has no epochs");
    assertThat(kept).exists();
  }

  /** Those of test and validation data are counted and kept as those of the interactions are. */
  @Test
  void badRowsOfEveryFileAreToldAndKept() throws IOException {
    Path kept = directory.resolve("kept.tsv");
    Path bad = copy(Path.of(test), directory.resolve("bad/test.tsv"));
    Files.writeString(bad, Files.readString(bad) + "lonely\n");
    Path train = copy(parts.resolve("train.tsv"), directory.resolve("bad/train.tsv"));
    Files.writeString(train, Files.readString(train) + "alone\n");
    Cli trained =
        Cli.run(
                "train",
                "" + train,
                "--test",
                "" + bad,
                "--method",
                "most-popular",
                "--out",
                "" + directory.resolve("of-bad"),
                KEEP[0],
                KEEP[1],
                KEEP[2],
                "" + kept)
            .succeeds();
    assertThat(trained.err()).containsPattern("train.tsv: .* 1 bad rows left out");
    assertThat(trained.err()).containsPattern("test.tsv: .* 1 bad rows left out");
    List<String> rows = Files.readAllLines(kept);
    assertThat(rows).hasSize(2);
    assertThat(rows.get(0)).startsWith(train + ":").endsWith("\talone");
    assertThat(rows.get(1)).startsWith(bad + ":").endsWith("\tlonely");
    Cli evaluated =
        Cli.run(
                "evaluate",
                "" + directory.resolve("of-bad"),
                "--test",
                "" + bad,
                "--on-bad-row",
                "skip")
            .succeeds();
    assertThat(evaluated.err()).contains("1 bad rows left out");
  }

  @Test
  void aMetricThatCannotDecideIsRefusedBeforeTraining() {
    Cli.run(
            "compare",
            "" + fixture.interactions,
            "--methods",
            "most-popular,bpr",
            "--out",
            "" + directory.resolve("compared"),
            "--metric",
            "coverage@10")
        .fails(2, "coverage@10 has no value for each user");
    fixture
        .train(directory.resolve("g"), "--method", "bpr", "--metric", "gini@10")
        .fails(2, "--metric gini@10 cannot decide");
  }

  @Test
  void messagesNameWhatWasTyped() {
    Cli.run("import", test, "--min-rating", "abc").fails(2, "'--min-rating'");
    Cli.run("recommend", "" + fixture.bpr, "--user", "x", "-k", "y").fails(2, "'-k'");
    Cli.run("verify", "").fails(65, ".: manifest.json is missing");
  }

  @Test
  void thePlanIsTheOutputWhereItIsAskedFor() {
    Cli plan = fixture.train(directory.resolve("p"), "--method", "bpr", "--plan", "-q").succeeds();
    assertThat(plan.out()).contains("all together");
    assertThat(plan.err()).isEmpty();
  }

  @Test
  void anIdWithACommaIsNamedInQuotes() {
    Path file = fixture.file("comma.csv", "user,item\nu1,\"a,b\"\nu1,a\nu2,a\nu2,b\nu3,c\n");
    String model = "" + directory.resolve("comma");
    Cli.run("train", "" + file, "--method", "most-popular", "--out", model).succeeds();
    Cli one = Cli.run("recommend", model, "--history", "\"a,b\"", "--json").succeeds();
    assertThat(one.json().at("history_size").number()).isEqualTo(1);
    Cli two = Cli.run("recommend", model, "--history", "\"a,b\",c", "--json").succeeds();
    assertThat(two.json().at("history_size").number()).isEqualTo(2);
  }

  /** Words with a meaning to a shell, and what says how the data are read. */
  @Test
  void theCommandThatTunePrintsReadsTheSameData() throws IOException {
    Path odd = copy(parts.resolve("train.tsv"), directory.resolve("sp ace/i $x.tsv"));
    Cli tuned =
        Cli.run(
                "tune",
                "" + odd,
                "--method",
                "bpr",
                "--space",
                "dim=4",
                "--set",
                "epochs=1",
                "--min-user-degree",
                "2",
                "--split",
                "random:0.6:0.2",
                "--trials",
                "1",
                "--out",
                "" + directory.resolve("tuned"))
            .succeeds();
    assertThat(tuned.out())
        .contains("best: tamis train '" + odd + "' --method bpr --min-user-degree 2 ");
    Cli.run("tune", test, "--method", "bpr", "--space", "dimm=4", "--out", "t")
        .fails(78, "no option 'dimm' to search; did you mean 'dim'?");
    Cli.run("reproduce", "priss", "table-3", "--data", test, "--out", "r")
        .fails(2, "no paper 'priss'; did you mean 'pris'?");
  }
}
