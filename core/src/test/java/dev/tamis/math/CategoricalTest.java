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

  @Test
  void manySearchesFindWhatEachFinds() {
    Rng rng = Rng.keyed(3, Stream.DEMO, 0, 0);
    for (int width = 1; width < 20; width++) {
      long[] sums = new long[5 * width];
      for (int row = 0; row < 5; row++) {
        float[] masses = new float[width];
        for (int i = 0; i < width; i++) {
          masses[i] = i % 3 == row % 3 ? 0 : rng.nextFloat();
        }
        masses[rng.nextInt(width)] = 1;
        Categorical.sumUp(masses, 0, width, sums, row * width);
      }
      int[] found = new int[13];
      int[] alone = new int[13];
      double[] shares = new double[13];
      for (int i = 2; i < 13; i++) {
        found[i] = rng.nextInt(5);
        shares[i] = i == 5 ? Math.nextDown(1.0) : i == 6 ? 0 : rng.nextDouble();
        alone[i] = Categorical.first(sums, found[i] * width, (found[i] + 1) * width, shares[i]);
      }
      Categorical.first(sums, width, shares, found, 2, 13);
      assertThat(found).isEqualTo(alone);
    }
  }
}
