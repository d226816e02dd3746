package dev.tamis.rank;

/**
 * Which items each row of a block must not be answered.
 *
 * @param start [rows + 1]
 * @param items dense item numbers, strictly ascending within a row; row {@code r} is {@code
 *     start[r]..start[r + 1]}
 */
public record Exclusions(int[] start, int[] items) {
  /** The history of each query. A view: it follows the block only until that grows. */
  public static Exclusions historyOf(QueryBlock queries) {
    return new Exclusions(queries.historyStart, queries.history);
  }

  /** Nothing, for a block of some rows. */
  public static Exclusions none(int rows) {
    return new Exclusions(new int[rows + 1], new int[0]);
  }
}
