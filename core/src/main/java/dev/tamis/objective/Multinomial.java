package dev.tamis.objective;

import dev.tamis.kernels.Kernels;
import dev.tamis.model.Candidates;
import java.util.Set;

/**
 * The multinomial log-likelihood of a history (Liang et al. 2018, equation 2), over all items:
 *
 * <pre>
 * loss = -sum_{i in history} ln softmax_i(s);   dLoss/ds_i = n softmax_i(s) - [i in history]
 * </pre>
 *
 * where n is the length of the history. The derivatives of a row sum to zero. Cost O(items) a row.
 */
public final class Multinomial implements Objective {
  @Override
  public Set<Candidates.Layout> accepts() {
    return Set.of(Candidates.Layout.ALL);
  }

  @Override
  public double differentiate(Candidates c, int from, int to) {
    double loss = 0;
    for (int r = from; r < to; r++) {
      int cells = c.at(r);
      int n = c.posStart[r + 1] - c.posStart[r];
      double scores = 0;
      for (int p = c.posStart[r]; p < c.posStart[r + 1]; p++) {
        scores += c.score[cells + c.posIds[p]];
      }
      float logSum = Kernels.softmax(c.score, cells, c.width);
      loss += c.rowWeight[r] * (n * (double) logSum - scores);
      Kernels.scale(n * c.rowWeight[r], c.score, cells, c.width);
      for (int p = c.posStart[r]; p < c.posStart[r + 1]; p++) {
        c.score[cells + c.posIds[p]] -= c.rowWeight[r];
      }
    }
    return loss;
  }
}
