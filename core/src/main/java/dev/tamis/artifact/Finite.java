package dev.tamis.artifact;

import dev.tamis.model.Table;

/** Whether all values of a table are finite. */
final class Finite {
  private static final int BLOCK = 4096;
  private static final int SIGN = 1 << 31;
  private static final int INFINITY = 0x7f80_0000; // the bits of every NaN are larger

  private Finite() {}

  /** The index of the first NaN or infinity, or -1. */
  static int firstNonFinite(float[] values) {
    for (int from = 0, to; from < values.length; from = to) {
      to = from + Math.min(BLOCK, values.length - from);
      // Without a branch for each value, which the compiler makes vectors of.
      int largest = 0;
      for (int i = from; i < to; i++) {
        largest = Math.max(largest, Float.floatToRawIntBits(values[i]) & ~SIGN);
      }
      if (largest >= INFINITY) {
        return firstNonFinite(values, from);
      }
    }
    return -1;
  }

  private static int firstNonFinite(float[] values, int from) {
    int at = from;
    while (Float.isFinite(values[at])) {
      at++;
    }
    return at;
  }

  static String describe(Table table, int at) {
    return "table '"
        + table.name()
        + "' has "
        + table.values()[at]
        + " at row "
        + at / table.width()
        + ", column "
        + at % table.width()
        + "; a model has finite numbers only";
  }
}
