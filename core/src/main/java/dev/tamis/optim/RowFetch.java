package dev.tamis.optim;

import dev.tamis.model.Table;

/**
 * Brings scattered rows into the cache together. Rows that are worked on one by one are waited for
 * one by one; loads that do not depend on each other are waited for at once.
 */
public final class RowFetch {
  private static final int LINE = 16; // floats in a cache line

  private static float sink;

  private RowFetch() {}

  /** Reads a number of every cache line of some rows of an array in the shape of {@code table}. */
  public static void fetch(Table table, float[] values, int[] rows, int from, int count) {
    int width = table.width();
    float sum = 0;
    for (int i = from; i < from + count; i++) {
      int at = table.at(rows[i]);
      for (int j = 0; j < width; j += LINE) {
        sum += values[at + j];
      }
      sum += values[at + width - 1];
    }
    // Without a use of the sum the reads would be optimised away. This one hardly ever happens, so
    // threads do not write to one line all the time, and what it writes is never read.
    if (sum == Float.MIN_VALUE) {
      sink = sum;
    }
  }
}
