package dev.tamis.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tamis.sample.PositiveMixture;
import org.junit.jupiter.api.Test;

class ReinforceTest {
  private static final double[] SCORES = {0.3, -1.2, 2.1, 0, 0.7};
  private static final int N = SCORES.length;

  private static double[] softmax(double[] scores) {
    double[] p = new double[scores.length];
    double sum = 0;
    for (double score : scores) {
      sum += Math.exp(score);
    }
    for (int j = 0; j < p.length; j++) {
      p[j] = Math.exp(scores[j]) / sum;
    }
    return p;
  }

  /** [1 + N] p of the scores, after a cell that belongs to others. */
  private static float[] laidOut(double[] scores) {
    double[] p = softmax(scores);
    float[] row = new float[1 + p.length];
    row[0] = 9;
    for (int j = 0; j < p.length; j++) {
      row[1 + j] = (float) p[j];
    }
    return row;
  }

  private static double loss(double[] scores, int[] drawn, float[] reward, int draws) {
    double loss = 0;
    for (int k = 0; k < draws; k++) {
      loss -= reward[k] * Math.log(softmax(scores)[drawn[k]]) / draws;
    }
    return loss;
  }

  @Test
  void derivativesAreTheSlopesOfTheLoss() {
    int[] drawn = {2, 0, 2, 4, 3}; // the last is none of the four
    float[] reward = {0.8f, -0.5f, 0.3f, 0.9f, 77};
    float[] row = laidOut(SCORES);
    double loss = Reinforce.differentiate(row, 1, N, drawn, reward, 4);

    assertThat(loss).isCloseTo(loss(SCORES, drawn, reward, 4), within(1e-6));
    assertThat(row[0]).isEqualTo(9);
    double[] x = SCORES.clone();
    for (int j = 0; j < N; j++) {
      x[j] = SCORES[j] + 1e-5;
      double above = loss(x, drawn, reward, 4);
      x[j] = SCORES[j] - 1e-5;
      double slope = (above - loss(x, drawn, reward, 4)) / 2e-5;
      x[j] = SCORES[j];
      assertThat((double) row[1 + j]).isCloseTo(slope, within(1e-6));
    }
  }

  /**
   * On average over what may be drawn from the mixture, the derivatives are those of minus the
   * expected reward of the softmax itself: {@code p_j (E_p[R] - R_j)}.
   */
  @Test
  void meanDerivativesAreThoseOfTheExpectedReward() {
    double[] rewards = {0.9, -0.4, 0.2, -1, 0.6};
    double[] p = softmax(SCORES);
    PositiveMixture mixture = new PositiveMixture(N, 0.2);
    mixture.begin(laidOut(SCORES), 1, new int[] {7, 1, 4}, 1, 3);
    double[] mean = new double[N];
    double expected = 0;
    for (int i = 0; i < N; i++) {
      float[] row = laidOut(SCORES);
      float[] reward = {(float) (rewards[i] * mixture.weight(i))};
      Reinforce.differentiate(row, 1, N, new int[] {i}, reward, 1);
      for (int j = 0; j < N; j++) {
        mean[j] += mixture.probability(i) * row[1 + j];
      }
      expected += p[i] * rewards[i];
    }
    for (int j = 0; j < N; j++) {
      assertThat(mean[j]).isCloseTo(p[j] * (expected - rewards[j]), within(1e-6));
    }
  }

  /** A positive may be drawn though its probability is too small for a float. */
  @Test
  void itemWithoutProbabilityAndRewardDoesNotCount() {
    float[] p = {1, 0};
    double loss = Reinforce.differentiate(p, 0, 2, new int[] {1, 0}, new float[] {0, 0.5f}, 2);

    assertThat(loss).isZero();
    assertThat(p).containsExactly(0, 0);
  }
}
