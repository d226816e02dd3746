package dev.tamis.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Counts against the Poisson law, whose inverse they are: over all random bits, evenly spaced. */
@Tag("chosen-kernels")
class PoissonTest {
  private static final int MARKS = 1 << 22;

  @ParameterizedTest
  @ValueSource(floats = {0, 1e-5f, 0.003f, 0.06249f, 0.0625f, 0.3f, 1, 2.5f, 4})
  void countsHaveTheProbabilitiesOfTheLaw(float mean) {
    int[] seen = new int[64];
    float[] x = new float[MARKS];
    long[] bits = new long[MARKS / 2];
    Arrays.fill(x, mean);
    for (int i = 0; i < MARKS / 2; i++) {
      bits[i] = mark(2 * i) | mark(2 * i + 1) << 32;
    }
    Kernels.poisson(x, 0, MARKS, bits, 0);
    for (float count : x) {
      seen[(int) count]++;
    }
    double p = StrictMath.exp(-mean);
    for (int c = 0; c < seen.length; c++) {
      // one mark at each end of an interval may fall on either side
      assertThat((double) seen[c] / MARKS)
          .as("count " + c)
          .isCloseTo(p, within(3e-7 + 2.0 / MARKS));
      p *= mean / (c + 1);
    }
  }

  /** The middle of one of equal parts of the unit interval, as 32 bits of which 31 are read. */
  private static long mark(int i) {
    return (2L * i + 1) << 32 - 23;
  }

  /** What is rare keeps its share: it comes from the lowest marks, which are not rounded away. */
  @Test
  void rareCountsKeepTheirRatio() {
    for (float mean : new float[] {1e-4f, 1e-6f, 1e-7f}) {
      long below = (long) (mean * (1 - mean / 2) * 0x1p31);
      long[] bits = {(long) (below * 0.99) << 1 | ((long) (below * 1.01) << 1) << 32};
      float[] x = {mean, mean};
      Kernels.poisson(x, 0, 2, bits, 0);
      assertThat(x).as("mean " + mean).containsExactly(1, 0);
    }
  }
}
