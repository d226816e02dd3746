package dev.tamis.objective;

import dev.tamis.kernels.Kernels;
import dev.tamis.model.Candidates;
import java.util.Set;

/**
 * The logistic loss of a positive labelled 1 and candidates labelled 0 (He et al., Neural
 * Collaborative Filtering, WWW 2017, equation 7):
 *
 * <pre>
 * loss = softplus(-s_i) + sum_j n_j softplus(s_j);   dLoss/ds_i = -sigmoid(-s_i);   dLoss/ds_j = n_j sigmoid(s_j)
 * </pre>
 *
 * Every candidate counts fully, {@code n_j = 1}, as in that paper: four candidates weigh four times
 * as much as the positive. That is not the mean over candidates of the pairwise losses. Where there
 * are weights, {@code n_j = width * w_j}, so that even weights of 1 / width change nothing.
 *
 * <p>A row has exactly one positive. Weights are data, unless they flow: then they are a softmax of
 * the scores, less a constant for each, and {@code n_j (softplus(s_j) - sum_k w_k softplus(s_k))}
 * is added to {@code dLoss/ds_j}. Cost O(candidates).
 */
public final class BinaryCrossEntropy implements Objective {
  @Override
  public Set<Candidates.Layout> accepts() {
    return Set.of(Candidates.Layout.PER_ROW, Candidates.Layout.SHARED);
  }

  @Override
  public boolean setsLevel() {
    return true;
  }

  @Override
  public double differentiate(Candidates c, int from, int to) {
    int width = c.width;
    for (int r = from; r < to; r++) {
      int positives = c.posStart[r + 1] - c.posStart[r];
      if (positives != 1) {
        throw new IllegalArgumentException(
            "bce needs exactly one positive a row, but row " + r + " has " + positives);
      }
      c.posScore[c.posStart[r]] = -c.posScore[c.posStart[r]];
    }
    double loss = 0;
    int first = c.posStart[from];
    Kernels.softplus(c.posScore, first, c.scratch, c.at(from), to - from);
    Kernels.sigmoid(c.posScore, first, c.posScore, first, to - from);
    for (int r = from; r < to; r++) {
      loss += c.rowWeight[r] * c.scratch[c.at(from) + r - from];
      c.posScore[c.posStart[r]] *= -c.rowWeight[r];
    }
    int cells = (to - from) * width;
    Kernels.softplus(c.score, c.at(from), c.scratch, c.at(from), cells);
    Kernels.sigmoid(c.score, c.at(from), c.score, c.at(from), cells);
    for (int r = from; r < to; r++) {
      loss += c.rowWeight[r] * weigh(c, r);
    }
    return loss;
  }

  /**
   * Turns the sigmoids of a row into derivatives; returns the loss of its candidates before the
   * weight of the row.
   */
  private static double weigh(Candidates c, int r) {
    double rowLoss = 0;
    float even = 1f / c.width;
    for (int e = c.at(r); e < c.at(r + 1); e++) {
      rowLoss += (c.weighted ? c.width * c.weight[e] : 1) * c.scratch[e];
    }
    for (int e = c.at(r); e < c.at(r + 1); e++) {
      float count = (c.weighted ? c.width * c.weight[e] : 1) * c.rowWeight[r];
      float slope = count * c.score[e];
      c.score[e] = c.weightsFlow ? slope + count * (float) (c.scratch[e] - rowLoss * even) : slope;
    }
    return rowLoss;
  }
}
