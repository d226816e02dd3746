package dev.tamis.train;

import dev.tamis.data.Interactions;
import dev.tamis.model.Batch;
import dev.tamis.model.Candidates;
import java.util.Arrays;

/**
 * Takes the positives of users out of lists of candidates that were drawn for several users.
 *
 * <p>Scratch of one thread. Cost: the candidates, and the training items of each row's user.
 */
final class PositiveMask {
  private final Interactions train;
  private final int[] column; // [items] one column of a candidate, or -1
  private final int[] next; // [candidates] another column of the same item, or -1

  PositiveMask(Interactions train, int candidates) {
    this.train = train;
    this.column = new int[train.itemCount()];
    this.next = new int[candidates];
    Arrays.fill(column, -1);
  }

  /**
   * Gives what rows {@code from..to}, which have one list, must not have the score of minus
   * infinity.
   */
  void apply(Candidates c, int from, int to, Batch batch) {
    int ids = c.idsAt(from);
    for (int j = 0; j < c.width; j++) {
      int item = c.ids[ids + j];
      next[j] = column[item];
      column[item] = j;
    }
    for (int r = from; r < to; r++) {
      int user = batch.users[r];
      for (int e = train.rowStart()[user]; e < train.rowStart()[user + 1]; e++) {
        for (int j = column[train.itemIds()[e]]; j >= 0; j = next[j]) {
          c.score[c.at(r) + j] = Float.NEGATIVE_INFINITY;
        }
      }
    }
    for (int j = 0; j < c.width; j++) {
      column[c.ids[ids + j]] = -1;
    }
  }
}
