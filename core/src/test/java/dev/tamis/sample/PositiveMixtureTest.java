package dev.tamis.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tamis.kernels.Kernels;
import dev.tamis.math.ChiSquare;
import dev.tamis.math.Rng;
import dev.tamis.math.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PositiveMixtureTest {
  private static final int ITEMS = 150; // more than one run of shares
  private static final int[] POSITIVES = {3, 0, 17, 64, 149, 5}; // those of the user are 1..5

  /** [ITEMS] the softmax of some scores, one of which is far below the others. */
  private static float[] law() {
    Rng rng = Rng.keyed(4, Stream.DEMO, 0, 0);
    float[] p = new float[ITEMS];
    for (int i = 0; i < ITEMS; i++) {
      p[i] = (float) rng.nextGaussian();
    }
    p[17] = -1000;
    Kernels.softmax(p, 0, ITEMS);
    return p;
  }

  private static PositiveMixture mixture(double share) {
    PositiveMixture mixture = new PositiveMixture(ITEMS, share);
    mixture.begin(law(), 0, POSITIVES, 1, 5);
    return mixture;
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.2, 0.99})
  void weighedMeansAreThoseOfTheLaw(double share) {
    PositiveMixture mixture = mixture(share);
    float[] p = law();
    Rng rng = Rng.keyed(5, Stream.DEMO, 0, 0);
    double sum = 0;
    double weighed = 0;
    double plain = 0;
    for (int i = 0; i < ITEMS; i++) {
      if (mixture.probability(i) == 0) {
        assertThat(p[i]).isZero(); // never drawn, nor needed
        continue;
      }
      double reward = 2 * rng.nextDouble() - 1;
      sum += mixture.probability(i);
      weighed += mixture.probability(i) * mixture.weight(i) * reward;
      plain += p[i] * reward;
      assertThat(mixture.weight(i)).isBetween(0.0, 1 / (1 - share) * (1 + 1e-12));
    }
    assertThat(sum).isCloseTo(1, within(1e-6));
    assertThat(weighed).isCloseTo(plain, within(1e-12));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.2, 0.9})
  void drawsFollowTheProbabilities(double share) {
    PositiveMixture mixture = mixture(share);
    Rng rng = Rng.keyed(6, Stream.DEMO, 0, 0);
    long[] counts = new long[ITEMS];
    for (int draw = 0; draw < 500_000; draw++) {
      counts[mixture.draw(rng)]++;
    }
    double[] p = new double[ITEMS];
    double sum = 0;
    for (int i = 0; i < ITEMS; i++) {
      p[i] = mixture.probability(i);
      sum += p[i];
    }
    for (int i = 0; i < ITEMS; i++) {
      p[i] /= sum;
    }
    ChiSquare.assertFollows(counts, p);
  }
}
