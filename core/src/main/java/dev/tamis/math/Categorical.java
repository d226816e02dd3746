package dev.tamis.math;

/** Draws in proportion to masses that are summed up, where a table would not pay. */
public final class Categorical {
  private Categorical() {}

  /**
   * The first place in {@code from..to} whose cumulative mass is above a share of the last; so a
   * place without a mass of its own is not drawn. O(log n).
   *
   * @param cumulative ascending from {@code from} to {@code to}, the last above 0
   * @param share a uniform number in [0, 1)
   */
  public static int first(double[] cumulative, int from, int to, double share) {
    // Below the last even where the product is rounded up, so that what is found has a mass.
    double last = cumulative[to - 1];
    double mark = Math.min(share * last, Math.nextDown(last));
    int low = from;
    int high = to - 1;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (cumulative[middle] > mark) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  /**
   * Sums up masses {@code masses[from..from + n)} into {@code sums[to..to + n)} for {@link
   * #first(long[], int, int, double)}, each sum as the bits of a double.
   *
   * @param masses not negative
   * @return the last sum
   */
  public static double sumUp(float[] masses, int from, int n, long[] sums, int to) {
    double sum = 0;
    for (int i = 0; i < n; i++) {
      sum += masses[from + i];
      sums[to + i] = Double.doubleToRawLongBits(sum);
    }
    return sum;
  }

  /**
   * The same as {@link #first(double[], int, int, double)} for sums that are given as the bits of
   * doubles. Those have the order of the numbers, and whole numbers are compared without a branch,
   * which would be guessed wrong every other time.
   */
  public static int first(long[] sums, int from, int to, double share) {
    long mark = above(share, sums[to - 1]);
    int first = from;
    for (int n = to - from; n > 1; ) {
      int half = n >>> 1;
      // All ones where the sum is below the mark, else zero.
      first += half & (int) (sums[first + half - 1] - mark >> 63);
      n -= half;
    }
    return first;
  }

  /** The bits of the least number above a share of the last sum, or of the last sum. */
  private static long above(double share, long last) {
    return Math.min(Double.doubleToRawLongBits(share * Double.longBitsToDouble(last)) + 1, last);
  }
}
