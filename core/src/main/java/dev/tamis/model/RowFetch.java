package dev.tamis.model;

/**
 * Brings scattered rows into the cache together. Rows that are worked on one by one are waited for
 * one by one; loads that do not depend on each other are waited for at once.
 */
public final class RowFetch {
  private static final int LINE = 16; // floats in a cache line

  private static float sink;

  private RowFetch() {}

  /** Reads a number of every cache line of some rows of {@code values}, [.. x width]. */
  public static void fetch(float[] values, int width, int[] rows, int from, int count) {
    float sum = 0;
    for (int i = from; i < from + count; i++) {
      int at = rows[i] * width;
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
