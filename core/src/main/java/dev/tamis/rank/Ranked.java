package dev.tamis.rank;

/**
 * The best items of each query of a block, in flat arrays, best first; ties are broken by the
 * smaller item number.
 */
public final class Ranked {
  public final int k;
  public int rows;
  public final int[] items; // [capacity x k] dense item numbers
  public final float[] scores; // [capacity x k]
  public final int[]
      counts; // [capacity] how many of the k places are taken: fewer than k only if fewer items

  // were eligible

  /** Room for {@code capacity} queries with {@code k} items each. */
  public Ranked(int capacity, int k) {
    this.k = k;
    this.items = new int[Math.multiplyExact(capacity, k)];
    this.scores = new float[items.length];
    this.counts = new int[capacity];
  }
}
