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
public final class DotScore {
  private final ItemTable items;

  public DotScore(ItemTable items) {
    this.items = items;
  }

  public ItemTable items() {
    return items;
  }

  /** Scores positives and candidates of rows {@code from..to}. */
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

  /** How many entries of the items' gradient the rows before {@code row} have. */
  public static int entriesBefore(Candidates c, int row) {
    return c.posStart[row] + c.at(row);
  }

  /**
   * Lists which items rows {@code from..to} touch, in the order of {@link #backward}, before their
   * gradients are known.
   */
  public static void list(Candidates c, int from, int to, SparseGradient out) {
    int e = entriesBefore(c, from);
    for (int r = from; r < to; r++) {
      int begin = e;
      int positives = c.posStart[r + 1] - c.posStart[r];
      System.arraycopy(c.posIds, c.posStart[r], out.row, e, positives);
      System.arraycopy(c.ids, c.idsAt(r), out.row, e + positives, c.width);
      e += positives + c.width;
      Arrays.fill(out.sourceRow, begin, e, r);
    }
  }

  /**
   * From dLoss/dScore in the block to the gradient of the queries, and to the coefficients of the
   * items' gradient, whose entries are {@link #list listed} and have the queries as source. Entries
   * of a row: its positives, then its candidates.
   */
  public void backward(Candidates c, int from, int to, Matrix dq, SparseGradient out) {
    int width = items.width();
    int e = entriesBefore(c, from);
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

  /** Takes candidates of weight 0 out of the items' gradient of rows {@code from..to}. */
  public static void leaveOut(Candidates c, int from, int to, SparseGradient out) {
    for (int r = from; r < to; r++) {
      int first = entriesBefore(c, r + 1) - c.width;
      for (int i = 0; i < c.width; i++) {
        if (c.weight[c.at(r) + i] == 0) {
          out.row[first + i] = -1;
        }
      }
    }
  }
}
