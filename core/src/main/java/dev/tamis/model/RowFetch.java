package dev.tamis.model;

/**
 * Brings scattered rows into the cache together. Rows that are worked on one by one are waited for
 * one by one; loads that do not depend on each other are waited for at once.
 */
public final class RowFetch {
  private static final int LINE = 16; // floats in a cache line

  private static int sink;

  private RowFetch() {}

  /** Reads a number of every cache line of some rows of {@code values}, [.. x width]. */
  public static void fetch(float[] values, int width, int[] rows, int from, int count) {
    int bits = 0; // not a sum: additions of floats would wait for one another
    int last = width - 1;
    for (int i = from; i < from + count; i++) {
      int at = rows[i] * width;
      for (int j = 0; j < last; j += LINE) {
        bits |= Float.floatToRawIntBits(values[at + j]);
      }
      bits ^= Float.floatToRawIntBits(values[at + last]);
    }
    // Without a use of the bits the reads would be optimised away. This one hardly ever happens, so
    // threads do not write to one line all the time, and what it writes is never read.
    if (bits == 1) {
      sink = bits;
    }
  }
}
