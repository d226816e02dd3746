package dev.tamis.data.feature;

import dev.tamis.math.ArrayLength;
import java.util.List;
import java.util.Optional;

/**
 * How features become rows of a table, learned from the items or users of training.
 *
 * <p>A value has a row of its own if enough of those have it; all others, and values never seen,
 * share a row "unknown" of their column, and so do missing ones. Of several values each counts
 * {@code 1 / n}: their mean. A number counts as often as it is deviations above the mean of
 * training, 10 at most either way, so a missing one counts 0.
 *
 * @param columns in the order of their rows; each has a name of its own, and there are {@link
 *     Features#MOST_COLUMNS} at most
 */
public record FeatureEncoding(List<ColumnEncoding> columns) {
  /** Nothing to encode. */
  public static final FeatureEncoding NONE = new FeatureEncoding(List.of());

  /**
   * @throws IllegalArgumentException if two columns have one name, or there are too many
   */
  public FeatureEncoding {
    columns = List.copyOf(columns);
    Features.requireNames(columns.stream().map(ColumnEncoding::name).toList());
  }

  /**
   * Learns vocabularies, means and deviations.
   *
   * @param training [rows of the features] which of them training sees
   * @param minimum how many of those must have a value for it to have a row of its own
   */
  public static FeatureEncoding fit(Features features, boolean[] training, int minimum) {
    return new FeatureEncoding(
        features.columns().stream().map(c -> ColumnEncoding.fit(c, training, minimum)).toList());
  }

  /** How many rows the table has. */
  public int rows() {
    long rows = 0;
    for (ColumnEncoding column : columns) {
      rows += column.rows();
    }
    return ArrayLength.of(
        "rows of all feature values", rows, "make hash-sizes smaller, or leave columns out");
  }

  /** [rows] which rows are those of "unknown". */
  public boolean[] unknownRows() {
    boolean[] unknown = new boolean[rows()];
    int first = 0;
    for (ColumnEncoding column : columns) {
      unknown[first] = column.kind() != ColumnKind.NUMERIC;
      first += column.rows();
    }
    return unknown;
  }

  /**
   * The rows of the table for each row of the features. A column that the features do not have is
   * missing in all of them; others than these columns are not looked at.
   *
   * @throws IllegalArgumentException if a column is numeric here and not there
   */
  public FeatureLists lists(Features features) {
    int things = features.ids().size();
    Entries entries = new Entries(things);
    for (int pass = 0; pass < 2; pass++) {
      int first = 0;
      for (ColumnEncoding column : columns) {
        Optional<FeatureColumn> given =
            features.columns().stream().filter(c -> c.name().equals(column.name())).findFirst();
        if (given.isPresent()
            && (given.get().kind() == ColumnKind.NUMERIC)
                != (column.kind() == ColumnKind.NUMERIC)) {
          throw new IllegalArgumentException("column '" + column.name() + "' is of another kind");
        }
        entries.add(column, given.orElse(null), first);
        first += column.rows();
      }
      entries.next();
    }
    return new FeatureLists(entries.start, entries.row, entries.weight);
  }

  /** Counts entries, then fills them in. */
  private static final class Entries {
    final int[] start; // [things + 1]
    private final int[] at; // [things]
    int[] row;
    float[] weight;

    Entries(int things) {
      start = new int[things + 1];
      at = new int[things];
    }

    void add(ColumnEncoding column, FeatureColumn given, int first) {
      boolean number = column.kind() == ColumnKind.NUMERIC;
      int[] rows = given == null || number ? new int[0] : column.rowsOf(given.values());
      for (int i = 0; i < at.length; i++) {
        if (number) {
          put(i, first, given == null ? 0 : column.standardised(given.numbers()[i]));
        } else if (given == null || given.isMissing(i)) {
          put(i, first, 1);
        } else {
          int from = given.start()[i];
          int to = given.start()[i + 1];
          for (int e = from; e < to; e++) {
            put(i, first + rows[given.valueNumbers()[e]], 1f / (to - from));
          }
        }
      }
    }

    private void put(int thing, int tableRow, float value) {
      if (row != null) {
        row[at[thing]] = tableRow;
        weight[at[thing]] = value;
      }
      at[thing]++;
    }

    void next() {
      if (row == null) {
        for (int i = 0; i < at.length; i++) {
          start[i + 1] =
              ArrayLength.of("feature values", (long) start[i] + at[i], "leave columns out");
          at[i] = start[i];
        }
        row = new int[start[at.length]];
        weight = new float[row.length];
      }
    }
  }
}
