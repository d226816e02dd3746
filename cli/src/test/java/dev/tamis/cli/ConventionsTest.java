package dev.tamis.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** Metrics as others mean them, and files for trec_eval. */
@TestInstance(Lifecycle.PER_CLASS)
class ConventionsTest {
  @TempDir private static Path directory;
  private String model;
  private String test;

  @BeforeAll
  void train() {
    Fixture fixture = new Fixture(directory);
    Path parts = directory.resolve("parts");
    Cli.run(
            "split",
            fixture.interactions.toString(),
            "--by",
            "random:0.7",
            "--out",
            parts.toString())
        .succeeds();
    test = parts.resolve("test.tsv").toString();
    model = directory.resolve("model").toString();
    Cli.run(
            "train",
            parts.resolve("train.tsv").toString(),
            "--method",
            "bpr",
            "--epochs",
            "3",
            "--out",
            model)
        .succeeds();
  }

  @Test
  void conventionsHaveNamesOfTheirOwn() {
    Cli lenskit =
        Cli.run("evaluate", model, "--test", test, "--at", "5,10", "--compat", "lenskit")
            .succeeds();
    assertThat(lenskit.out()).contains("Recall@5", "AveragePrecision@10").doesNotContain("recall");
    JsonTree implicit =
        Cli.run("evaluate", model, "--test", test, "--at", "5", "--compat", "implicit", "--json")
            .succeeds()
            .json();
    assertThat(implicit.at("implicit.ndcg@5")).isEqualTo(implicit.at("metrics.ndcg@5"));
    assertThat(implicit.at("implicit.precision@5").number())
        .isGreaterThan(implicit.at("metrics.precision@5").number());
    Cli.run("evaluate", model, "--test", test, "--compat", "surprise")
        .fails(2, "there are recbole, lenskit");
    Cli.run("evaluate", model, "--test", test, "--compat", "trec", "--metrics", "ndcg")
        .fails(2, "leave --metrics out");
  }

  /** What trec_eval computes from the two files, worked out here from their lines. */
  @Test
  void filesForTrecEvalSayTheSame() throws IOException {
    Path run = directory.resolve("run.txt");
    Path qrels = directory.resolve("qrels.txt");
    JsonTree measured =
        Cli.run(
                "evaluate",
                model,
                "--test",
                test,
                "--at",
                "5,10",
                "--compat",
                "trec",
                "--trec-run",
                run.toString(),
                "--trec-qrels",
                qrels.toString(),
                "--json")
            .succeeds()
            .json();
    Map<String, Set<String>> relevant = new HashMap<>();
    for (String line : Files.readAllLines(qrels)) {
      String[] cells = line.split(" ");
      assertThat(cells).hasSize(4);
      relevant.computeIfAbsent(cells[0], user -> new HashSet<>()).add(cells[2]);
    }
    Map<String, Double> hits = new HashMap<>();
    Map<String, Double> precisions = new HashMap<>();
    List<String> lines = Files.readAllLines(run);
    double lastScore = 0;
    for (String line : lines) {
      String[] cells = line.split(" ");
      int rank = Integer.parseInt(cells[3]);
      assertThat(rank == 1 || Double.parseDouble(cells[4]) < lastScore).isTrue();
      lastScore = Double.parseDouble(cells[4]);
      if (relevant.get(cells[0]).contains(cells[2])) {
        double so = hits.merge(cells[0], 1.0, Double::sum);
        precisions.merge(cells[0], so / rank, Double::sum);
      }
    }
    double map = 0;
    double recall = 0;
    for (String user : relevant.keySet()) {
      map += precisions.getOrDefault(user, 0.0) / relevant.get(user).size();
      recall += hits.getOrDefault(user, 0.0) / relevant.get(user).size();
    }
    assertThat(lines.size()).isEqualTo(10 * relevant.size());
    assertThat(measured.at("trec.map_cut_10").number())
        .isCloseTo(map / relevant.size(), within(1e-12));
    assertThat(measured.at("trec.recall_10").number())
        .isCloseTo(recall / relevant.size(), within(1e-12));
  }
}
