package dev.tamis.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tamis.config.TamisException;
import dev.tamis.data.HeldOut;
import dev.tamis.data.Interactions;
import dev.tamis.kernels.Workers;
import dev.tamis.model.PopularityModel;
import dev.tamis.rank.GivenScores;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EvaluatorTest {
  private final List<Workers> started = new ArrayList<>();

  @AfterEach
  void closeWorkers() {
    started.forEach(Workers::close);
  }

  @Test
  void everyMetricEqualsItsDefinitionWorkedOutSlowly() {
    for (int kinds : new int[] {1 << 20, 9, 2}) { // few kinds of scores make many ties
      HeldOut heldOut = Split.random(50, 200, kinds);
      GivenScores scorer = GivenScores.random(50, 200, kinds, kinds + 1);
      NaiveEvaluation naive = new NaiveEvaluation(scorer, heldOut, heldOut.input());
      List<MetricId> ids = new ArrayList<>(Metrics.at(1, 5, 50, 300));
      ids.add(MetricId.parse("auc"));
      ids.add(MetricId.parse("auc_limited@5"));
      ids.add(MetricId.parse("auc_limited@300"));
      Evaluation evaluation =
          new Evaluator(heldOut, heldOut.input(), ids, workers(2)).evaluate(scorer);
      assertThat(evaluation.users()).isEqualTo(naive.users());
      assertThat(evaluation.skipped()).isEqualTo(50 - naive.users()).isPositive();
      assertThat(evaluation.metrics()).hasSize(ids.size());
      for (MetricId id : ids) {
        assertThat(evaluation.metrics().get(id.toString()))
            .as("%s, %d kinds", id, kinds)
            .isCloseTo(naive.value(id.name(), id.k()), within(1e-12));
      }
      for (String metric : evaluation.perUser().metrics()) {
        MetricId id = MetricId.parse(metric);
        double[] values = evaluation.perUser().of(metric);
        for (int u = 0; u < values.length; u++) {
          double expected = naive.of(evaluation.perUser().users()[u], id.name(), id.k());
          assertThat(values[u]).as(metric).isCloseTo(expected, within(1e-12));
        }
      }
    }
  }

  @Test
  void blocksTilesAndThreadsChangeNoBit() {
    HeldOut heldOut = Split.random(61, 300, 3);
    GivenScores scorer = GivenScores.random(61, 300, 40, 4);
    List<MetricId> ids = new ArrayList<>(Metrics.defaults());
    ids.add(MetricId.parse("auc"));
    Evaluation expected = new Evaluator(heldOut, heldOut.input(), ids, workers(1)).evaluate(scorer);
    for (int rows : new int[] {1, 7, 512}) {
      for (int tile : new int[] {1, 13, 1024}) {
        for (int threads = 1; threads <= 3; threads++) {
          Evaluator evaluator =
              new Evaluator(heldOut, heldOut.input(), ids, workers(threads), rows, tile);
          Evaluation evaluation = evaluator.evaluate(scorer);
          assertThat(evaluation.metrics()).isEqualTo(expected.metrics());
          assertThat(evaluation.standardErrors()).isEqualTo(expected.standardErrors());
          assertThat(evaluator.measure(scorer)).isEqualTo(expected.metrics());
          for (String metric : expected.perUser().metrics()) {
            assertThat(evaluation.perUser().of(metric)).isEqualTo(expected.perUser().of(metric));
          }
        }
      }
    }
  }

  @Test
  void everythingRelevantLeavesAucWithWhatCouldBeRanked() {
    HeldOut heldOut =
        Split.heldOut(
            Split.of(3, new int[] {2}), Split.of(3, new int[] {0, 1}), 2); // two of four reachable
    assertThat(measure(heldOut, new GivenScores(1, 1, 2, 3), "auc")).containsExactly(0.5);
  }

  @Test
  void aucOfARelevantItemAtMinusInfinityTiesWithOthersThere() {
    float no = Float.NEGATIVE_INFINITY;
    HeldOut heldOut = Split.heldOut(Split.of(4, new int[] {3}), Split.of(4, new int[] {0}));
    assertThat(measure(heldOut, new GivenScores(1, no, no, 1, no), "auc")).containsExactly(0.25);
  }

  @Test
  void knownItemsAreNeverRecommended() {
    HeldOut heldOut = Split.heldOut(Split.of(4, new int[] {0, 1}), Split.of(4, new int[] {0, 3}));
    // Item 0 is known and relevant: it can not be found, but counts.
    assertThat(measure(heldOut, new GivenScores(1, 9, 8, 7, 6), "recall@2", "hit_rate@1"))
        .containsExactly(0.5, 0);
  }

  @Test
  void popularityCoverageGiniAndNoveltyByHand() {
    // Counts: item 0 has 4 users, item 1 has 2, item 2 has 1, item 3 nobody.
    Interactions train =
        Split.of(4, new int[] {0}, new int[] {0, 1}, new int[] {0, 1, 2}, new int[] {0});
    int[][] target = {{1}, {2}, {3}, {}};
    HeldOut heldOut = Split.heldOut(train, Split.of(4, target));
    Evaluation evaluation =
        new Evaluator(heldOut, train, Metrics.at(1, 2), workers(1))
            .evaluate(PopularityModel.ofCounts(train.itemCounts()));
    // First items: 1, 2, 3; second items: 2, 3, none. So counts at 1 are 0 1 1 1, at 2 are 0 1 2 2.
    assertThat(evaluation.metrics())
        .containsEntry("coverage@1", 0.75)
        .containsEntry("coverage@2", 0.75)
        .containsEntry("gini@1", 0.25) // (-3*0 - 1*1 + 1*1 + 3*1) / (4 * 3)
        .containsEntry("gini@2", 0.35) // (-3*0 - 1*1 + 1*2 + 3*2) / (4 * 5)
        .containsEntry("novelty@1", (1 + 2 + 2) / 3.0) // half, a quarter, nobody as a quarter
        .containsEntry("novelty@2", (1.5 + 2 + 2) / 3.0)
        .containsEntry("hit_rate@1", 1.0)
        .containsEntry("precision@2", 0.5);
    assertThat(evaluation.skipped()).isEqualTo(1);
  }

  @Test
  void standardErrorIsOfTheMeanOverUsers() {
    HeldOut heldOut =
        Split.heldOut(
            Split.of(2, new int[0], new int[0], new int[0]),
            Split.of(2, new int[] {0}, new int[] {0}, new int[] {1}));
    Evaluation evaluation =
        new Evaluator(heldOut, heldOut.input(), List.of(MetricId.parse("recall@1")), workers(1))
            .evaluate(new GivenScores(1, 2, 1));
    assertThat(evaluation.metrics().get("recall@1")).isEqualTo(2 / 3.0);
    // Values 1, 1, 0: variance 1/3 over n - 1, standard error sqrt(1/3 / 3).
    assertThat(evaluation.standardErrors().get("recall@1")).isCloseTo(1 / 3.0, within(1e-15));
  }

  @Test
  void perUserValuesAreWrittenWithTheOwnersIds() throws IOException {
    HeldOut heldOut =
        Split.heldOut(
            Split.of(2, new int[0], new int[0], new int[0]),
            Split.of(2, new int[] {0, 1}, new int[0], new int[] {1}));
    List<MetricId> ids = List.of(MetricId.parse("recall@1"), MetricId.parse("ndcg@2"));
    Evaluation evaluation =
        new Evaluator(heldOut, heldOut.input(), ids, workers(1)).evaluate(new GivenScores(1, 2, 1));
    StringBuilder out = new StringBuilder();
    evaluation.perUser().writeTo(out, heldOut.input().users());
    assertThat(out.toString())
        .isEqualTo("user\trecall@1\tndcg@2\nu000\t0.5\t1\nu002\t0\t0.6309297535714575\n");
    assertThatThrownBy(() -> evaluation.perUser().of("ndcg@3"))
        .hasMessageContaining("did you mean 'ndcg@2'?");
  }

  @Test
  void heldOutUsersNeedAModelThatRanksThem() {
    HeldOut trained = Split.random(5, 40, 1);
    HeldOut others = new HeldOut(trained.input(), trained.target(), trained.unreachable(), false);
    Evaluator evaluator = new Evaluator(others, others.input(), Metrics.at(3), workers(1));
    assertThatThrownBy(() -> evaluator.measure(GivenScores.random(5, 40, 9, 1).trainedUsersOnly()))
        .isInstanceOf(TamisException.class)
        .hasMessageContaining("only users it was trained on");
    assertThat(evaluator.measure(GivenScores.random(1, 40, 9, 1))).containsKey("ndcg@3");
  }

  @Test
  void nothingToFindIsAnError() {
    HeldOut heldOut = Split.heldOut(Split.of(2, new int[] {0}), Split.of(2, new int[0]));
    assertThatThrownBy(
            () -> new Evaluator(heldOut, heldOut.input(), Metrics.defaults(), workers(1)))
        .isInstanceOf(TamisException.class)
        .hasMessageContaining("none of the 1 held-out users has an item to find");
  }

  private double[] measure(HeldOut heldOut, GivenScores scorer, String... metrics) {
    List<MetricId> ids = Arrays.stream(metrics).map(MetricId::parse).toList();
    Evaluation evaluation =
        new Evaluator(heldOut, heldOut.input(), ids, workers(1)).evaluate(scorer);
    return IntStream.range(0, metrics.length)
        .mapToDouble(i -> evaluation.metrics().get(metrics[i]))
        .toArray();
  }

  private Workers workers(int threads) {
    started.add(new Workers(threads));
    return started.get(started.size() - 1);
  }
}
