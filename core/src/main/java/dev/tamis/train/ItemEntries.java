package dev.tamis.train;

import dev.tamis.model.Candidates;
import dev.tamis.model.SparseGradient;
import java.util.Arrays;

/**
 * Lists the gradient entries of a block: for each row those of its positives, then those of its
 * candidates.
 */
final class ItemEntries {
  private ItemEntries() {}

  /**
   * Lists which items rows {@code from..to} touch.
   *
   * @param scalesQueries whether the source of an entry is its row's query, or one of its own
   */
  static void list(Candidates c, int from, int to, boolean scalesQueries, SparseGradient out) {
    int e = c.entriesBefore(from);
    for (int r = from; r < to; r++) {
      int begin = e;
      int positives = c.posStart[r + 1] - c.posStart[r];
      System.arraycopy(c.posIds, c.posStart[r], out.row, e, positives);
      System.arraycopy(c.ids, c.idsAt(r), out.row, e + positives, c.width);
      e += positives + c.width;
      if (scalesQueries) {
        Arrays.fill(out.sourceRow, begin, e, r);
      } else {
        for (int i = begin; i < e; i++) {
          out.sourceRow[i] = i;
        }
      }
    }
  }

  /**
   * Copies the candidates of rows {@code from..to} that have a weight, in their order. Where they
   * are fewer than there is room for, the first candidate fills up, with a weight of 0.
   *
   * @throws IllegalStateException if more have a weight than there is room for
   */
  static void select(Candidates c, int from, int to, Candidates out) {
    for (int r = from; r < to; r++) {
      int end = out.at(r + 1);
      int n = out.at(r);
      for (int e = c.at(r); e < c.at(r + 1); e++) {
        if (c.weight[e] != 0) {
          if (n == end) {
            throw new IllegalStateException("more than " + out.width + " candidates are selected");
          }
          copy(c, e, c.weight[e], out, n++);
        }
      }
      while (n < end) {
        copy(c, c.at(r), 0, out, n++);
      }
      out.rowWeight[r] = c.rowWeight[r];
    }
    int first = c.posStart[from];
    System.arraycopy(c.posLogQ, first, out.posLogQ, first, c.posStart[to] - first);
  }

  private static void copy(Candidates c, int e, float weight, Candidates out, int n) {
    out.ids[n] = c.ids[e];
    out.logQ[n] = c.logQ[e];
    out.weight[n] = weight;
  }

  /** Takes candidates of weight 0 out of rows {@code from..to}, and rows of weight 0 whole. */
  static void leaveOut(Candidates c, int from, int to, SparseGradient out) {
    for (int r = from; r < to; r++) {
      int first = c.entriesBefore(r + 1) - c.width;
      for (int i = 0; i < c.width; i++) {
        if (c.weight[c.at(r) + i] == 0) {
          out.row[first + i] = -1;
        }
      }
      if (c.rowWeight[r] == 0) {
        Arrays.fill(out.row, c.entriesBefore(r), c.entriesBefore(r + 1), -1);
      }
    }
  }
}
