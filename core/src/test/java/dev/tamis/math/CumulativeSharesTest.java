package dev.tamis.math;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CumulativeSharesTest {
  private static long[] drawn(CumulativeShares shares, int n, int draws) {
    Rng rng = Rng.keyed(5, Stream.DEMO, n, draws);
    long[] counts = new long[n];
    for (int i = 0; i < draws; i++) {
      counts[shares.draw(rng)]++;
    }
    return counts;
  }

  /** Every size up to a few binary steps, with zeros at either end and within. */
  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4, 5, 7, 8, 9, 31, 64, 200})
  void drawsFollowTheWeights(int n) {
    float[] weights = new float[n + 3];
    double[] p = new double[n];
    double sum = 0;
    for (int i = 0; i < n; i++) {
      weights[i + 3] = i % 5 == 2 || n > 5 && (i == 0 || i > n - 3) ? 0 : (i * 7 % 11 + 0.5f);
      sum += weights[i + 3];
    }
    for (int i = 0; i < n; i++) {
      p[i] = weights[i + 3] / sum;
    }
    CumulativeShares shares = new CumulativeShares(200);
    shares.sumUp(new float[] {1, 2, 3}, 0, 3); // must leave nothing behind
    shares.sumUp(weights, 3, n);

    ChiSquare.assertFollows(drawn(shares, n, 300_000), p);
  }

  @Test
  void theOnlyOneIsAlwaysDrawn() {
    CumulativeShares shares = new CumulativeShares(4);
    shares.sumUp(new float[] {1e-30f}, 0, 1);
    assertThat(drawn(shares, 1, 100)).containsExactly(100);
    shares.sumUp(new float[] {0, 0, 1e-38f, 0}, 0, 4);
    assertThat(drawn(shares, 4, 100)).containsExactly(0, 0, 100, 0);
  }

  /** What is far too light is not drawn, and does not lead astray. */
  @Test
  void hugeDifferencesOfWeightAreNoTrouble() {
    CumulativeShares shares = new CumulativeShares(5);
    shares.sumUp(new float[] {1e-30f, 3e30f, 1e-30f, 1e30f, 1e-30f}, 0, 5);
    long[] counts = drawn(shares, 5, 100_000);

    ChiSquare.assertFollows(counts, new double[] {0, 0.75, 0, 0.25, 0});
  }
}
