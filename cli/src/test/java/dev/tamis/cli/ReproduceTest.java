package dev.tamis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** Tables of papers, from the command line. */
@TestInstance(Lifecycle.PER_CLASS)
class ReproduceTest {
  @TempDir private static Path directory;
  private Fixture fixture;

  @BeforeAll
  void generate() {
    fixture = new Fixture(directory);
  }

  private Cli reproduce(Path out, String... more) {
    String[] common = {
      "--data", fixture.interactions.toString(), "--out", out.toString(), "--epochs", "2"
    };
    String[] args =
        Stream.of(Stream.of("reproduce"), Stream.of(more), Stream.of(common))
            .flatMap(part -> part)
            .toArray(String[]::new);
    return Cli.run(args);
  }

  @Test
  void aTableIsRunLineByLineAndWrittenDown() throws IOException {
    Path out = directory.resolve("table");
    Cli run =
        reproduce(
                out, "pris", "table-3", "--lines", "U,P", "--seeds", "1,2", "--dataset", "gowalla")
            .succeeds();

    assertThat(run.out()).contains("ndcg@50", "printed", "0.1400", "0.2420", "seconds");
    assertThat(run.err()).contains("split random:0.8", "trial 4 of 4: P, seed 2");
    String page = Files.readString(out.resolve("report.md"));
    assertThat(page).contains("pairs by random:").contains(" of train, ").contains(" of test.");
    assertThat(page)
        .contains("# pris table-3", "| P | ", "0.1457", "sampler=popularity", "epochs=2")
        .doesNotContain("seconds");
    JsonTree report =
        reproduce(
                out,
                "pris",
                "table-3",
                "--lines",
                "U,P",
                "--seeds",
                "1,2",
                "--dataset",
                "gowalla",
                "--json")
            .succeeds()
            .json();
    assertThat(report.at("lines").list()).hasSize(2);
    assertThat(report.at("lines.0.options.l2").text()).isEqualTo("0.00390625");
    assertThat(report.at("lines.1.metrics.recall@50.printed").number()).isEqualTo(0.2420);
    assertThat(report.at("lines.1.metrics.ndcg@50.deviation").number()).isPositive();
    assertThat(report.at("not_finished").list()).isEmpty();
    assertThat(WrittenPage.read(out.resolve("report.html"), "metric")).isEqualTo(report);
    assertThat(Files.readString(out.resolve("report.md"))).isEqualTo(page);
  }

  /** What one run began and another ended is what one run alone gives. */
  @Test
  void runsThatAreTakenUpAgainGiveTheSameReport() throws IOException {
    Path whole = directory.resolve("whole");
    Path parts = directory.resolve("parts");
    reproduce(whole, "xir", "table-2", "--seeds", "1").succeeds();
    reproduce(parts, "xir", "table-2", "--seeds", "1", "--lines", "BIR").succeeds();
    reproduce(parts, "xir", "table-2", "--seeds", "1", "--threads", "1").succeeds();
    for (String file : new String[] {"report.md", "report.json", "report.html"}) {
      assertThat(Files.readString(parts.resolve(file)))
          .isEqualTo(Files.readString(whole.resolve(file)));
    }
  }

  /** There are fewer items here than the clusters that the paper has. */
  @Test
  void aLineThatCannotBeRunIsNamedAndTheOthersGoOn() throws IOException {
    Path out = directory.resolve("refused");
    Cli run = reproduce(out, "pris", "table-3", "--lines", "U,CP", "--seeds", "1").succeeds();
    assertThat(run.out()).contains("not run");
    assertThat(run.err()).contains("not run: CP: ", "clusters");
    assertThat(Files.readString(out.resolve("report.md")))
        .contains(". Not run: ", "| U | 0.", "Left out: P, CU, CUJ, CPJ, Exact.");
    assertThat(Files.readString(out.resolve("report.html"))).contains("<strong>Not run: ");
  }

  @Test
  void pointsOfACurveAreOnePageBesideTheLinesThatAreNone() {
    Path out = directory.resolve("curve");
    reproduce(out, "xir", "figure-5", "--seeds", "1", "--lines", "BIR,XIR cache=1024").succeeds();
    JsonTree report = WrittenPage.read(out.resolve("report.html"), "metric");
    assertThat(report.at("lines.0").keys()).doesNotContain("point");
    assertThat(report.at("lines.1.point.curve").text()).isEqualTo("XIR");
    assertThat(report.at("lines.1.point.option").text()).isEqualTo("cache");
    assertThat(report.at("lines.1.point.value").text()).isEqualTo("1024");
  }

