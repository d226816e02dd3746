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
}
