package dev.tamis.model;

import dev.tamis.rank.QueryBlock;

/** The users of queries among those that a model was trained on. */
final class UserNumbers {
  private UserNumbers() {}

  /**
   * Copies the rows of a block's users, for a model that knows no others.
   *
   * @param out [maxRows x width]
   * @throws IllegalArgumentException if there are too many queries, or one has no trained user
   */
  static void gather(QueryBlock queries, int maxRows, Table users, float[] out) {
    queries.requireAtMost(maxRows);
    for (int row = 0; row < queries.rows; row++) {
      if (!isTrained(queries, row, users)) {
        throw unknown(queries, row, users);
      }
      copy(queries, row, users, out);
    }
  }

  /**
   * Whether a query is of a trained user, and not of a history alone.
   *
   * @throws IllegalArgumentException if its user has a number beyond the trained ones
   */
  static boolean isTrained(QueryBlock queries, int row, Table users) {
    if (queries.users[row] >= users.rows()) {
      throw unknown(queries, row, users);
    }
    return queries.users[row] >= 0;
  }

  /** Copies the row of a query's trained user to the same row of {@code out}. */
  static void copy(QueryBlock queries, int row, Table users, float[] out) {
    int width = users.width();
    System.arraycopy(users.values(), users.at(queries.users[row]), out, row * width, width);
  }

  private static IllegalArgumentException unknown(QueryBlock queries, int row, Table users) {
    return new IllegalArgumentException(
        "query "
            + row
            + " is for user number "
            + queries.users[row]
            + ", which is not among the "
            + users.rows()
            + " users that this model was trained on");
  }
}
