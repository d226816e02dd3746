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
 * data, unless they flow: then they are a softmax of the scores, less a constant for each, and
 * {@code dLoss/ds_j = w_j sigmoid(s_j - s_i) + w_j (softplus(s_j - s_i) - loss)}; the positive
 * drops out of such a softmax, so nothing is added to {@code dLoss/ds_i} (derived; PRIS trains so
 * in its code).
 */
public final class PairwiseLogistic implements Objective {
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
      loss += c.rowWeight[r] * weigh(c, r);
    }
    return loss;
  }

  /**
   * Turns the sigmoids of a row into derivatives; returns its loss before the weight of the row.
   */
  private static double weigh(Candidates c, int r) {
    double rowLoss = 0;
    float even = 1f / c.width;
    for (int e = c.at(r); e < c.at(r + 1); e++) {
      rowLoss += (c.weighted ? c.weight[e] : even) * c.scratch[e];
    }
    float sum = 0;
    for (int e = c.at(r); e < c.at(r + 1); e++) {
      float weight = (c.weighted ? c.weight[e] : even) * c.rowWeight[r];
      float slope = weight * c.score[e];
      sum += slope;
      c.score[e] = c.weightsFlow ? slope + weight * (float) (c.scratch[e] - rowLoss) : slope;
    }
    c.posScore[c.posStart[r]] = -sum;
    return rowLoss;
  }
}
