package dev.tamis.eval;

import dev.tamis.data.HeldOut;
import dev.tamis.kernels.Kernels;
import dev.tamis.rank.QueryBlock;
import dev.tamis.rank.Ranker;
import dev.tamis.rank.Scorer;
import java.util.Arrays;

/**
 * Counts, while tiles of scores go by, how many items are scored above each relevant item of each
 * row, and how many equally. The relevant items' own scores are asked for beforehand, one row and
 * one item at a time: a scorer gives them the bits they have in the tiles. Scratch of one thread.
 */
final class AucCounter implements Ranker.Tiles {
  private final HeldOut heldOut;
  private final Scorer.Block single;
  private final QueryBlock singleQuery = new QueryBlock(1);
  private final float[] singleScore = new float[1];
  private final int[] rowStart; // [maxRows + 1]: the entries of each row
  private int rows;
  private float[] scores =
      new float[256]; // [entries] of relevant items in the ranking, ascending within a row
  private long[] above = new long[256]; // [entries] items scored higher
  private long[] atLeast = new long[256]; // [entries] items scored as high or higher

  AucCounter(Scorer scorer, HeldOut heldOut, int maxRows) {
    this.heldOut = heldOut;
    this.single = scorer.newBlock(1);
    this.rowStart = new int[maxRows + 1];
  }

  /** Takes up a block: {@code users[from..]} of the held-out data, in the order of the queries. */
  void begin(QueryBlock queries, int[] users, int from) {
    rows = queries.rows;
    int entries = 0;
    int[] targets = heldOut.target().itemIds();
    for (int row = 0; row < rows; row++) {
      int user = users[from + row];
      singleQuery.clear();
      int historyFrom = queries.historyStart[row];
      int historyTo = queries.historyStart[row + 1];
      singleQuery.append(queries.users[row], queries.history, historyFrom, historyTo);
      single.load(singleQuery);
      for (int e = heldOut.target().rowStart()[user];
          e < heldOut.target().rowStart()[user + 1];
          e++) {
        if (!heldOut.input().contains(user, targets[e])) {
          single.score(targets[e], targets[e] + 1, singleScore);
          reserve(entries + 1);
          scores[entries++] = singleScore[0] + 0f; // -0 becomes +0, so that sorting agrees with ==
        }
      }
      rowStart[row + 1] = entries;
      Arrays.sort(scores, rowStart[row], entries);
    }
    Arrays.fill(above, 0, entries, 0);
    Arrays.fill(atLeast, 0, entries, 0);
  }

  @Override
  public void tile(int fromItem, int toItem, float[] tile) {
    int n = toItem - fromItem;
    for (int row = 0; row < rows; row++) {
      for (int e = rowStart[row]; e < rowStart[row + 1]; e++) {
        above[e] += Kernels.countAbove(tile, row * n, n, scores[e]);
        atLeast[e] += Kernels.countAbove(tile, row * n, n, Math.nextDown(scores[e]));
      }
    }
  }

  /**
   * The area under the curve of a row.
   *
   * @param eligible how many items were ranked for it
   * @param relevant how many items are relevant, those not ranked included
   */
  double of(int row, long eligible, int relevant) {
    int from = rowStart[row];
    int to = rowStart[row + 1];
    int ranked = to - from;
    long others = eligible - ranked;
    if (others == 0) {
      return ranked / (double) relevant;
    }
    double wins = 0;
    for (int e = from; e < to; ) {
      int tied = e + 1;
      while (tied < to && scores[tied] == scores[e]) {
        tied++;
      }
      // Nothing is below negative infinity, and excluded items have it too: all ranked are as high.
      long asHigh = scores[e] == Float.NEGATIVE_INFINITY ? eligible : atLeast[e];
      long othersAbove = above[e] - (to - tied);
      long othersTied = asHigh - above[e] - (tied - e);
      wins += (tied - e) * (others - othersAbove - 0.5 * othersTied);
      e = tied;
    }
    return wins / ((double) relevant * others);
  }

  private void reserve(int entries) {
    if (entries > scores.length) {
      scores = Arrays.copyOf(scores, entries * 2);
      above = Arrays.copyOf(above, entries * 2);
      atLeast = Arrays.copyOf(atLeast, entries * 2);
    }
  }
}
