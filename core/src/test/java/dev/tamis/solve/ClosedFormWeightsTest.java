package dev.tamis.solve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tamis.config.TamisException;
import dev.tamis.data.Interactions;
import dev.tamis.kernels.Workers;
import dev.tamis.sample.SmallData;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClosedFormWeightsTest {
  private static ItemMatrix weights(Interactions data, double lambda, int threads) {
    try (Workers workers = new Workers(threads)) {
      return new ClosedFormWeights(SparseRows.of(data, null), lambda, workers).solve(done -> {});
    }
  }

  /** Elimination with the whole of X'X + lambda I in double, then equation 8. */
  private static double[][] oracle(Interactions data, double lambda) {
    int n = data.itemCount();
    double[][] a = new double[n][2 * n];
    for (int u = 0; u < data.userCount(); u++) {
      for (int e = data.rowStart()[u]; e < data.rowStart()[u + 1]; e++) {
        for (int f = data.rowStart()[u]; f < data.rowStart()[u + 1]; f++) {
          a[data.itemIds()[e]][data.itemIds()[f]]++;
        }
      }
    }
    for (int i = 0; i < n; i++) {
      a[i][i] += lambda;
      a[i][n + i] = 1;
    }
    for (int p = 0; p < n; p++) {
      double pivot = a[p][p];
      for (int j = p; j < 2 * n; j++) {
        a[p][j] /= pivot;
      }
      for (int i = 0; i < n; i++) {
        double factor = i == p ? 0 : a[i][p];
        for (int j = p; factor != 0 && j < 2 * n; j++) {
          a[i][j] -= factor * a[p][j];
        }
      }
    }
    double[][] b = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        b[i][j] = i == j ? 0 : -a[i][n + j] / a[j][n + j];
      }
    }
    return b;
  }

  /** One strip, strips that are full, and a last one that is not; well and badly conditioned. */
  @ParameterizedTest
  @CsvSource({"30, 25, 10, 5, 1e-7", "400, 312, 40, 50, 1e-7", "900, 640, 60, 0.5, 2e-5"})
  void weightsAreThoseOfDoublePrecision(
      int users, int items, int most, double lambda, double tolerance) {
    Interactions data = SmallData.longTailed(users, items, most, 1);
    ItemMatrix weights = weights(data, lambda, 2);
    double[][] expected = oracle(data, lambda);
    double worst = 0;
    for (int i = 0; i < items; i++) {
      for (int j = 0; j < items; j++) {
        worst = Math.max(worst, Math.abs(weights.get(i, j) - expected[i][j]));
      }
      assertThat(weights.get(i, i)).isZero();
    }
    assertThat(worst).isLessThan(tolerance);
  }

  /** The same bits on any number of threads, and with scalar kernels as with vectors. */
  @Test
  void bitsDependOnNothingElse() {
    Interactions data = SmallData.longTailed(500, 640, 50, 2);
    for (int threads : new int[] {1, 2, 4, 8}) {
      ItemMatrix weights = weights(data, 20, threads);
      CRC32C crc = new CRC32C();
      for (float[] strip : weights.strips()) {
        for (float value : strip) {
          int bits = Float.floatToRawIntBits(value);
          crc.update(bits);
          crc.update(bits >> 8);
          crc.update(bits >> 16);
          crc.update(bits >> 24);
        }
      }
      assertThat(Long.toHexString(crc.getValue())).isEqualTo("64906424");
    }
  }

  @Test
  void matrixThatIsNotDefiniteIsRefused() {
    ItemMatrix zeros = ItemMatrix.zeros(3);
    try (Workers workers = new Workers(1)) {
      assertThatThrownBy(() -> new SymmetricInverse(zeros, workers).sweep(0))
          .isInstanceOf(TamisException.class)
          .hasMessageContaining("pivot 1 of 3 is 0.0); set a larger lambda");
    }
  }
}
