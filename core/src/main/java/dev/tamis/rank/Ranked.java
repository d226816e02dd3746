package dev.tamis.rank;

import java.util.Arrays;

/**
 * The best items of each query of a block, in flat arrays, best first; ties are broken by the
 * smaller item number. A query has fewer than {@code k} items only if fewer were eligible; the
 * places left over hold item -1 with the score negative infinity.
 */
public final class Ranked {
  public final int k;
  public int rows;
  public final int[] items; // [capacity x k] dense item numbers
  public final float[] scores; // [capacity x k] parallel to items
  public final int[] counts; // [capacity] how many of the k places are taken

  /** Room for {@code capacity} queries with {@code k} items each. */
  public Ranked(int capacity, int k) {
    if (k < 1) {
      throw new IllegalArgumentException("k must be at least 1, but is " + k);
    }
    this.k = k;
    this.items = new int[Math.multiplyExact(capacity, k)];
    this.scores = new float[items.length];
    this.counts = new int[capacity];
  }

  /** The items of one query, best first, as an array of their number. */
  public int[] itemsOf(int row) {
    return Arrays.copyOfRange(items, row * k, row * k + counts[row]);
  }
}
