package dev.tamis.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tamis.config.TamisException;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

class ConventionTest {
  private static final int[] RELEVANT = {1, 20, 3};
  private static final UserList[] USERS = {
    list(1, 10, 1), list(20, 10, 1, 2, 3, 4, 5), list(3, 4, 2),
  };

  /** Values that were worked out by a program in another language from the formulas. */
  @ParameterizedTest
  @CsvFileSource(
      resources = "/dev/tamis/eval/golden-metrics.tsv",
      delimiter = '\t',
      numLinesToSkip = 1)
  void metricsHaveTheirGoldenValues(
      String metric, int k, int relevant, int returned, String hitRanks, double value) {
    int[] ranks =
        hitRanks == null
            ? new int[0]
            : java.util.Arrays.stream(hitRanks.split(",")).mapToInt(Integer::parseInt).toArray();
    double found = Metrics.listMetric(metric).orElseThrow().of(list(relevant, returned, ranks), k);
    assertThat(found).isCloseTo(value, within(1e-12));
  }

  /** The example of three users by every convention; worked out by hand. */
  @Test
  void sameNamesAreOtherNumbersElsewhere() {
    double log3 = StrictMath.log(3) / StrictMath.log(2);
    double log5 = StrictMath.log(5) / StrictMath.log(2);
    Map<String, Double> recbole = values(Convention.RECBOLE);
    assertThat(recbole.get("recall@10")).isCloseTo((1 + 5 / 20.0 + 1 / 3.0) / 3, within(1e-12));
    assertThat(recbole.get("precision@10")).isCloseTo(0.7 / 3, within(1e-12));
    assertThat(recbole.get("map@10")).isCloseTo((1 + 0.5 + 0.5 / 3) / 3, within(1e-12));
    assertThat(recbole.get("ndcg@10")).isCloseTo(0.6483, within(5e-5));

    Map<String, Double> lenskit = values(Convention.LENSKIT);
    assertThat(lenskit.get("Recall@10")).isCloseTo((1 + 0.5 + 1 / 3.0) / 3, within(1e-12));
    assertThat(lenskit.get("Precision@10")).isCloseTo((0.1 + 0.5 + 0.25) / 3, within(1e-12));
    double ideal = 2;
    for (int rank = 3; rank <= 10; rank++) {
      ideal += StrictMath.log(2) / StrictMath.log(rank);
    }
    assertThat(lenskit.get("NDCG@10"))
        .isCloseTo(
            (1 + (2 + 1 / log3 + 0.5 + 1 / log5) / ideal + 1 / (2 + 1 / log3)) / 3, within(1e-12));

    assertThat(values(Convention.RECPACK).get("CalibratedRecallK_10"))
        .isEqualTo(lenskit.get("Recall@10"));
    assertThat(values(Convention.IMPLICIT).get("precision@10")).isCloseTo(0.5, within(1e-12));
    // Of 99, 80 and 97 items that are not relevant, 9, 5 and 9 places are among the first ten.
    assertThat(values(Convention.IMPLICIT).get("auc@10"))
        .isCloseTo(
            ((9 + 1 * 90) / 99.0 + (5 * 5 + 12.5 * 75) / (20 * 80) + (8 + 2 * 88) / (3 * 97.0)) / 3,
            within(1e-12));
    assertThat(values(Convention.TREC).get("map_cut_10"))
        .isCloseTo((1 + 5 / 20.0 + 0.5 / 3) / 3, within(1e-12));
    assertThat(values(Convention.TREC).get("P_10")).isEqualTo(recbole.get("precision@10"));
  }

  @Test
  void metricsOfOthersAreMeasuredOnlyWhenTheyAreAskedFor() {
    assertThat(Metrics.at(10)).extracting(MetricId::name).contains("map").doesNotContain("auc");
    assertThat(Metrics.at(10))
        .extracting(MetricId::name)
        .doesNotContain("auc_limited", "precision_returned", "map_returned", "ndcg_clipped");
    for (Convention convention : Convention.values()) {
      assertThat(convention.metrics(5, 10)).doesNotHaveDuplicates();
      assertThat(Convention.parse(convention.word())).isEqualTo(convention);
    }
    assertThatThrownBy(() -> Convention.parse("recbol"))
        .isInstanceOf(TamisException.class)
        .hasMessageContaining("recbole, lenskit, recpack, implicit, trec");
  }

  private static Map<String, Double> values(Convention convention) {
    List<MetricId> ids = convention.metrics(10);
    double[][] columns = new double[ids.size()][USERS.length];
    SortedMap<String, Double> means = new TreeMap<>();
    for (int m = 0; m < columns.length; m++) {
      double sum = 0;
      for (int u = 0; u < USERS.length; u++) {
        columns[m][u] = Metrics.listMetric(ids.get(m).name()).orElseThrow().of(USERS[u], 10);
        sum += columns[m][u];
      }
      means.put(ids.get(m).toString(), sum / USERS.length);
    }
    PerUserValues perUser =
        PerUserValues.of(
            new int[] {0, 1, 2}, ids.stream().map(MetricId::toString).toList(), columns);
    Evaluation evaluation =
        new Evaluation("", 3, 0, means, new TreeMap<>(), new TreeMap<>(), perUser);
    return convention.values(evaluation, user -> RELEVANT[user], 10);
  }

  private static UserList list(int relevant, int length, int... hitRanks) {
    UserList list = new UserList(ListConstants.of(50, new double[1]));
    list.relevant = relevant;
    list.others = 100 - relevant;
    list.length = length;
    list.hits = hitRanks.length;
    System.arraycopy(hitRanks, 0, list.hitRanks, 0, hitRanks.length);
    return list;
  }
}
