package dev.tamis.objective;

import dev.tamis.kernels.Kernels;
import dev.tamis.model.Candidates;
import java.util.Arrays;
import java.util.Set;

/**
 * The softmax of a positive among itself and drawn candidates, each score less the log-probability
 * with which the proposal draws its item (Bengio, Senecal 2008; Jean, Cho, Memisevic, Bengio 2015):
 * with {@code o = s - ln Q}, {@code A = ln sum_j exp(o_j)} and {@code p = sigmoid(o_i - A)},
 *
 * <pre>
 * loss = softplus(A - o_i);   dLoss/ds_i = p - 1;   dLoss/ds_j = (1 - p) exp(o_j - A)
 * </pre>
 *
 * <p>A constant in {@code ln Q} drops out, so long as positive and candidates have the same. A row
 * has exactly one positive. Candidates of score minus infinity count nothing; a row of none but
 * such has no loss. Weights are not looked at. Cost O(candidates).
 */
public final class SampledSoftmax implements Objective {
  @Override
  public Set<Candidates.Layout> accepts() {
    return Set.of(Candidates.Layout.PER_ROW, Candidates.Layout.SHARED);
  }

  @Override
  public boolean needsLogQ() {
    return true;
  }

  @Override
  public double differentiate(Candidates c, int from, int to) {
    double loss = 0;
    for (int r = from; r < to; r++) {
      int positive = c.posStart[r];
      if (c.posStart[r + 1] - positive != 1) {
        throw new IllegalArgumentException(
            "sampled softmax needs exactly one positive a row, but row "
                + r
                + " has "
                + (c.posStart[r + 1] - positive));
      }
      Kernels.axpy(-1, c.logQ, c.idsAt(r), c.score, c.at(r), c.width);
      if (Kernels.max(c.score, c.at(r), c.width) == Float.NEGATIVE_INFINITY) {
        Arrays.fill(c.score, c.at(r), c.at(r + 1), 0);
        c.posScore[positive] = 0;
        continue;
      }
      float mass = Kernels.softmax(c.score, c.at(r), c.width);
      float lag = mass - (c.posScore[positive] - c.posLogQ[positive]);
      float miss = sigmoid(lag);
      loss += c.rowWeight[r] * softplus(lag);
      Kernels.scale(miss * c.rowWeight[r], c.score, c.at(r), c.width);
      c.posScore[positive] = -miss * c.rowWeight[r];
    }
    return loss;
  }

  private static float sigmoid(float x) {
    return (float) (1 / (1 + StrictMath.exp(-x)));
  }

  private static double softplus(double x) {
    return Math.max(x, 0) + StrictMath.log1p(StrictMath.exp(-Math.abs(x)));
  }
}
