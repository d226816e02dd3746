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
 * <p>The loss of a row is the sum over its positives, which share the candidates (FastVAE: Chen,
 * Lian, Jin, Zheng, Xie, Chen 2022). A constant in {@code ln Q} drops out, so long as positives and
 * candidates have the same. Candidates of score minus infinity count nothing; a row of none but
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
      Kernels.axpy(-1, c.logQ, c.idsAt(r), c.score, c.at(r), c.width);
      if (Kernels.max(c.score, c.at(r), c.width) == Float.NEGATIVE_INFINITY) {
        Arrays.fill(c.score, c.at(r), c.at(r + 1), 0);
        Arrays.fill(c.posScore, c.posStart[r], c.posStart[r + 1], 0);
        continue;
      }
      float mass = Kernels.softmax(c.score, c.at(r), c.width);
      double misses = 0;
      double lost = 0;
      for (int p = c.posStart[r]; p < c.posStart[r + 1]; p++) {
        float lag = mass - (c.posScore[p] - c.posLogQ[p]);
        float miss = sigmoid(lag);
        misses += miss;
        lost += softplus(lag);
        c.posScore[p] = -miss * c.rowWeight[r];
      }
      loss += c.rowWeight[r] * lost;
      Kernels.scale((float) misses * c.rowWeight[r], c.score, c.at(r), c.width);
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
