package dev.tamis.data.read;

import dev.tamis.config.TamisException;
import dev.tamis.data.IdMap;
import dev.tamis.data.Interactions;
import java.util.Arrays;

/**
 * Pairs by user, on their way to {@link Interactions}: merged, filtered and renumbered in place.
 */
final class PairTable {
  IdMap users;
  IdMap items;
  int[] start; // [users + 1]
  int[] item; // [pairs], and room behind where pairs have been removed
  float[] rating; // parallel to item, or null
  long[] time; // parallel to item, or null

  /** Takes the pairs over; the columns and tables are empty afterwards. */
  PairTable(IdTable userIds, IdTable itemIds, PairColumns columns) {
    int[] userOrder = userIds.order();
    users = userIds.sorted(userOrder);
    int[] itemOrder = itemIds.order();
    items = itemIds.sorted(itemOrder);
    columns.renumber(inverse(userOrder), inverse(itemOrder));
    start = columns.sortByUser(users.size());
    item = columns.takeItems();
    rating = columns.takeRatings();
    time = columns.takeTimes();
    sortRows();
  }

  private static int[] inverse(int[] order) {
    int[] rank = new int[order.length];
    for (int i = 0; i < order.length; i++) {
      rank[order[i]] = i;
    }
    return rank;
  }

  int size() {
    return start[users.size()];
  }

  /** Sorts each row by item; scratch is 20 bytes a pair of the longest row. */
  private void sortRows() {
    int longest = 0;
    for (int u = 0; u < users.size(); u++) {
      longest = Math.max(longest, start[u + 1] - start[u]);
    }
    boolean plain = rating == null && time == null;
    long[] key = new long[plain ? 0 : longest]; // item, then place in the row
    float[] oldRating = new float[rating == null ? 0 : longest];
    long[] oldTime = new long[time == null ? 0 : longest];
    for (int u = 0; u < users.size(); u++) {
      int from = start[u];
      int count = start[u + 1] - from;
      if (plain) {
        Arrays.sort(item, from, from + count);
        continue;
      }
      for (int j = 0; j < count; j++) {
        key[j] = (long) item[from + j] << 32 | j;
      }
      Arrays.sort(key, 0, count);
      if (rating != null) {
        System.arraycopy(rating, from, oldRating, 0, count);
      }
      if (time != null) {
        System.arraycopy(time, from, oldTime, 0, count);
      }
      for (int j = 0; j < count; j++) {
        int old = (int) key[j];
        item[from + j] = (int) (key[j] >>> 32);
        if (rating != null) {
          rating[from + j] = oldRating[old];
        }
        if (time != null) {
          time[from + j] = oldTime[old];
        }
      }
    }
  }

  /**
   * Merges equal pairs.
   *
   * @return how many rows went into another one
   * @throws TamisException of kind BAD_DATA if there are any and the policy is FAIL
   */
  long mergeDuplicates(String source, ReadOptions.Duplicates policy) {
    int total = size();
    int kept = 0;
    int rowFrom = 0;
    for (int u = 0; u < users.size(); u++) {
      int rowTo = start[u + 1];
      for (int from = rowFrom; from < rowTo; ) {
        int to = from + 1;
        while (to < rowTo && item[to] == item[from]) {
          to++;
        }
        if (to - from > 1) {
          if (policy == ReadOptions.Duplicates.FAIL) {
            throw repeated(source, u, item[from], to - from);
          }
          merge(from, to, policy);
        }
        move(from, kept++);
        from = to;
      }
      rowFrom = rowTo;
      start[u + 1] = kept;
    }
    return total - kept;
  }

  private TamisException repeated(String source, int user, int repeatedItem, int times) {
    return TamisException.badData(
        source
            + ": user "
            + FieldText.shown(users.id(user))
            + " has item "
            + FieldText.shown(items.id(repeatedItem))
            + " "
            + times
            + " times; duplicates are set to fail; remove them, or keep one, or sum them");
  }

  /** Merges pairs [from, to) into the first, by rules that know no order. */
  private void merge(int from, int to, ReadOptions.Duplicates policy) {
    if (rating != null) {
      Arrays.sort(rating, from, to); // a fixed order of addition
      double sum = 0;
      for (int e = from; e < to; e++) {
        sum += rating[e];
      }
      rating[from] = policy == ReadOptions.Duplicates.SUM ? (float) sum : rating[to - 1];
    }
    if (time != null) {
      for (int e = from + 1; e < to; e++) {
        time[from] = Math.max(time[from], time[e]);
      }
    }
  }

  private void move(int from, int to) {
    item[to] = item[from];
    if (rating != null) {
      rating[to] = rating[from];
    }
    if (time != null) {
      time[to] = time[from];
    }
  }

  /** Removes pairs rated below a minimum, and returns how many. */
  long dropBelow(double minimum) {
    int total = size();
    int kept = 0;
    int from = 0;
    for (int u = 0; u < users.size(); u++) {
      for (int e = from; e < start[u + 1]; e++) {
        if (rating[e] >= minimum) {
          move(e, kept++);
        }
      }
      from = start[u + 1];
      start[u + 1] = kept;
    }
    return total - kept;
  }

  /** Keeps the users and items that are marked, and only pairs of both. */
  void keepOnly(boolean[] keepUser, boolean[] keepItem) {
    int[] itemNumber = new int[items.size()];
    int keptItems = 0;
    for (int i = 0; i < itemNumber.length; i++) {
      itemNumber[i] = keepItem[i] ? keptItems++ : -1;
    }
    int kept = 0;
    int keptUsers = 0;
    int from = 0;
    for (int u = 0; u < users.size(); u++) {
      int to = start[u + 1];
      for (int e = from; keepUser[u] && e < to; e++) {
        if (keepItem[item[e]]) {
          move(e, kept);
          item[kept++] = itemNumber[item[e]];
        }
      }
      from = to;
      if (keepUser[u]) {
        start[++keptUsers] = kept;
      }
    }
    start = Arrays.copyOf(start, keptUsers + 1);
    users = users.subset(keepUser);
    items = items.subset(keepItem);
  }

  /** The finished data; room behind the pairs is given up, one column at a time. */
  Interactions finish() {
    int pairs = size();
    if (pairs < item.length) {
      item = Arrays.copyOf(item, pairs);
      rating = rating == null ? null : Arrays.copyOf(rating, pairs);
      time = time == null ? null : Arrays.copyOf(time, pairs);
    }
    return new Interactions(users, items, start, item, rating, time);
  }
}
