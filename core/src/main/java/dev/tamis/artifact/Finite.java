package dev.tamis.artifact;

import dev.tamis.model.Table;

/** Whether all values of a table are finite. */
final class Finite {
  private Finite() {}

  /** The index of the first NaN or infinity, or -1. */
  static int firstNonFinite(float[] values) {
    for (int i = 0; i < values.length; i++) {
      if (!Float.isFinite(values[i])) {
        return i;
      }
    }
    return -1;
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
