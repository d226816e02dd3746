package dev.tamis.math;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CategoricalTest {
  /** Two searches of the same sums; masses of 0 stand at both ends and in between. */
  @Test
  void sumsAsBitsAreSearchedLikeSumsAsNumbers() {
    Rng rng = Rng.keyed(2, Stream.DEMO, 0, 0);
    for (int n = 1; n < 70; n++) {
      float[] masses = new float[n];
      for (int i = 0; i < n; i++) {
        masses[i] = rng.nextInt(3) == 0 ? 0 : rng.nextFloat();
      }
      masses[rng.nextInt(n)] = 0.5f;
      long[] bits = new long[n + 7];
      double last = Categorical.sumUp(masses, 0, n, bits, 7);
      double[] sums = new double[n + 7];
      for (int i = 7; i < n + 7; i++) {
        sums[i] = Double.longBitsToDouble(bits[i]);
      }
      assertThat(sums[n + 6]).isEqualTo(last);
      double[] shares = {0, Math.nextDown(1.0), sums[7 + n / 2] / last - 1e-16, rng.nextDouble()};
      for (double share : shares) {
        int found = Categorical.first(bits, 7, n + 7, Math.max(0, share));
        assertThat(found).isEqualTo(Categorical.first(sums, 7, n + 7, Math.max(0, share)));
        assertThat(masses[found - 7]).isPositive();
      }
    }
  }
}
