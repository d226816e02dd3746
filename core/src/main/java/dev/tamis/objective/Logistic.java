package dev.tamis.objective;

import dev.tamis.kernels.Kernels;
import dev.tamis.model.Candidates;
import java.util.Set;

/**
 * The logistic log-likelihood of a history (Liang et al. 2018, equation 4), over all items: each is
 * in the history or not, {@code x_i = 1} or 0, on its own.
 *
 * <pre>
 * loss = sum_i softplus(s_i) - x_i s_i;   dLoss/ds_i = sigmoid(s_i) - x_i
 * </pre>
 *
 * Cost O(items) a row.
 */
public final class Logistic implements Objective {
  @Override
  public Set<Candidates.Layout> accepts() {
    return Set.of(Candidates.Layout.ALL);
  }

  @Override
  public boolean setsLevel() {
    return true;
  }

  @Override
  public double differentiate(Candidates c, int from, int to) {
    double loss = 0;
    for (int r = from; r < to; r++) {
      int cells = c.at(r);
      double row = 0;
      for (int p = c.posStart[r]; p < c.posStart[r + 1]; p++) {
        row -= c.score[cells + c.posIds[p]];
      }
      int scratch = c.scratchAt(r);
      int block = c.scratchWidth();
      for (int i = 0; i < c.width; i += block) {
        int n = Math.min(block, c.width - i);
        Kernels.softplus(c.score, cells + i, c.scratch, scratch, n);
        row += Kernels.sum(c.scratch, scratch, n);
      }
      Kernels.sigmoid(c.score, cells, c.score, cells, c.width);
      Kernels.scale(c.rowWeight[r], c.score, cells, c.width);
      for (int p = c.posStart[r]; p < c.posStart[r + 1]; p++) {
        c.score[cells + c.posIds[p]] -= c.rowWeight[r];
      }
      loss += c.rowWeight[r] * row;
    }
    return loss;
  }
}
