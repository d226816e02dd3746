package dev.tamis.model;

import dev.tamis.rank.QueryBlock;

/** Queries of models that know only the users they were trained on. */
final class UserNumbers {
  private UserNumbers() {}

  /**
   * Copies the rows of a block's users.
   *
   * @param out [maxRows x width]
   * @throws IllegalArgumentException if there are too many queries, or one has no trained user
   */
  static void gather(QueryBlock queries, int maxRows, Table users, float[] out) {
    if (queries.rows > maxRows) {
      throw new IllegalArgumentException(
          queries.rows + " queries in a block for at most " + maxRows);
    }
    for (int row = 0; row < queries.rows; row++) {
      int user = queries.users[row];
      if (user < 0 || user >= users.rows()) {
        throw new IllegalArgumentException(
            "query "
                + row
                + " is for user number "
                + user
                + ", but this model ranks only the "
                + users.rows()
                + " users it was trained on");
      }
      System.arraycopy(users.values(), users.at(user), out, row * users.width(), users.width());
    }
  }
}
