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

  /** How many entries the longest row has. */
  public int maxDegree() {
    int most = 0;
    for (int r = 0; r < rowCount(); r++) {
      most = Math.max(most, degree(r));
    }
    return most;
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
