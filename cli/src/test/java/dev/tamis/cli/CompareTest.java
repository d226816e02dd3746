package dev.tamis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code tamis compare}: text, JSON, page, assertions, and what is left when it is killed. */
class CompareTest {
  @TempDir private static Path directory;
  private static Fixture fixture;

  @BeforeAll
  static void makeData() {
    fixture = new Fixture(directory);
  }

  private static List<String> arguments(String out, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "compare",
                fixture.interactions.toString(),
                "--methods",
                "most-popular,bpr,small=bpr",
                "--set",
                "epochs=30",
                "--set",
                "bpr.dim=16",
                "--set",
                "small.dim=1",
                "--seeds",
                "1,2",
                "--metric",
                "ndcg@10",
                "--resamples",
                "200",
                "--out",
                directory.resolve(out).toString()));
    arguments.addAll(Arrays.asList(more));
    return arguments;
  }

  private static Cli compare(String out, String... more) {
    return Cli.run(arguments(out, more).toArray(String[]::new));
  }

  @Test
  void contendersAreComparedOnTheSameUsers() throws IOException {
    Cli text = compare("text").succeeds();
    assertThat(text.out()).contains("ndcg@10", "95% of users", "p (Holm)", "has the highest");
    assertThat(text.err()).contains("trial 6 of 6: small, seed 2");

    Cli run = compare("text", "--json", "--no-times", "--quiet").succeeds();
    JsonTree document = run.json();
    assertThat(Files.readString(directory.resolve("text/comparison.json"))).isEqualTo(run.out());
    assertThat(document.at("format").text()).isEqualTo("tamis-comparison");
    assertThat(document.at("contenders").list()).hasSize(3);
    assertThat(document.at("contenders.1.options.dim").text()).isEqualTo("16");
    assertThat(document.at("contenders.2.options.dim").text()).isEqualTo("1");
    assertThat(document.at("contenders.1.trials.0.curve").list()).hasSize(30);
    assertThat(document.at("contenders.1.metrics").keys()).contains("coverage@10", "novelty@10");
    assertThat(document.at("pairs").list()).hasSize(3);
    assertThat(document.at("pairs.0.difference").number()).isPositive();
    assertThat(document.keys()).doesNotContain("times");
  }

  @Test
  void pageHoldsItsDataAndLoadsNothing() throws IOException {
    JsonTree document = compare("page", "--json", "--quiet").succeeds().json();
    Path page = directory.resolve("page/report.html");
    String[] charts = {"means", "pairs", "times", "curves", "activity", "popularity"};
    assertThat(WrittenPage.read(page, charts)).isEqualTo(document);
    assertThat(Files.readString(page)).contains("How to read it").doesNotContain("<dt>{metric}");
  }

  @Test
  void anAssertionThatIsNotSupportedFails() {
    compare("asserted", "--assert", "most-popular>bpr", "--quiet").succeeds();
    Cli other = compare("asserted", "--assert", "small>bpr", "--json");
    assertThat(other.code()).isEqualTo(1);
    assertThat(other.err()).contains("small > bpr: not supported");
    assertThat(other.json().at("assertions.0.supported").value()).isEqualTo(false);
  }

  /** Trials of elsewhere take part if they are of the same split and metrics, and not otherwise. */
  @Test
  void trialsOfAnotherComparisonAreTakenInIfTheyAreOnTheSameGround() {
    compare("first", "--quiet").succeeds();
    String[] alone = {
      "compare",
      fixture.interactions.toString(),
      "--methods",
      "most-popular",
      "--seeds",
      "1",
      "--metric",
      "ndcg@10",
      "--with",
      directory.resolve("first").toString(),
      "--json",
      "--quiet",
      "--out",
      directory.resolve("second").toString()
    };
    JsonTree document = Cli.run(alone).succeeds().json();
    assertThat(document.at("contenders").list()).hasSize(3);
    assertThat(document.at("contenders.0.trials").list()).hasSize(2);
    assertThat(document.at("contenders.2.name").text()).isEqualTo("bpr-2");

    Cli.run(with(alone, "--split-seed", "2"))
        .fails(75, "trials of most-popular (seed 1) and bpr (seed 1) were trained on other data");
    Cli.run(with(alone, "--at", "7")).fails(75, "have another protocol", "cannot be compared");
  }

  /** A trial of the contender asked for is taken, and contenders of elsewhere can be named. */
  @Test
  void whatWasFinishedElsewhereIsNotTrainedAgain() {
    compare("elsewhere", "--quiet").succeeds();
    String[] others = {"--with", directory.resolve("elsewhere").toString()};
    Cli run =
        compare("nothing", with(others, "--budget", "0.001s", "--json", "--assert", "bpr>small"));
    assertThat(run.json().at("not_run").list()).isEmpty();
    assertThat(run.json().at("contenders").list()).hasSize(3);
    Cli one =
        Cli.run(
                with(
                    new String[] {
                      "compare",
                      fixture.interactions.toString(),
                      "--methods",
                      "item-knn",
                      "--metric",
                      "ndcg@10",
                      "--against",
                      "most-popular",
                      "--json",
                      "--out",
                      directory.resolve("one").toString()
                    },
                    others))
            .succeeds();
    assertThat(one.json().at("pairs").list()).hasSize(3);
    assertThat(one.json().at("pairs.0.b").text()).isEqualTo("most-popular");
  }

  /** The one against which all are compared may be the one that has no result. */
  @Test
  void aComparisonAgainstOneWithoutResultIsReportedWithoutPairs() {
    Cli run =
        Cli.run(
                "compare",
                fixture.interactions.toString(),
                "--methods",
                "most-popular,pris",
                "--set",
                "sampler=cluster-uniform",
                "--set",
                "clusters=5000",
                "--seeds",
                "1",
                "--against",
                "pris",
                "--metric",
                "ndcg@10",
                "--json",
                "--out",
                directory.resolve("missing").toString())
            .succeeds();
    assertThat(run.json().at("not_run").list()).hasSize(1);
    assertThat(run.json().at("contenders").list()).hasSize(1);
    assertThat(run.json().at("pairs").list()).isEmpty();
  }

  @Test
  void whatCannotBeMeasuredIsRefusedBeforeAnythingIsRead() {
    String[] none = {
      "compare", directory.resolve("none.tsv").toString(), "--methods", "bpr,mult-vae", "--out", "x"
    };
    Cli.run(with(none, "--valid", "valid.tsv")).fails(2, "compare needs test data");
    Cli.run(with(none, "--users", "5"))
        .fails(2, "belong to --split heldout-users, but it is not given");
    String[] there = none.clone();
    there[1] = fixture.interactions.toString();
    Cli.run(with(there, "--split", "heldout-users:20"))
        .fails(78, "method 'bpr' ranks only users it was trained on");
  }

  private static String[] with(String[] arguments, String... more) {
    return Stream.of(arguments, more).flatMap(Stream::of).toArray(String[]::new);
  }

  @Test
  void whatDoesNotFitInTheBudgetIsListed() {
    Cli run = compare("spent", "--budget", "0.001s", "--json", "--assert", "bpr>small");
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.json().at("not_run").list()).isNotEmpty();
    assertThat(run.err()).contains("warning: not run: small, seed 2: the budget is spent");
  }

  @Test
  void aKilledComparisonGoesOnToTheSameReport() throws Exception {
    compare("whole", "--no-times", "--quiet").succeeds();
    Path parts = directory.resolve("parts");
    Process process = start(arguments("parts", "--no-times"));
    while (process.isAlive() && finished(parts) < 2) {
      Thread.sleep(2);
    }
    process.destroyForcibly().waitFor(); // kill -9
    assertThat(finished(parts)).isBetween(2L, 6L);

    Cli resumed = compare("parts", "--no-times").succeeds();
    assertThat(resumed.err()).contains("trial 1 of 6: most-popular, seed 1, finished before");
    for (String file : List.of("comparison.json", "report.html")) {
      assertThat(Files.readString(parts.resolve(file)))
          .isEqualTo(Files.readString(directory.resolve("whole").resolve(file)));
    }
  }

  private static Process start(List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-cp");
    command.add(
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    command.add("dev.tamis.cli.Main");
    command.addAll(arguments);
    return new ProcessBuilder(command)
        .redirectOutput(directory.resolve("stdout").toFile())
        .redirectError(directory.resolve("stderr").toFile())
        .start();
  }

  private static long finished(Path out) {
    if (!Files.isDirectory(out.resolve("trials"))) {
      return 0;
    }
    try (Stream<Path> files = Files.list(out.resolve("trials"))) {
      return files.filter(file -> file.toString().endsWith(".trial")).count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
