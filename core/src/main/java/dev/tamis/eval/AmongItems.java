package dev.tamis.eval;

import dev.tamis.data.HeldOut;
import dev.tamis.data.Interactions;
import dev.tamis.rank.Exclusions;
import dev.tamis.rank.QueryBlock;
import java.util.Arrays;

/** The items that are ranked, where they are not all there are. */
final class AmongItems {
  private static final int MOST_EXCLUSIONS = 1 << 22; // of a block

  private final int[] outside; // ascending
  private final String protocol;

  private AmongItems(int[] outside, String what) {
    this.outside = outside;
    this.protocol = what + " without the user's known items; mean over users with a relevant item";
  }

  /** All items. */
  static AmongItems all() {
    return new AmongItems(new int[0], "full catalogue");
  }

  /**
   * Some items.
   *
   * @param candidates [items] which
   */
  static AmongItems of(boolean[] candidates) {
    int[] outside = new int[candidates.length];
    int n = 0;
    for (int i = 0; i < candidates.length; i++) {
      if (!candidates[i]) {
        outside[n++] = i;
      }
    }
    return new AmongItems(
        Arrays.copyOf(outside, n), (candidates.length - n) + " of " + candidates.length + " items");
  }

  /** How it is measured, in words. */
  String protocol() {
    return protocol;
  }

  /** What is to be found among these items; all else in the targets is left out. */
  HeldOut restrict(HeldOut heldOut) {
    if (outside.length == 0) {
      return heldOut;
    }
    Interactions target = heldOut.target();
    int[] start = new int[target.userCount() + 1];
    int[] ids = new int[target.size()];
    int n = 0;
    for (int u = 0; u < target.userCount(); u++) {
      for (int e = target.rowStart()[u]; e < target.rowStart()[u + 1]; e++) {
        if (Arrays.binarySearch(outside, target.itemIds()[e]) < 0) {
          ids[n++] = target.itemIds()[e];
        }
      }
      start[u + 1] = n;
    }
    Interactions kept =
        new Interactions(target.users(), target.items(), start, Arrays.copyOf(ids, n), null, null);
    return new HeldOut(heldOut.input(), kept, new int[target.userCount()], heldOut.trained());
  }

  /** How many items these are, of all in the catalogue. */
  int count(int items) {
    return items - outside.length;
  }

  /** How many rows a block may have, of those that it might. */
  int rows(int most) {
    return outside.length == 0
        ? most
        : Math.max(1, Math.min(most, MOST_EXCLUSIONS / outside.length));
  }

  /** What each query must not be answered: its history, and all other items. */
  Exclusions exclusions(QueryBlock queries) {
    if (outside.length == 0) {
      return Exclusions.historyOf(queries);
    }
    int[] start = new int[queries.rows + 1];
    int[] items = new int[queries.rows * outside.length + queries.historyStart[queries.rows]];
    int n = 0;
    for (int row = 0; row < queries.rows; row++) {
      int h = queries.historyStart[row];
      int end = queries.historyStart[row + 1];
      for (int item : outside) {
        for (; h < end && queries.history[h] < item; h++) {
          items[n++] = queries.history[h];
        }
        h += h < end && queries.history[h] == item ? 1 : 0;
        items[n++] = item;
      }
      for (; h < end; h++) {
        items[n++] = queries.history[h];
      }
      start[row + 1] = n;
    }
    return new Exclusions(start, items);
  }
}
