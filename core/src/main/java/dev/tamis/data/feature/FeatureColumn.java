package dev.tamis.data.feature;

import dev.tamis.data.IdMap;
import dev.tamis.data.Utf8;
import java.util.Objects;

/**
 * A column of features, a row an item or user. The arrays are not copied.
 *
 * @param name valid Unicode
 * @param values the different values, sorted by their bytes; of a numeric column none
 * @param start [rows + 1] where the values of each row begin in {@code valueNumbers}; a row without
 *     any has a missing value. Of a numeric column null
 * @param valueNumbers numbers in {@code values}, strictly ascending within a row; of a numeric
 *     column null
 * @param numbers [rows] of a numeric column, finite, or NaN where the value is missing; else null
 */
public record FeatureColumn(
    String name, ColumnKind kind, IdMap values, int[] start, int[] valueNumbers, float[] numbers) {
  /**
   * @throws IllegalArgumentException if the arrays are not those of the kind, do not go together,
   *     or hold what is out of range, as described above
   */
  public FeatureColumn {
    Objects.requireNonNull(name);
    Objects.requireNonNull(kind);
    Objects.requireNonNull(values);
    Utf8.fault(name)
        .ifPresent(
            fault -> {
              throw new IllegalArgumentException("the name of a column " + fault);
            });
    if ((kind == ColumnKind.NUMERIC) != (numbers != null)
        || (numbers == null) != (start != null && valueNumbers != null)
        || numbers != null && values.size() > 0) {
      throw new IllegalArgumentException("column '" + name + "' is not as its kind demands");
    }
    if (numbers != null) {
      requireFinite(name, numbers);
    } else {
      requireRows(name, start, valueNumbers.length);
      requireAscending(name, start, valueNumbers, values.size());
    }
  }

  private static void requireFinite(String name, float[] numbers) {
    for (int row = 0; row < numbers.length; row++) {
      if (Float.isInfinite(numbers[row])) {
        throw wrong(
            name,
            "row " + row + " is " + numbers[row] + "; a number is finite, or NaN if it is missing");
      }
    }
  }

  private static void requireRows(String name, int[] start, int count) {
    if (start.length == 0) {
      throw wrong(name, "'start' is empty; it has one entry more than there are rows");
    }
    if (start[0] != 0) {
      throw wrong(name, "'start' begins with " + start[0] + "; it must begin with 0");
    }
    for (int row = 0; row + 1 < start.length; row++) {
      if (start[row + 1] < start[row]) {
        throw wrong(
            name,
            "row "
                + row
                + " would end at "
                + start[row + 1]
                + ", before its beginning at "
                + start[row]);
      }
    }
    int last = start[start.length - 1];
    if (last != count) {
      throw wrong(name, "'start' ends with " + last + ", but there are " + count + " values");
    }
  }

  private static void requireAscending(
      String name, int[] start, int[] valueNumbers, int different) {
    for (int row = 0; row + 1 < start.length; row++) {
      for (int e = start[row]; e < start[row + 1]; e++) {
        int number = valueNumbers[e];
        if (number < 0 || number >= different) {
          throw wrong(
              name,
              "row "
                  + row
                  + " has value number "
                  + number
                  + "; numbers are from 0 to "
                  + (different - 1));
        }
        if (e > start[row] && number <= valueNumbers[e - 1]) {
          throw wrong(
              name,
              "row "
                  + row
                  + " has value number "
                  + number
                  + " after "
                  + valueNumbers[e - 1]
                  + "; they ascend within a row");
        }
      }
    }
  }

  private static IllegalArgumentException wrong(String name, String what) {
    return new IllegalArgumentException("column '" + name + "': " + what);
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
