package dev.tamis.rank;

/**
 * The queries of a block, in flat arrays: for each the number of its user in the training data, or
 * -1, and the history it is known by. Reused from block to block.
 */
public final class QueryBlock {
  public int rows;
  public int[]
      users; // [rows] number in the training data, or -1 for a user the model was not trained on
  public int[] historyStart; // [rows + 1]
  public int[] history; // dense item numbers, strictly ascending within a row

  /** Room for some rows and history entries; {@link #append} makes more. */
  public QueryBlock(int rows) {
    users = new int[Math.max(1, rows)];
    historyStart = new int[users.length + 1];
    history = new int[64];
  }

  /**
   * Refuses more rows than there is room for.
   *
   * @throws IllegalArgumentException if there are more than {@code maxRows}
   */
  public void requireAtMost(int maxRows) {
    if (rows > maxRows) {
      throw new IllegalArgumentException(rows + " queries for a block of at most " + maxRows);
    }
  }

  /** Forgets all rows. */
  public void clear() {
    rows = 0;
    historyStart[0] = 0;
  }

  /** Adds a row: a user number or -1, and the ascending items {@code items[from..to)}. */
  public void append(int user, int[] items, int from, int to) {
    if (rows == users.length) {
      users = java.util.Arrays.copyOf(users, rows * 2);
      historyStart = java.util.Arrays.copyOf(historyStart, rows * 2 + 1);
    }
    int start = historyStart[rows];
    int length = to - from;
    if (start + length > history.length) {
      history = java.util.Arrays.copyOf(history, Math.max(start + length, history.length * 2));
    }
    System.arraycopy(items, from, history, start, length);
    users[rows++] = user;
    historyStart[rows] = start + length;
  }
}
