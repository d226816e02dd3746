package dev.tamis.data.feature;

import dev.tamis.data.IdMap;
import java.util.Arrays;

/**
 * How a column becomes rows of a table. A column of values has a row for "unknown", and then a row
 * for each value of the vocabulary; a numeric one has a single row.
 *
 * @param vocabulary the values that have a row of their own; of a numeric column none
 * @param mean of a numeric column
 * @param deviation of a numeric column, above 0
 */
public record ColumnEncoding(
    String name, ColumnKind kind, IdMap vocabulary, double mean, double deviation) {
  private static final double MOST_DEVIATIONS = 10;

  public ColumnEncoding {
    boolean number = kind == ColumnKind.NUMERIC;
    if (number && !(Double.isFinite(mean) && Double.isFinite(deviation) && deviation > 0)
        || number && vocabulary.size() > 0) {
      throw new IllegalArgumentException(
          "numeric column '" + name + "' needs a finite mean and a deviation above 0");
    }
  }

  /**
   * Learns from the rows of training.
   *
   * @param training [rows] which rows they are
   * @param minimum how many of them must have a value for it to get a row of its own
   */
  static ColumnEncoding fit(FeatureColumn column, boolean[] training, int minimum) {
    if (column.kind() == ColumnKind.NUMERIC) {
      return fitNumbers(column, training);
    }
    int[] count = new int[column.values().size()];
    for (int row = 0; row < training.length; row++) {
      for (int e = column.start()[row]; training[row] && e < column.start()[row + 1]; e++) {
        count[column.valueNumbers()[e]]++;
      }
    }
    boolean[] keep = new boolean[count.length];
    for (int v = 0; v < keep.length; v++) {
      keep[v] = count[v] >= minimum;
    }
    return new ColumnEncoding(column.name(), column.kind(), column.values().subset(keep), 0, 1);
  }

  private static ColumnEncoding fitNumbers(FeatureColumn column, boolean[] training) {
    double sum = 0;
    int count = 0;
    for (int row = 0; row < training.length; row++) {
      if (training[row] && !column.isMissing(row)) {
        sum += column.numbers()[row];
        count++;
      }
    }
    double mean = count == 0 ? 0 : sum / count;
    double squares = 0;
    for (int row = 0; row < training.length; row++) {
      if (training[row] && !column.isMissing(row)) {
        squares += (column.numbers()[row] - mean) * (column.numbers()[row] - mean);
      }
    }
    double deviation = count == 0 ? 0 : Math.sqrt(squares / count);
    return new ColumnEncoding(
        column.name(), ColumnKind.NUMERIC, IdMap.of(), mean, deviation > 0 ? deviation : 1);
  }

  /** How many rows of the table it has. */
  public int rows() {
    return kind == ColumnKind.NUMERIC ? 1 : 1 + vocabulary.size();
  }

  /** [values of a column] the row of each, 0 for "unknown". */
  int[] rowsOf(IdMap values) {
    int[] rows = new int[values.size()];
    for (int v = 0; v < rows.length; v++) {
      int from = v == 0 ? 0 : values.ends()[v - 1];
      rows[v] = 1 + vocabulary.index(values.bytes(), from, values.ends()[v] - from);
    }
    return rows;
  }

  /**
   * A number as a weight of the column's row: how many deviations it is above the mean, {@value
   * #MOST_DEVIATIONS} at most either way; 0, the mean, where it is missing.
   */
  float standardised(float number) {
    double deviations = (number - mean) / deviation;
    return Float.isNaN(number)
        ? 0
        : (float) Math.max(-MOST_DEVIATIONS, Math.min(MOST_DEVIATIONS, deviations));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ColumnEncoding that
        && name.equals(that.name)
        && kind == that.kind
        && vocabulary.sameAs(that.vocabulary)
        && mean == that.mean
        && deviation == that.deviation;
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(vocabulary.ends()) + 31 * name.hashCode();
  }
}
