package dev.tamis.math;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MultinomialCountsTest {
  private final MultinomialCounts counts = new MultinomialCounts();
  private final Rng rng = new Rng();

  /** Weights over many orders of magnitude, with sum 1 and zeros among them. */
  private static float[] weights(int n, double steepness) {
    Rng rng = Rng.keyed(3, Stream.DEMO, n, 0);
    double[] w = new double[n];
    double sum = 0;
    for (int i = 0; i < n; i++) {
      w[i] = rng.nextInt(5) == 0 ? 0 : StrictMath.exp(steepness * rng.nextGaussian());
      sum += w[i];
    }
    float[] weights = new float[n];
    for (int i = 0; i < n; i++) {
      weights[i] = (float) (w[i] / sum);
    }
    return weights;
  }

  @ParameterizedTest
  @CsvSource({
    "300, 4, 1",
    "300, 32, 3",
    "300, 10, 2",
    "300, 300, 0.1",
    "300, 300, 6",
    "300, 600, 2",
    "5, 9000, 1"
  })
  void drawsFollowTheWeights(int n, int draws, double steepness) {
    float[] weights = weights(n, steepness);
    long[] all = new long[n];
    float[] block = new float[n + 7];
    for (int round = 0; round < 400_000 / draws; round++) {
      System.arraycopy(weights, 0, block, 3, n);
      rng.key(8, Stream.DEMO, round, draws);
      assertThat(counts.draw(block, 3, n, draws, rng)).isTrue();
      int sum = 0;
      for (int i = 0; i < n; i++) {
        all[i] += (long) block[3 + i];
        sum += (int) block[3 + i];
      }
      assertThat(sum).isEqualTo(draws);
    }
    double total = 0;
    for (float weight : weights) {
      total += weight;
    }
    double[] p = new double[n];
    for (int i = 0; i < n; i++) {
      p[i] = weights[i] / total;
    }
    ChiSquare.assertFollows(all, p);
  }

  /** Sums that are not 1, and a mass at either end. */
  @Test
  void placesWithoutWeightAreNotDrawn() {
    float[][] cases = {{0, 0, 1}, {1, 0, 0}, {0, 0.003f, 0}, {200, 0, 300}, {0, 1e-15f, 0}};
    for (float[] weights : cases) {
      float[] drawn = weights.clone();
      rng.key(1, Stream.DEMO, 0, 0);
      assertThat(counts.draw(drawn, 0, 3, 1000, rng)).isTrue();
      for (int i = 0; i < 3; i++) {
        assertThat(drawn[i] > 0).as(Arrays.toString(weights)).isEqualTo(weights[i] > 0);
      }
    }
  }

  @Test
  void nothingIsDrawnWhereNothingHasWeight() {
    float[] nothing = {0, 0, 1e-30f};
    assertThat(counts.draw(nothing, 0, 3, 10, rng.key(1, Stream.DEMO, 0, 0))).isFalse();
    assertThat(nothing).containsExactly(0, 0, 1e-30f);
  }
}