  @Test
  void aFigureByActivityHasPartsWithErrorsAndTests() throws IOException {
    Path out = directory.resolve("activity");
    Cli run =
        reproduce(
                out, "mult-vae", "figure-3", "--split", "heldout-users:30:0.8:10", "--seeds", "1,2")
            .succeeds();
    assertThat(run.out()).contains("known items", "Mult-VAE - Mult-DAE");
    assertThat(Files.readString(out.resolve("report.md"))).contains("| known items | users |");
    JsonTree report = WrittenPage.read(out.resolve("report.html"), "activity");
    JsonTree parts = report.at("by_activity");
    int users = 0;
    for (int p = 0; p < parts.list().size(); p++) {
      JsonTree part = parts.at(Integer.toString(p));
      users += (int) part.at("users").number();
      assertThat(part.at("tests.0.p_corrected").number())
          .isGreaterThanOrEqualTo(part.at("tests.0.p_over_users_and_seeds").number());
      assertThat(part.at("lines").list()).hasSize(2);
    }
    assertThat(users).isEqualTo(30);
  }

  /** Against what evaluate says of a model that is trained alike. */
  @Test
  void givenNegativesAreRankedAgainst() throws IOException {
    Path parts = directory.resolve("one-out");
    Cli.run(
            "split",
            fixture.interactions.toString(),
            "--by",
            "leave-one-out",
            "--out",
            parts.toString())
        .succeeds();
    String train = parts.resolve("train.tsv").toString();
    String negatives = negatives(parts.resolve("test.tsv")).toString();
    String out = directory.resolve("ncf").toString();
    JsonTree report =
        Cli.run(
                ("reproduce mult-vae table-3 --lines Mult-DAE --seeds 1 --epochs 2 --json --data "
                        + String.join(" ", train, "--negatives", negatives, "--out", out))
                    .split(" "))
            .succeeds()
            .json();
    String model = directory.resolve("ncf-model").toString();
    Cli.run(
            ("train --method mult-dae --epochs 2 --set hidden=0 --set latent=200 --out "
                    + String.join(" ", model, train))
                .split(" "))
        .succeeds();
    JsonTree evaluated =
        Cli.run("evaluate", model, "--negatives", negatives, "--at", "10", "--json")
            .succeeds()
            .json();
    for (String metric : List.of("hit_rate_sampled@10", "ndcg_sampled@10")) {
      assertThat(report.at("lines.0.metrics." + metric + ".mean").number())
          .isEqualTo(evaluated.at("metrics." + metric).number())
          .isPositive();
    }
  }

  /** A line for each held-out pair: the pair, then thirty items. */
  private Path negatives(Path test) throws IOException {
    String items =
        Files.readAllLines(fixture.items).subList(5, 35).stream()
            .map(item -> item.split("\t")[0])
            .collect(Collectors.joining(" "));
    StringBuilder lines = new StringBuilder();
    List<String> rows = Files.readAllLines(test);
    for (String row : rows.subList(1, rows.size())) {
      String[] cells = row.split("\t");
      lines.append(String.join("\t", cells[0], cells[1], items)).append('\n');
    }
    return fixture.file("negatives", lines.toString());
  }

  @Test
  void negativesGoWithTheTablesThatRankAgainstThem() {
    Path out = directory.resolve("no-negatives");
    String file = fixture.file("none", "").toString();
    reproduce(out, "mult-vae", "table-3").fails(2, "add --negatives FILE");
    reproduce(out, "mult-vae", "table-3", "--split", "random:0.8", "--negatives", file)
        .fails(2, "leave --split and --test out");
    reproduce(out, "pris", "table-3", "--negatives", file).fails(2, "leave --negatives out");
  }

  @Test
  void wholeUsersAreHeldOutWhereThePaperDoes() {
    Path out = directory.resolve("users");
    reproduce(out, "mult-vae", "2").fails(2, "holds out whole users; say how many, as in --split");
    Cli run =
        reproduce(
                out,
                "mult-vae",
                "2",
                "--split",
                "heldout-users:15:0.8:10",
                "--lines",
                "Mult-DAE",
                "--seeds",
                "1")
            .succeeds();
    assertThat(run.out()).contains("recall_capped@20", "ndcg@100", "Mult-DAE");
  }

  @Test
  void theListSaysWhatThereIs() {
    assertThat(Cli.run("reproduce", "--list").succeeds().out())
        .contains("adasir", "figure-4", "ta-feng");
    Cli.run("reproduce", "pris").fails(2, "reproduce needs PAPER TABLE");
    reproduce(directory.resolve("no"), "pris", "table-7").fails(2, "has no 'table-7'");
    reproduce(directory.resolve("no"), "pris", "2", "--seeds", "1,1").fails(2, "a seed twice");
    assertThat(directory.resolve("no")).doesNotExist();
  }
}
