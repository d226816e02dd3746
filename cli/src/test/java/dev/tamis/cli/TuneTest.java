package dev.tamis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** The search for options, from the command line. */
@TestInstance(Lifecycle.PER_CLASS)
class TuneTest {
  @TempDir private static Path directory;
  private Fixture fixture;

  @BeforeAll
  void generate() {
    fixture = new Fixture(directory);
  }

  private Cli tune(String out, String... more) {
    String[] common = {
      "tune", fixture.interactions.toString(), "--out", directory.resolve(out).toString()
    };
    return Cli.run(Stream.concat(Stream.of(common), Stream.of(more)).toArray(String[]::new));
  }

  /** A step size of next to nothing learns next to nothing. */
  @Test
  void theBetterOptionIsFoundAndTheCommandIsSaid() throws Exception {
    String[] search = {
      "--method",
      "bpr",
      "--space",
      "learning-rate=0.0000001,0.01",
      "--set",
      "epochs=12",
      "--search",
      "grid",
      "--metric",
      "ndcg@10"
    };
    Cli run = tune("grid", search).succeeds();
    assertThat(run.out())
        .contains("best: tamis train", "--method bpr", "--set learning-rate=0.01", "--epochs ");
    assertThat(run.err()).contains("split random:0.8:0.1", "trial 2 of 2");

    String results = Files.readString(directory.resolve("grid/results.json"));
    String page = Files.readString(directory.resolve("grid/report.html"));
    JsonTree again = tune("grid", append(search, "--json")).succeeds().json();
    assertThat(again.at("best.options.learning-rate").text()).isEqualTo("0.01");
    assertThat(again.at("trials").list()).hasSize(2);
    assertThat(Files.readString(directory.resolve("grid/results.json"))).isEqualTo(results);
    assertThat(Files.readString(directory.resolve("grid/report.html"))).isEqualTo(page);
    JsonTree drawn = WrittenPage.read(directory.resolve("grid/report.html"), "order", "option");
    assertThat(drawn.at("best")).isEqualTo(again.at("best"));
    assertThat(drawn.at("trials.1.validation")).isEqualTo(again.at("trials.1.validation"));
    assertThat(drawn.at("space.0.values.1").text()).isEqualTo("0.01");
    assertThat(page).doesNotContain("\"seconds\"");
  }

  @Test
  void aSearchThatIsCutShortGoesOn() {
    String[] search = {
      "--method", "bpr", "--space", "dim=4..40", "--set", "epochs=2", "--trials", "4", "--json"
    };
    JsonTree none = tune("cut", append(search, "--budget", "0.001s")).succeeds().json();
    assertThat(none.at("cut_short").truth()).isTrue();
    assertThat(none.at("trials").list()).isEmpty();
    assertThat(directory.resolve("cut/report.html"))
        .content()
        .contains("No trial has a result.", "The budget ended before the search");
    JsonTree whole = tune("cut", search).succeeds().json();
    assertThat(whole.at("cut_short").truth()).isFalse();
    assertThat(whole.at("trials").list()).hasSize(4);
    JsonTree other = tune("uncut", append(search, "--threads", "1")).succeeds().json();
    assertThat(other.at("best")).isEqualTo(whole.at("best"));
  }

  @Test
  void halvingEndsWithAllEpochs() {
    JsonTree found =
        tune(
                "halving",
                "--method",
                "bpr",
                "--space",
                "l2=0.0001..0.1:log",
                "--search",
                "halving",
                "--trials",
                "9",
                "--set",
                "epochs=9",
                "--json")
            .succeeds()
            .json();
    assertThat(found.at("trials").list()).hasSize(9 + 3 + 1);
    assertThat(found.at("trials.0.at_most_epochs").number()).isEqualTo(1);
    assertThat(found.at("trials.9.at_most_epochs").number()).isEqualTo(3);
    assertThat(found.at("best.number")).isEqualTo(found.at("trials.12.number"));
  }

  /** Methods without epochs measure nothing while they train, and are ranked all the same. */
  @Test
  void closedFormsAreSearchedToo() {
    for (String search : new String[] {"ease l2=10,1000", "slim l1=0.001,5", "item-knn k=5,20"}) {
      String[] words = search.split(" ");
      String[] asked = {
        "--method", words[0], "--space", words[1], "--search", "grid", "--metric", "ndcg@10"
      };
      JsonTree found = tune(words[0], append(asked, "--json")).succeeds().json();
      assertThat(found.at("trials").list()).hasSize(2);
      double first = found.at("trials.0.validation.ndcg@10").number();
      double second = found.at("trials.1.validation.ndcg@10").number();
      assertThat(found.at("best.value").number()).isEqualTo(Math.max(first, second)).isPositive();
      assertThat(first).isNotEqualTo(second);
      // What was read from files is what was found at first.
      JsonTree again = tune(words[0], append(asked, "--json")).succeeds().json();
      assertThat(again.at("best")).isEqualTo(found.at("best"));
    }
  }

