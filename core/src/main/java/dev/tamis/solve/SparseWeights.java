package dev.tamis.solve;

import dev.tamis.config.TamisException;

/** Rows of weights while they are being found, each by whichever thread. */
final class SparseWeights {
  private final int[][] columns; // [rows]
  private final float[][] values; // [rows] parallel

  SparseWeights(int rows) {
    this.columns = new int[rows][];
    this.values = new float[rows][];
  }

  /** Takes over the columns of a row, ascending, with their values in an array by column. */
  void set(int row, int[] rowColumns, float[] byColumn) {
    float[] rowValues = new float[rowColumns.length];
    for (int i = 0; i < rowColumns.length; i++) {
      rowValues[i] = byColumn[rowColumns[i]];
    }
    columns[row] = rowColumns;
    values[row] = rowValues;
  }

  /**
   * All rows.
   *
   * @throws TamisException of kind CONFIG if there are more weights than an array holds
   */
  SparseRows rows(int columnCount) {
    int[] start = new int[columns.length + 1];
    long total = 0;
    for (int r = 0; r < columns.length; r++) {
      total += columns[r].length;
      if (total > Integer.MAX_VALUE - 8) {
        throw TamisException.config(
            "there are more than 2,147,483,639 weights between items; set fewer neighbours");
      }
      start[r + 1] = (int) total;
    }
    int[] allColumns = new int[(int) total];
    float[] allValues = new float[(int) total];
    for (int r = 0; r < columns.length; r++) {
      System.arraycopy(columns[r], 0, allColumns, start[r], columns[r].length);
      System.arraycopy(values[r], 0, allValues, start[r], values[r].length);
    }
    return new SparseRows(start, allColumns, allValues, columnCount);
  }
}
