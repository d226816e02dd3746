package dev.tamis.objective;

import dev.tamis.model.Candidates;
import java.util.Set;

/**
 * The hinge of large-margin ranking, by which WARP (Weston, Bengio, Usunier 2011) and CML (Hsieh et
 * al. 2017) train: for a positive i and candidates j with weights {@code w_j},
 *
 * <pre>
 * loss = sum_j w_j [margin - s_i + s_j]_+;   dLoss/ds_j = w_j if j violates the margin, else 0;   dLoss/ds_i = -sum_j dLoss/ds_j
 * </pre>
 *
 * Unweighted candidates count 1 / (their number) each. A row has exactly one positive. At the kink
 * itself the derivative is 0. Weights are data, unless they flow (see {@link PairwiseLogistic}):
 * then {@code w_j ([margin - s_i + s_j]_+ - loss)} is added to {@code dLoss/ds_j}. Cost
 * O(candidates).
 */
public final class Hinge implements Objective {
  private final float margin;

  /**
   * @param margin by how much a positive should lead, at least 0
   */
  public Hinge(double margin) {
    this.margin = (float) margin;
  }

  @Override
  public Set<Candidates.Layout> accepts() {
    return Set.of(Candidates.Layout.PER_ROW, Candidates.Layout.SHARED);
  }

  @Override
  public double differentiate(Candidates c, int from, int to) {
    double loss = 0;
    for (int r = from; r < to; r++) {
      if (c.posStart[r + 1] - c.posStart[r] != 1) {
        throw new IllegalArgumentException(
            "hinge needs exactly one positive a row, but row "
                + r
                + " has "
                + (c.posStart[r + 1] - c.posStart[r]));
      }
      loss += c.rowWeight[r] * weigh(c, r, margin - c.posScore[c.posStart[r]]);
    }
    return loss;
  }

  /**
   * Turns the scores of a row into derivatives; returns its loss before the weight of the row.
   *
   * @param shortfall the hinge before a candidate's score is added
   */
  private static double weigh(Candidates c, int r, float shortfall) {
    float even = 1f / c.width;
    double rowLoss = 0;
    for (int e = c.at(r); e < c.at(r + 1); e++) {
      c.score[e] = Math.max(0, shortfall + c.score[e]); // NaN stays NaN
      rowLoss += (c.weighted ? c.weight[e] : even) * c.score[e];
    }
    float sum = 0;
    for (int e = c.at(r); e < c.at(r + 1); e++) {
      float weight = (c.weighted ? c.weight[e] : even) * c.rowWeight[r];
      float slope = c.score[e] > 0 ? weight : 0;
      sum += slope;
      c.score[e] = c.weightsFlow ? slope + weight * (float) (c.score[e] - rowLoss) : slope;
    }
    c.posScore[c.posStart[r]] = -sum;
    return rowLoss;
  }
}
