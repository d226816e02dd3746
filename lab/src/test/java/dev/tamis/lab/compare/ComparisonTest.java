package dev.tamis.lab.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tamis.config.TamisException;
import dev.tamis.data.IdMap;
import dev.tamis.data.Interactions;
import dev.tamis.eval.Evaluation;
import dev.tamis.eval.PerUserValues;
import dev.tamis.eval.PopularitySlices;
import dev.tamis.kernels.Workers;
import dev.tamis.lab.FinishedTrial;
import dev.tamis.lab.TrialCost;
import dev.tamis.lab.TrialKey;
import dev.tamis.lab.TrialResult;
import dev.tamis.lab.page.Json;
import dev.tamis.lab.statistics.Values;
import dev.tamis.math.Rng;
import dev.tamis.math.Stream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Comparisons of trials with given values. */
class ComparisonTest {
  private static final int USERS = 200;
  private static final Question ALL = new Question("ndcg@10", Optional.empty(), 400, 1);

  /** A user's value is its own, plus what the contender and the seed add. */
  private static Contender contender(String name, double adds, double deviation, int seeds) {
    return contender(name, "data-of-all-trials", adds, deviation, seeds, adds);
  }

  private static Contender contender(
      String name, String data, double adds, double deviation, int seeds, double trainSeconds) {
    List<FinishedTrial> trials = new ArrayList<>();
    for (int s = 0; s < seeds; s++) {
      Rng rng = Rng.keyed(s, Stream.DEMO, name.hashCode(), 0);
      double ofSeed = adds + deviation * rng.nextGaussian();
      double[] values = new double[USERS];
      for (int u = 0; u < USERS; u++) {
        double own = 0.3 + 0.1 * Rng.keyed(u, Stream.DEMO, 0, 0).nextGaussian();
        values[u] = own + ofSeed + 0.02 * rng.nextGaussian();
      }
      int[] users = new int[USERS];
      Arrays.setAll(users, u -> u);
      Evaluation evaluation =
          new Evaluation(
              "by hand",
              USERS,
              0,
              new TreeMap<>(Map.of("ndcg@10", Values.mean(values), "coverage@10", 0.5)),
              new TreeMap<>(),
              new TreeMap<>(),
              PerUserValues.of(users, List.of("ndcg@10"), new double[][] {values}));
      double[] recall = new double[USERS];
      Arrays.fill(recall, 0, 50, Double.NaN);
      Arrays.fill(recall, 50, 100, 1);
      trials.add(
          new FinishedTrial(
              new TrialKey(data, "protocol-of-all", name, new TreeMap<>(), "", s, "1"),
              new TrialResult(
                  3,
                  4096,
                  List.of(),
                  List.of(),
                  Optional.empty(),
                  Optional.of(evaluation),
                  List.of(new PopularitySlices.Slice(1, 9, 40, recall))),
              new TrialCost(trainSeconds, 1, 1 << 20, 1)));
    }
    return new Contender(name, trials);
  }

  private static Interactions known() {
    int[] start = new int[USERS + 1];
    for (int u = 0; u < USERS; u++) {
      start[u + 1] = start[u] + u % 10;
    }
    int[] items = new int[start[USERS]];
    for (int u = 0; u < USERS; u++) {
      for (int e = start[u]; e < start[u + 1]; e++) {
        items[e] = e - start[u];
      }
    }
    return new Interactions(ids(USERS), ids(10), start, items, null, null);
  }

