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
    assertThat(directory.resolve("no")).doesNotExist();
  }

  private static String[] append(String[] some, String... more) {
    return Stream.concat(Stream.of(some), Stream.of(more)).toArray(String[]::new);
  }
}
