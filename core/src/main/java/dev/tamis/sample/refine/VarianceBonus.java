package dev.tamis.sample.refine;

import dev.tamis.kernels.Kernels;
import dev.tamis.kernels.PerThread;
import dev.tamis.math.Rng;
import dev.tamis.model.Batch;
import dev.tamis.model.Candidates;
import dev.tamis.model.Pass;
import dev.tamis.sample.Refiner;
import dev.tamis.sample.ScoreHistory;
import java.util.Arrays;

/**
 * Keeps the candidate of the largest {@code P_j + a std_j}, where {@code P_j = sigmoid(s_j - s_i)}
 * says how likely it is above the positive i, and {@code std_j} how that has varied over the last
 * epochs: false negatives are high and steady, hard negatives high and not (SRNS: Ding et al. 2020,
 * variance-based sampling). Of several such the one of the highest score is kept. Only the first
 * candidates of a row, its memory, are looked at.
 *
 * <p>In epoch e, counted from 0, {@code a = weight min(1, e / warm-up)}. Cost of a row: O(memory x
 * width) for each epoch of the history.
 */
public final class VarianceBonus implements Refiner {
  private final ScoreHistory history;
  private final int among;
  private final double weight;
  private final int warmUp;
  private final PerThread<Past> pasts = new PerThread<>(this::newPast);

  /**
   * @param among how many candidates of a row are looked at
   * @param warmUp epochs until the bonus has its whole weight
   */
  public VarianceBonus(ScoreHistory history, int among, double weight, int warmUp) {
    this.history = history;
    this.among = among;
    this.weight = weight;
    this.warmUp = warmUp;
  }

  @Override
  public int selected(int width) {
    return 1;
  }

  @Override
  public void refine(Batch batch, Candidates c, int from, int to, Pass pass, Rng rng) {
    float share = (float) (weight * Math.min(1, (double) pass.epoch() / warmUp));
    Past past = pasts.get();
    for (int r = from; r < to; r++) {
      int first = c.at(r);
      float positive = c.posScore[c.posStart[r]];
      for (int i = 0; i < among; i++) {
        past.value[i] = c.score[first + i] - positive;
      }
      Kernels.sigmoid(past.value, 0, past.value, 0, among);
      if (share > 0 && history.epochs() > 1) {
        past.look(batch.users[r], c, r);
        Kernels.axpy(share, past.deviation, 0, past.value, 0, among);
      }
      int best = 0;
      for (int i = 1; i < among; i++) {
        float ahead = past.value[i] - past.value[best];
        best = ahead > 0 || ahead == 0 && c.score[first + i] > c.score[first + best] ? i : best;
      }
      Arrays.fill(c.weight, first, c.at(r + 1), 0);
      c.weight[first + best] = 1;
    }
  }

  private Past newPast() {
    return new Past();
  }

  /** What one thread works on. */
  private final class Past {
    float[] value = new float[among];
    float[] deviation = new float[among];
    float[] positive = {}; // [epochs]
    float[] likelihood = {}; // [epochs x among]

    /** Finds the deviations of a row. */
    void look(int user, Candidates c, int r) {
      int epochs = history.epochs();
      if (positive.length < epochs) {
        positive = new float[epochs];
        likelihood = new float[epochs * among];
      }
      history.score(user, c.posIds, c.posStart[r], 1, positive);
      history.score(user, c.ids, c.idsAt(r), among, likelihood);
      for (int e = 0; e < epochs; e++) {
        for (int i = e * among; i < (e + 1) * among; i++) {
          likelihood[i] -= positive[e];
        }
      }
      Kernels.sigmoid(likelihood, 0, likelihood, 0, epochs * among);
      for (int i = 0; i < among; i++) {
        deviation[i] = deviation(i, epochs);
      }
    }

    private float deviation(int i, int epochs) {
      double sum = 0;
      for (int e = 0; e < epochs; e++) {
        sum += likelihood[e * among + i];
      }
      double mean = sum / epochs;
      double squares = 0;
      for (int e = 0; e < epochs; e++) {
        double off = likelihood[e * among + i] - mean;
        squares += off * off;
      }
      return (float) Math.sqrt(squares / epochs);
    }
  }
}