  @Test
  void aliasesNameTheSameOptions() {
    tune("no", "--method", "ease", "--set", "l2=10", "--space", "lambda=1,10")
        .fails(2, "option 'lambda' is set and searched");
    JsonTree found =
        tune(
                "alias",
                "--method",
                "bpr",
                "--set",
                "iterations=3",
                "--space",
                "dim=4,8,16",
                "--search",
                "halving",
                "--trials",
                "3",
                "--json")
            .succeeds()
            .json();
    assertThat(found.at("fixed.epochs").text()).isEqualTo("3");
    assertThat(found.at("trials.0.at_most_epochs").number()).isEqualTo(1);
  }

  /** The epochs of the last model are not those of the models before it. */
  @Test
  void ofSeveralModelsInTurnTheCommandKeepsTheEpochsThatWereSet() {
    Cli run =
        tune(
                "phases",
                "--method",
                "neu-mf",
                "--set",
                "pretrain=true",
                "--set",
                "epochs=5",
                "--set",
                "hidden-layers=4",
                "--set",
                "gmf-dim=4",
                "--space",
                "batch-size=32",
                "--search",
                "grid",
                "--metric",
                "ndcg@10")
            .succeeds();
    assertThat(run.out()).contains("--set epochs=5").doesNotContain("--epochs ");
    assertThat(run.err())
        .contains("to have the same, train with --valid FILE and --metric ndcg@10");
  }

  @Test
  void aDamagedTrialIsNoFailureOfItsCandidate() throws Exception {
    String[] search = {
      "--method", "bpr", "--space", "dim=4,8", "--search", "grid", "--set", "epochs=1"
    };
    tune("damaged", search).succeeds();
    try (Stream<Path> files = Files.list(directory.resolve("damaged/trials"))) {
      Path trial = files.filter(f -> f.toString().endsWith(".trial")).findFirst().orElseThrow();
      byte[] bytes = Files.readAllBytes(trial);
      bytes[bytes.length / 2] ^= 1;
      Files.write(trial, bytes);
    }
    tune("damaged", search).fails(65, ".trial");
  }

  @Test
  void aCandidateThatCannotBeTrainedIsNamedAndTheOthersGoOn() {
    Cli run =
        tune(
                "refused",
                "--method",
                "pris",
                "--set",
                "sampler=cluster-uniform",
                "--set",
                "epochs=1",
                "--space",
                "clusters=5,2000",
                "--search",
                "grid")
            .succeeds();
    assertThat(run.err()).contains("no result for {clusters=2000}");
    assertThat(run.out()).contains("best: ", "clusters=5");
  }

  /** The matrix from the hidden layer to the code alone would have 1.8e9 numbers. */
  @Test
  void aCandidateThatDoesNotFitIntoMemoryIsNotBegunAndTheOthersGoOn() {
    Cli run =
        tune(
                "large",
                "--method",
                "mult-vae",
                "--set",
                "hidden=30000",
                "--set",
                "epochs=1",
                "--space",
                "latent=30000,4",
                "--search",
                "grid")
            .succeeds();
    assertThat(run.err())
        .contains("no result for {latent=30000}: this run needs about", "the heap is limited to");
    assertThat(run.out()).contains("best: ", "latent=4");
  }

  @Test
  void whatCannotBeSearchedIsRefused() {
    tune("no", "--method", "bpr").fails(2, "--space OPTION=VALUES, or --paper");
    tune("no", "--method", "most-popular", "--paper").fails(2, "no paper has a grid");
    tune("no", "--method", "bpr", "--space", "dims=1,2").fails(78, "no option 'dims'");
    tune("no", "--method", "bpr", "--space", "dim=8,16", "--set", "dim=4")
        .fails(2, "set and searched");
    tune("no", "--method", "bpr", "--space", "dim=8,16", "--split", "random:0.8")
        .fails(2, "needs validation data");
    tune("no", "--method", "bpr", "--paper", "--trials", "3").fails(2, "searched whole");
    tune("no", "--method", "bpr", "--space", "epochs=2,4", "--search", "halving")
        .fails(2, "gives each candidate its epochs");
    tune("no", "--method", "bpr", "--space", "dim=2,4", "--set", "epochs=abc")
        .fails(78, "option 'epochs' must be", "'abc'");
    assertThat(directory.resolve("no")).doesNotExist();
  }

  private static String[] append(String[] some, String... more) {
    return Stream.concat(Stream.of(some), Stream.of(more)).toArray(String[]::new);
  }
}
