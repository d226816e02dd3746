package dev.tamis.model.score;

import dev.tamis.kernels.Kernels;
import dev.tamis.math.Matrix;
import dev.tamis.model.Candidates;
import dev.tamis.model.ItemTable;
import dev.tamis.model.SparseGradient;
import java.util.Arrays;

/**
 * {@code s(q, i) = q . v_i + b_i}, for blocks whose candidates are listed, each row its own or all
 * rows the same. Cost O(width) a score, each way.
 *
 * <p>The gradient of an item row is {@code sum of dLoss/dScore * q} over the rows it was a
 * candidate of, so an entry is a coefficient and a query's row; no item gradient is written out.
 */
public final class DotScore implements ScoreFunction, Scoring {
  private final ItemTable items;

  public DotScore(ItemTable items) {
    this.items = items;
  }

  @Override
  public ItemTable items() {
    return items;
  }

  @Override
  public boolean scalesQueries() {
    return true;
  }

  /** It keeps nothing, so all threads may share it. */
  @Override
  public Scoring newScoring(int maxRows, int width) {
    return this;
  }

  @Override
  public void score(Matrix q, Candidates c, int from, int to) {
    float[] table = items.vectors().values();
    int width = items.width();
    for (int r = from; r < to; r++) {
      int positives = c.posStart[r + 1] - c.posStart[r];
      Kernels.dotRows(
          q.data,
          q.at(r),
          table,
          width,
          c.posIds,
          c.posStart[r],
          positives,
          c.posScore,
          c.posStart[r]);
      Kernels.dotRows(q.data, q.at(r), table, width, c.ids, c.idsAt(r), c.width, c.score, c.at(r));
    }
    if (items.bias().isPresent()) {
      float[] bias = items.bias().get().values();
      for (int p = c.posStart[from]; p < c.posStart[to]; p++) {
        c.posScore[p] += bias[c.posIds[p]];
      }
      for (int r = from; r < to; r++) {
        for (int i = 0; i < c.width; i++) {
          c.score[c.at(r) + i] += bias[c.ids[c.idsAt(r) + i]];
        }
      }
    }
  }

  @Override
  public void backward(
      Matrix q,
      Candidates c,
      int from,
      int to,
      Matrix dq,
      SparseGradient out,
      float[] dense,
      int denseAt) {
    int width = items.width();
    int e = c.entriesBefore(from);
    Arrays.fill(dq.data, dq.at(from), dq.at(to), 0);
    for (int r = from; r < to; r++) {
      int positives = c.posStart[r + 1] - c.posStart[r];
      System.arraycopy(c.posScore, c.posStart[r], out.coefficient, e, positives);
      System.arraycopy(c.score, c.at(r), out.coefficient, e + positives, c.width);
      int entries = positives + c.width;
      Kernels.axpyRows(
          out.coefficient,
          e,
          items.vectors().values(),
          width,
          out.row,
          e,
          entries,
          dq.data,
          dq.at(r));
      e += entries;
    }
  }
}
