package dev.tamis.data.read;

import java.util.List;

/**
 * What an import found and left out. Nothing is left out that is not counted here.
 *
 * @param source the file as it was named
 * @param format the layout, given or found
 * @param separator what stands between fields; empty for JSON
 * @param header whether the first row was taken as column names
 * @param columns which column was read as what: "user = 1 (userId)", one entry a role
 * @param rows rows of data, the bad ones included, header and blank lines not
 * @param pairs pairs kept
 * @param users users kept
 * @param items items kept
 * @param density pairs / (users x items)
 * @param duplicates rows merged into another row of the same pair
 * @param belowMinRating pairs left out for their rating
 * @param core what the minimum degrees removed
 * @param badRowCount rows left out as unusable
 * @param badRows the first {@value #BAD_ROWS_KEPT} of them
 * @param userDegrees how many pairs users have
 * @param itemDegrees how many pairs items have
 * @param warnings what looks wrong but was kept, one sentence each
 */
public record ImportReport(
    String source,
    Format format,
    String separator,
    boolean header,
    List<String> columns,
    long rows,
    int pairs,
    int users,
    int items,
    double density,
    long duplicates,
    long belowMinRating,
    Core core,
    long badRowCount,
    List<BadRow> badRows,
    Quantiles userDegrees,
    Quantiles itemDegrees,
    List<String> warnings) {
  /** How many bad rows are kept for the report; all are counted. */
  public static final int BAD_ROWS_KEPT = 20;

  public ImportReport {
    columns = List.copyOf(columns);
    badRows = List.copyOf(badRows);
    warnings = List.copyOf(warnings);
  }

  /**
   * What the minimum degrees removed.
   *
   * @param users users removed
   * @param items items removed
   * @param pairs pairs removed with them
   * @param rounds passes over the data that removed something
   */
  public record Core(int users, int items, int pairs, int rounds) {}

  /**
   * Order statistics of a list of degrees: the value at rank ceil(q n), the least value that is not
   * below a share q of the list.
   */
  public record Quantiles(int min, int p25, int p50, int p75, int p90, int p99, int max) {
    static Quantiles of(int[] degrees) {
      int[] sorted = degrees.clone();
      java.util.Arrays.sort(sorted);
      return new Quantiles(
          at(sorted, 0),
          at(sorted, 25),
          at(sorted, 50),
          at(sorted, 75),
          at(sorted, 90),
          at(sorted, 99),
          at(sorted, 100));
    }

    private static int at(int[] sorted, int percent) {
      if (sorted.length == 0) {
        return 0;
      }
      long rank = ((long) percent * sorted.length + 99) / 100; // ceil, from 1
      return sorted[(int) Math.max(0, rank - 1)];
    }
  }
}
