package dev.tamis.solve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tamis.data.Interactions;
import dev.tamis.kernels.Workers;
import dev.tamis.sample.SmallData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ElasticNetTest {
  private static final Interactions DATA = SmallData.longTailed(150, 40, 12, 3);
  private static final double[][] COUNTS = counts(DATA);

  /** How many users have both. */
  private static double[][] counts(Interactions data) {
    double[][] counts = new double[data.itemCount()][data.itemCount()];
    for (int u = 0; u < data.userCount(); u++) {
      for (int e = data.rowStart()[u]; e < data.rowStart()[u + 1]; e++) {
        for (int f = data.rowStart()[u]; f < data.rowStart()[u + 1]; f++) {
          counts[data.itemIds()[e]][data.itemIds()[f]]++;
        }
      }
    }
    return counts;
  }

  private static SparseRows solve(
      double l1, double l2, boolean clamped, int candidates, int threads) {
    try (Workers workers = new Workers(threads)) {
      return new ElasticNet(
              SparseRows.of(DATA, null), l1, l2, clamped, candidates, 1e-7, 10_000, workers)
          .solve(done -> {});
    }
  }

  private static double[][] dense(SparseRows rows) {
    double[][] dense = new double[rows.rowCount()][rows.columnCount()];
    for (int i = 0; i < rows.rowCount(); i++) {
      for (int e = rows.start()[i]; e < rows.start()[i + 1]; e++) {
        dense[i][rows.columns()[e]] = rows.value(e);
      }
    }
    return dense;
  }

  /** The conditions of Karush, Kuhn and Tucker, which hold at the minimum and nowhere else. */
  @ParameterizedTest
  @CsvSource({
    "0.5, 2, true",
    "1, 0.1, true",
    "3, 5, true",
    "0, 1, true",
    "0.5, 2, false",
    "2, 1, false"
  })
  void everyColumnIsTheMinimum(double l1, double l2, boolean clamped) {
    double[][] weights = dense(solve(l1, l2, clamped, 0, 2));
    int positive = 0;
    int negative = 0;
    for (int j = 0; j < 40; j++) {
      assertThat(weights[j][j]).isZero();
      for (int i = 0; i < 40; i++) {
        double w = weights[i][j];
        if (i == j || COUNTS[i][j] == 0) {
          assertThat(w).isZero();
          continue;
        }
        double slope = -COUNTS[i][j] + l2 * w;
        for (int k = 0; k < 40; k++) {
          slope += COUNTS[i][k] * weights[k][j];
        }
        positive += w > 0 ? 1 : 0;
        negative += w < 0 ? 1 : 0;
        double off =
            w != 0
                ? Math.abs(slope + l1 * Math.signum(w))
                : Math.max(0, clamped ? -slope - l1 : Math.abs(slope) - l1);
        assertThat(off).as("slope at %d, %d", i, j).isLessThan(2e-4);
      }
    }
    assertThat(positive).isGreaterThan(50);
    assertThat(negative > 0).isEqualTo(!clamped);
  }

  /** The nearest by cosine, and no others. */
  @Test
  void onlyNeighboursHaveWeights() {
    double[][] weights = dense(solve(0.1, 1, true, 3, 1));
    for (int j = 0; j < 40; j++) {
      int count = 0;
      double leastTaken = Double.MAX_VALUE;
      double mostLeft = 0;
      for (int i = 0; i < 40; i++) {
        double cosine = i == j ? 0 : COUNTS[i][j] / Math.sqrt(Math.max(1, COUNTS[i][i]));
        count += weights[i][j] > 0 ? 1 : 0;
        leastTaken = weights[i][j] > 0 ? Math.min(leastTaken, cosine) : leastTaken;
        mostLeft = weights[i][j] > 0 ? mostLeft : Math.max(mostLeft, cosine);
      }
      assertThat(count).isLessThanOrEqualTo(3);
      if (count == 3) {
        assertThat(leastTaken).isGreaterThanOrEqualTo(mostLeft - 1e-6);
      }
    }
  }

  @Test
  void bitsDoNotDependOnThreads() {
    SparseRows one = solve(0.5, 2, false, 0, 1);
    for (int threads : new int[] {2, 4, 8}) {
      SparseRows more = solve(0.5, 2, false, 0, threads);
      assertThat(more.columns()).isEqualTo(one.columns());
      assertThat(more.values()).isEqualTo(one.values());
    }
  }
}
