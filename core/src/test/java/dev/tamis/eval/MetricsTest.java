package dev.tamis.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tamis.config.TamisException;
import dev.tamis.math.Rng;
import dev.tamis.math.Stream;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MetricsTest {
  @Test
  void workedExampleOfThreeUsers() {
    // (relevant, hit ranks, returned): the numbers were worked out by hand, to four digits.
    UserList[] users = {
      list(1, 10, 1), list(20, 10, 1, 2, 3, 4, 5), list(3, 4, 2),
    };
    assertThat(mean("recall", 10, users)).isCloseTo(0.5278, within(5e-5));
    assertThat(mean("recall_capped", 10, users)).isCloseTo(0.6111, within(5e-5));
    assertThat(mean("precision", 10, users)).isCloseTo(0.2333, within(5e-5));
    assertThat(mean("map", 10, users)).isCloseTo(0.5556, within(5e-5));
    assertThat(mean("ndcg", 10, users)).isCloseTo(0.6483, within(5e-5));
    assertThat(mean("mrr", 10, users)).isCloseTo(2.5 / 3, within(1e-15));
    assertThat(mean("hit_rate", 10, users)).isEqualTo(1);
  }

  @Test
  void perfectRankingHasNdcgAndMapOfExactlyOne() {
    for (int relevant = 1; relevant <= 60; relevant++) {
      UserList perfect =
          list(relevant, 50, IntStream.rangeClosed(1, Math.min(50, relevant)).toArray());
      for (int k : new int[] {1, 10, 50}) {
        assertThat(of("ndcg", k, perfect)).isEqualTo(1);
        assertThat(of("map", k, perfect)).isEqualTo(1);
        assertThat(of("recall_capped", k, perfect)).isEqualTo(1);
      }
    }
  }

  @Test
  void singleHitIsWorthItsRank() {
    for (int rank = 1; rank <= 50; rank++) {
      UserList single = list(1, 50, rank);
      assertThat(of("ndcg", 50, single)).isCloseTo(Math.log(2) / Math.log(rank + 1), within(1e-15));
      assertThat(of("mrr", 50, single)).isEqualTo(1.0 / rank);
      assertThat(of("map", 50, single)).isEqualTo(1.0 / rank);
      assertThat(of("hit_rate", rank, single)).isEqualTo(1);
      if (rank > 1) {
        assertThat(of("ndcg", rank - 1, single)).isZero();
        assertThat(of("mrr", rank - 1, single)).isZero();
        assertThat(of("hit_rate", rank - 1, single)).isZero();
      }
    }
    assertThat(of("ndcg", 50, list(1, 50, 3))).isEqualTo(0.5);
  }

  @Test
  void movingAHitForwardNeverLosesAndGainsWhereRanksCount() {
    Rng rng = Rng.keyed(5, Stream.ORDER, 0, 0);
    for (int round = 0; round < 500; round++) {
      boolean[] hit = new boolean[21];
      for (int rank = 1; rank <= 20; rank++) {
        hit[rank] = rng.nextInt(3) == 0;
      }
      int back = 2 + rng.nextInt(19);
      int front = 1 + rng.nextInt(back - 1);
      hit[front] = false;
      hit[back] = true;
      UserList before = list(25, 20, ranks(hit));
      hit[front] = true;
      hit[back] = false;
      UserList after = list(25, 20, ranks(hit));
      for (String name : new String[] {"recall", "recall_capped", "precision", "mrr", "hit_rate"}) {
        for (int k : new int[] {1, 5, 20}) {
          assertThat(of(name, k, after)).isGreaterThanOrEqualTo(of(name, k, before));
        }
      }
      assertThat(of("ndcg", 20, after)).isGreaterThan(of("ndcg", 20, before));
      assertThat(of("map", 20, after)).isGreaterThan(of("map", 20, before));
    }
  }

  @Test
  void recallsCoincideWhereRelevantItemsFitTheList() {
    for (int relevant = 1; relevant <= 20; relevant++) {
      UserList list = list(relevant, 20, 1);
      boolean fits = relevant <= 10;
      assertThat(of("recall", 10, list) == of("recall_capped", 10, list)).isEqualTo(fits);
    }
  }

  @Test
  void noveltyOfAnEmptyListIsZero() {
    assertThat(of("novelty", 10, list(1, 0))).isZero();
  }

  @Test
  void evenCountsHaveGiniZeroAndOneItemTakingAllIsNearOne() {
    assertThat(new Gini().of(new int[] {3, 3, 3})).isZero();
    assertThat(new Gini().of(new int[] {0, 0, 0, 7})).isEqualTo(0.75);
    assertThat(new Gini().of(new int[] {5, 1, 3})).isCloseTo(8 / 27.0, within(1e-15));
    assertThat(new Gini().of(new int[3])).isZero();
    assertThat(new Coverage().of(new int[] {0, 2, 0, 1})).isEqualTo(0.5);
  }

  @Test
  void idsReadAsTheyAreWritten() {
    for (String text : new String[] {"ndcg@50", "recall_capped@1", "auc", "gini@20"}) {
      assertThat(MetricId.parse(text).toString()).isEqualTo(text);
    }
    assertThat(Metrics.defaults()).hasSize(30).doesNotHaveDuplicates();
    assertThat(Metrics.names()).contains("auc").doesNotHaveDuplicates();
  }

  @Test
  void wrongIdsSayWhatIsAllowed() {
    refused("ndgc@50", "unknown metric 'ndgc'; did you mean 'ndcg'? (known: recall, ");
    refused("ndcg", "needs a cut-off from 1 to 100000, for example ndcg@50");
    refused("ndcg@0", "cut-off '0'; it must be a whole number of at least 1");
    refused("ndcg@ten", "cut-off 'ten'");
    refused("ndcg@2000000", "needs a cut-off from 1 to 100000");
    refused("auc@10", "has no cut-off; write auc");
  }

  private static void refused(String text, String message) {
    assertThatThrownBy(() -> MetricId.parse(text))
        .isInstanceOfSatisfying(
            TamisException.class, e -> assertThat(e.kind()).isEqualTo(TamisException.Kind.CONFIG))
        .hasMessageContaining(message);
  }

  private static int[] ranks(boolean[] hit) {
    return IntStream.range(1, hit.length).filter(rank -> hit[rank]).toArray();
  }

  private static UserList list(int relevant, int length, int... hitRanks) {
    UserList list = new UserList(ListConstants.of(50, new double[1]));
    list.relevant = relevant;
    list.length = length;
    list.hits = hitRanks.length;
    System.arraycopy(hitRanks, 0, list.hitRanks, 0, hitRanks.length);
    return list;
  }

  private static double of(String metric, int k, UserList list) {
    return Metrics.listMetric(metric).orElseThrow().of(list, k);
  }

  private static double mean(String metric, int k, UserList... lists) {
    return Arrays.stream(lists).mapToDouble(list -> of(metric, k, list)).sum() / lists.length;
  }
}
