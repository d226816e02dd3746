package dev.tamis.solve;

import dev.tamis.data.Interactions;

/**
 * A matrix of which only some entries are not zero, row after row.
 *
 * @param start [rows + 1] the entries of row {@code r} are {@code start[r]..start[r + 1]}
 * @param columns the column of each entry, strictly ascending within a row
 * @param values the value of each entry, or null where all are 1
 * @param columnCount how many columns there are
 */
public record SparseRows(int[] start, int[] columns, float[] values, int columnCount) {
  /**
   * Takes over the arrays.
   *
   * @throws IllegalArgumentException if the arrays do not fit each other, or a column is out of
   *     range or out of order
   */
  public SparseRows {
    int rows = start.length - 1;
    if (rows < 0 || start[0] != 0 || start[rows] != columns.length) {
      throw new IllegalArgumentException(
          "starts of " + rows + " rows do not fit " + columns.length + " entries");
    }
    if (values != null && values.length != columns.length) {
      throw new IllegalArgumentException(
          values.length + " values do not fit " + columns.length + " entries");
    }
    for (int r = 0; r < rows; r++) {
      if (start[r + 1] < start[r] || start[r + 1] > columns.length) {
        throw new IllegalArgumentException(
            "row "
                + r
                + " is out of range: it goes from "
                + start[r]
                + " to "
                + start[r + 1]
                + " of "
                + columns.length
                + " entries");
      }
      int previous = -1;
      for (int e = start[r]; e < start[r + 1]; e++) {
        if (columns[e] <= previous || columns[e] >= columnCount) {
          throw new IllegalArgumentException(
              "columns of row " + r + " are out of order or out of range at entry " + e);
        }
        previous = columns[e];
      }
    }
  }

  /**
   * Users as rows, items as columns; arrays are shared, not copied.
   *
   * @param values parallel to the pairs, or null for 1 each
   */
  public static SparseRows of(Interactions pairs, float[] values) {
    return new SparseRows(pairs.rowStart(), pairs.itemIds(), values, pairs.itemCount());
  }

  public int rowCount() {
    return start.length - 1;
  }

  /** How many entries a row has. */
  public int degree(int row) {
    return start[row + 1] - start[row];
  }

  /** The value of an entry. */
  public float value(int entry) {
    return values == null ? 1 : values[entry];
  }

  /** Columns as rows, rows as columns, in new arrays. */
  public SparseRows transposed() {
    int[] at = new int[columnCount + 1];
    for (int column : columns) {
      at[column + 1]++;
    }
    for (int c = 0; c < columnCount; c++) {
      at[c + 1] += at[c];
    }
    int[] newStart = at.clone();
    int[] newColumns = new int[columns.length];
    float[] newValues = values == null ? null : new float[columns.length];
    for (int r = 0; r < rowCount(); r++) {
      for (int e = start[r]; e < start[r + 1]; e++) {
        int place = at[columns[e]]++;
        newColumns[place] = r;
        if (values != null) {
          newValues[place] = values[e];
        }
      }
    }
    return new SparseRows(newStart, newColumns, newValues, rowCount());
  }
}
