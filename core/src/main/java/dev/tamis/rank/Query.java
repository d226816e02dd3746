package dev.tamis.rank;

import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;

/**
 * One query: who asks, what is known of them, and which items may be answered. All numbers are
 * dense; lists of items may be in any order and name an item twice.
 *
 * @param user the number in the training data, or -1 for a user the model was not trained on
 * @param history the items the user is known to have
 * @param answersHistory whether items of the history may be answered; usually not
 * @param exclude further items that must not be answered
 * @param allow if present, the only items that may be answered
 */
public record Query(
    int user, int[] history, boolean answersHistory, int[] exclude, Optional<int[]> allow) {
  private static final int[] NOTHING = {};

  public Query {
    history = sortedSet(history);
    exclude = sortedSet(exclude);
    allow = Objects.requireNonNull(allow).map(Query::sortedSet);
  }

  /** A user of the training data with what they have; that is not answered again. */
  public static Query ofUser(int user, int[] history) {
    return new Query(user, history, false, NOTHING, Optional.empty());
  }

  /** Somebody known by a history alone; that is not answered again. */
  public static Query ofHistory(int... history) {
    return ofUser(-1, history);
  }

  /** This query without the items given, and without any that were excluded before. */
  public Query excluding(int... items) {
    int[] both = Arrays.copyOf(exclude, exclude.length + items.length);
    System.arraycopy(items, 0, both, exclude.length, items.length);
    return new Query(user, history, answersHistory, both, allow);
  }

  /** This query among the items given alone, or those of them that were allowed before. */
  public Query among(int... items) {
    int[] both = items.clone();
    if (allow.isPresent()) {
      int n = 0;
      for (int item : items) {
        if (Arrays.binarySearch(allow.get(), item) >= 0) {
          both[n++] = item;
        }
      }
      both = Arrays.copyOf(both, n);
    }
    return new Query(user, history, answersHistory, exclude, Optional.of(both));
  }

  /** This query, where items of the history may be answered too. */
  public Query answeringHistory() {
    return new Query(user, history, true, exclude, allow);
  }

  /**
   * The items of a catalogue that must not be answered, ascending.
   *
   * @throws IllegalArgumentException if an item is not in the catalogue
   */
  int[] excluded(int itemCount) {
    boolean[] out = new boolean[itemCount];
    if (allow.isPresent()) {
      Arrays.fill(out, true);
      mark(out, allow.get(), false);
    }
    mark(out, exclude, true);
    for (int item : history) {
      requireItem(item, itemCount);
      out[item] |= !answersHistory;
    }
    int n = 0;
    for (boolean excluded : out) {
      n += excluded ? 1 : 0;
    }
    int[] items = new int[n];
    n = 0;
    for (int item = 0; item < itemCount; item++) {
      if (out[item]) {
        items[n++] = item;
      }
    }
    return items;
  }

  private static void mark(boolean[] out, int[] items, boolean value) {
    for (int item : items) {
      requireItem(item, out.length);
      out[item] = value;
    }
  }

  private static void requireItem(int item, int itemCount) {
    if (item < 0 || item >= itemCount) {
      throw new IllegalArgumentException(
          "item number " + item + " is not among the " + itemCount + " items of the model");
    }
  }

  private static int[] sortedSet(int[] items) {
    int[] sorted = items.clone();
    Arrays.sort(sorted);
    int n = 0;
    for (int i = 0; i < sorted.length; i++) {
      if (i == 0 || sorted[i] != sorted[i - 1]) {
        sorted[n++] = sorted[i];
      }
    }
    return Arrays.copyOf(sorted, n);
  }
}
