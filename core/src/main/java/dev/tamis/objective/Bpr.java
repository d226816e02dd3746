package dev.tamis.objective;

import dev.tamis.kernels.Kernels;
import dev.tamis.model.Candidates;
import java.util.Set;

/**
 * Bayesian personalised ranking (Rendle et al. 2009, section 4.1) with several negatives: for a
 * positive i and candidates j with weights {@code w_j},
 *
 * <pre>
 * loss = sum_j w_j softplus(s_j - s_i);   dLoss/ds_j = w_j sigmoid(s_j - s_i);   dLoss/ds_i = -sum_j dLoss/ds_j
 * </pre>
 *
 * Unweighted candidates count 1 / (their number) each. A row has exactly one positive. Weights are
 * data: no gradient flows through them.
 */
public final class Bpr implements Objective {
  @Override
  public Set<Candidates.Layout> accepts() {
    return Set.of(Candidates.Layout.PER_ROW, Candidates.Layout.SHARED);
  }

  @Override
  public double differentiate(Candidates c, int from, int to) {
    int width = c.width;
    for (int r = from; r < to; r++) {
      if (c.posStart[r + 1] - c.posStart[r] != 1) {
        throw new IllegalArgumentException(
            "bpr needs exactly one positive a row, but row "
                + r
                + " has "
                + (c.posStart[r + 1] - c.posStart[r]));
      }
      float positive = c.posScore[c.posStart[r]];
      for (int e = c.at(r); e < c.at(r) + width; e++) {
        c.score[e] -= positive;
      }
    }
    int cells = (to - from) * width;
    Kernels.softplus(c.score, c.at(from), c.scratch, c.at(from), cells);
    Kernels.sigmoid(c.score, c.at(from), c.score, c.at(from), cells);
    double loss = 0;
    for (int r = from; r < to; r++) {
      float even = c.rowWeight[r] / width;
      double rowLoss = 0;
      float sum = 0;
      for (int e = c.at(r); e < c.at(r) + width; e++) {
        float weight = c.weighted ? c.weight[e] * c.rowWeight[r] : even;
        rowLoss += weight * c.scratch[e];
        c.score[e] *= weight;
        sum += c.score[e];
      }
      c.posScore[c.posStart[r]] = -sum;
      loss += rowLoss;
    }
    return loss;
  }
}
