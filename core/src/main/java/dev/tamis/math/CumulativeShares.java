package dev.tamis.math;

/**
 * Draws from a distribution that is made, drawn from some times and thrown away: O(n) to make,
 * O(log n) a draw, no branch to guess. Where there are many draws from one, {@link AliasTable} is
 * better.
 *
 * <p>Shares are multiples of 2^-53. What has a share of 0 is never drawn.
 */
public final class CumulativeShares {
  private static final double ONE = 0x1p53;

  private final double[] sums; // [capacity] of the weights up to and with each
  private final long[] shares; // [capacity] the same, of ONE
  private int count;

  /** Room for so many weights. */
  public CumulativeShares(int capacity) {
    sums = new double[capacity];
    shares = new long[capacity];
  }

  /**
   * Takes up {@code weights[from..from + n)}: finite, not negative, not all zero, not normalised.
   */
  public void sumUp(float[] weights, int from, int n) {
    double sum = 0;
    for (int i = 0; i < n; i++) {
      sum += weights[from + i];
      sums[i] = sum;
    }
    double scale = ONE / sum;
    for (int i = 0; i < n; i++) {
      shares[i] = (long) Math.min(ONE, sums[i] * scale);
    }
    count = n;
    // Rounding must not leave a gap at the end, nor fill it with what has no weight.
    for (int i = n - 1; i >= 0 && sums[i] == sum; i--) {
      shares[i] = (long) ONE;
    }
  }

  /** A number from 0 up to those taken up: the first whose cumulative share is above a draw. */
  public int draw(Rng rng) {
    long mark = rng.nextLong() >>> 11;
    int first = 0;
    for (int n = count; n > 1; ) {
      int half = n >>> 1;
      // All ones where the share is at most the mark, else zero.
      first += half & (int) (shares[first + half - 1] - mark - 1 >> 63);
      n -= half;
    }
    return first;
  }
}