  private static IdMap ids(int n) {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      ids.add(String.format(java.util.Locale.ROOT, "%04d", i));
    }
    return IdMap.of(ids);
  }

  private static Comparison compare(Question question, Contender... contenders) {
    try (Workers workers = new Workers(1)) {
      return Comparison.of(List.of(contenders), question, known(), workers);
    }
  }

  @Test
  void whatIsBetterIsFoundAndWhatIsAlikeIsNot() {
    Comparison found =
        compare(
            ALL,
            contender("plain", 0, 0.001, 3),
            contender("good", 0.05, 0.001, 3),
            contender("same", 0, 0.001, 3));

    assertThat(found.pairs()).hasSize(3).allMatch(pair -> pair.difference() >= 0);
    assertThat(found.pairs().get(0).a()).isEqualTo("good");
    assertThat(found.pairs().get(0).better()).isTrue();
    assertThat(found.pairs().get(0).difference()).isCloseTo(0.05, within(0.01));
    assertThat(found.pairs().get(0).wins()).isGreaterThan(150);
    assertThat(found.pairs().get(1).better()).isTrue();
    assertThat(found.pairs().get(2).better() || found.pairs().get(2).worse()).isFalse();
    assertThat(found.verdict().orElseThrow())
        .isEqualTo(
            "good has the highest ndcg@10; it is better than every other, for other users like"
                + " these and other seeds");
  }

  @Test
  void whatAnotherPassesInQualityAndTimeIsNotOnTheFront() {
    String data = "data-of-all-trials";
    Comparison found =
        compare(
            ALL,
            contender("quick", data, 0, 0, 2, 1),
            contender("slow-and-bad", data, -0.1, 0, 2, 20),
            contender("best", data, 0.2, 0, 2, 30),
            contender("late", data, 0.1, 0, 2, 31));
    assertThat(found.pareto()).containsExactly("best", "quick");
  }

  /** What is certain of three fitted models is not of others, where seeds differ much. */
  @Test
  void spreadOfSeedsIsTakenIntoAccount() {
    Comparison found =
        compare(ALL, contender("wild", 0.01, 0.05, 3), contender("calm", 0, 0.05, 3));
    Pair pair = found.pairs().get(0);
    assertThat(pair.flipsP()).isLessThan(0.001);
    assertThat(pair.ofUsers().above(0)).isTrue();
    assertThat(pair.better()).isFalse();
    assertThat(pair.detectable().getAsDouble()).isGreaterThan(0.05);
    assertThat(found.verdict().orElseThrow()).contains("cannot be told apart from any other");
  }

  @Test
  void oneSeedSpeaksOfFittedModelsOnly() {
    Comparison found = compare(ALL, contender("a", 0.05, 0, 1), contender("b", 0, 0, 2));
    assertThat(found.pairs().get(0).ofBoth()).isEmpty();
    assertThat(found.pairs().get(0).better()).isTrue();
    assertThat(found.pairs().get(0).verdict()).contains("of these fitted models");
    assertThat(found.verdict().orElseThrow()).contains("for these fitted models");
    assertThat(compare(ALL, contender("a", 0.05, 0, 1)).verdict()).isEmpty();
  }

  @Test
  void againstOneTestsFewerPairs() {
    Question question = new Question("ndcg@10", Optional.of("plain"), 400, 1);
    Comparison found =
        compare(
            question,
            contender("plain", 0, 0.001, 3),
            contender("good", 0.05, 0.001, 3),
            contender("bad", -0.05, 0.001, 3));
    assertThat(found.pairs()).extracting(Pair::b).containsExactly("plain", "plain");
    assertThat(found.pairs().get(0).better()).isTrue();
    assertThat(found.pairs().get(1).worse()).isTrue();
    assertThat(found.verdict().orElseThrow()).startsWith("good is better than plain by ndcg@10");
    Question absent = new Question("ndcg@10", Optional.of("absent"), 400, 1);
    assertThat(compare(absent, contender("plain", 0, 0.001, 3)).pairs()).isEmpty();
  }

  @Test
  void slicesAreOverThoseWhoHaveAValue() {
    Standing standing = compare(ALL, contender("a", 0, 0, 2)).standings().get(0);
    assertThat(standing.byPopularity().get(0).users()).isEqualTo(150);
    assertThat(standing.byPopularity().get(0).mean()).isCloseTo(1 / 3.0, within(1e-12));
    assertThat(standing.byActivity()).hasSize(5);
    assertThat(standing.byActivity().get(4).most()).isEqualTo(9);
    assertThat(standing.metrics().get("coverage@10").interval()).isEmpty();
  }

  @Test
  void trialsOnOtherDataAreRefused() {
    assertThatThrownBy(
            () ->
                compare(
                    ALL,
                    contender("a", 0, 0, 2),
                    contender("b", "data-of-another-file", 0, 0, 2, 1)))
        .isInstanceOfSatisfying(
            TamisException.class, e -> assertThat(e.kind()).isEqualTo(TamisException.Kind.CONFLICT))
        .hasMessageContaining("were trained on other data")
        .hasMessageContaining("cannot be compared");
  }

  @Test
  void unknownMetricIsRefused() {
    assertThatThrownBy(
            () ->
                compare(new Question("ndcg@11", Optional.empty(), 400, 1), contender("a", 0, 0, 2)))
        .hasMessageContaining("did you mean 'ndcg@10'?");
  }

  /** Times stand apart: without them, a document says nothing of the clock. */
  @Test
  void documentWithoutTimesIsAFunctionOfResults() {
    String quick = document(contender("a", "d", 0, 0.01, 2, 1), contender("b", "d", 1, 0.01, 2, 9));
    String slow = document(contender("a", "d", 0, 0.01, 2, 7), contender("b", "d", 1, 0.01, 2, 2));
    assertThat(slow).isEqualTo(quick).contains("\"p_corrected\":", "\"by_popularity\":");
  }

  private static String document(Contender a, Contender b) {
    return Json.write(
        ComparisonDocument.tree(
            Optional.of(compare(ALL, a, b)), List.of(new NotRun("c", 1, "why")), false));
  }
}
