package dev.tamis.data.feature;

import dev.tamis.data.IdMap;

/**
 * A column of features, a row an item or user.
 *
 * @param values the different values, sorted by their bytes; of a numeric column none
 * @param start [rows + 1] where the values of each row begin in {@code valueNumbers}; a row without
 *     any has a missing value. Of a numeric column null
 * @param valueNumbers numbers in {@code values}, strictly ascending within a row; of a numeric
 *     column null
 * @param numbers [rows] of a numeric column, NaN where the value is missing; else null
 */
public record FeatureColumn(
    String name, ColumnKind kind, IdMap values, int[] start, int[] valueNumbers, float[] numbers) {
  public FeatureColumn {
    if ((kind == ColumnKind.NUMERIC) != (numbers != null)
        || (numbers == null) != (start != null && valueNumbers != null)) {
      throw new IllegalArgumentException("column '" + name + "' is not as its kind demands");
    }
  }

  /** A column of values. */
  public static FeatureColumn of(
      String name, ColumnKind kind, IdMap values, int[] start, int[] valueNumbers) {
    return new FeatureColumn(name, kind, values, start, valueNumbers, null);
  }

  /** A column of numbers. */
  public static FeatureColumn of(String name, float[] numbers) {
    return new FeatureColumn(name, ColumnKind.NUMERIC, IdMap.of(), null, null, numbers);
  }

  public int rows() {
    return numbers != null ? numbers.length : start.length - 1;
  }

  /** Whether a row has no value. */
  public boolean isMissing(int row) {
    return numbers != null ? Float.isNaN(numbers[row]) : start[row] == start[row + 1];
  }

  /** How many rows have no value. */
  public int missing() {
    int missing = 0;
    for (int row = 0; row < rows(); row++) {
      missing += isMissing(row) ? 1 : 0;
    }
    return missing;
  }

  /**
   * The rows of this column in another order.
   *
   * @param source [new rows] which row each is, or -1 for one with a missing value
   */
  FeatureColumn rearranged(int[] source) {
    if (numbers != null) {
      float[] mine = new float[source.length];
      for (int row = 0; row < mine.length; row++) {
        mine[row] = source[row] < 0 ? Float.NaN : numbers[source[row]];
      }
      return of(name, mine);
    }
    int[] mineStart = new int[source.length + 1];
    for (int row = 0; row < source.length; row++) {
      int from = source[row];
      mineStart[row + 1] = mineStart[row] + (from < 0 ? 0 : start[from + 1] - start[from]);
    }
    int[] mine = new int[mineStart[source.length]];
    for (int row = 0; row < source.length; row++) {
      int count = mineStart[row + 1] - mineStart[row];
      if (count > 0) {
        System.arraycopy(valueNumbers, start[source[row]], mine, mineStart[row], count);
      }
    }
    return of(name, kind, values, mineStart, mine);
  }
}
