package dev.tamis.math;

import java.util.Arrays;

/**
 * How often each of some places is drawn in many draws with replacement from a distribution that is
 * made, drawn from and thrown away: O(places + draws), the draws found by a guide table (Chen and
 * Asau 1974) over sums that are whole numbers.
 *
 * <p>Scratch of one thread; grows to the largest case seen.
 */
public final class MultinomialCounts {
  private static final int BITS = 53; // a weight of 1 is 2^53
  private static final int AT_ONCE = 128; // draws that do not wait for one another

  private long[] sums = {}; // [places] of the weights up to and with each
  private int[] guide = {}; // [buckets] the first place with a sum above the bucket's lower end
  private int[] counts = {}; // [places]
  private final long[] marks = new long[AT_ONCE]; // random bits

  /**
   * Replaces {@code weights[from..from + n)} by counts that sum up to {@code draws}. A place of
   * weight 0, or so little that {@code 2^53} times it is below 1, is never drawn. Where no place
   * has more, nothing is drawn, all stay as they are, and it returns false.
   *
   * @param weights not negative; their sum is at most 512. What matters are their ratios; near a
   *     sum of 1 least is lost by rounding
   * @param rng as many numbers are taken from it as there are draws
   */
  public boolean draw(float[] weights, int from, int n, int draws, Rng rng) {
    int bits = Math.max(4, Math.min(12, 32 - Integer.numberOfLeadingZeros(draws - 1)));
    int shift = BITS - bits;
    if (sums.length < n) {
      sums = new long[n];
      counts = new int[n];
    }
    long total = 0;
    for (int i = 0; i < n; i++) {
      total += (long) (weights[from + i] * 0x1p53f);
      sums[i] = total;
    }
    if (total == 0) {
      return false;
    }
    fillGuide(n, shift, (int) (total - 1 >>> shift) + 1);
    Arrays.fill(counts, 0, n, 0);
    for (int d = 0; d < draws; d += AT_ONCE) {
      count(Math.min(AT_ONCE, draws - d), total, shift, rng);
    }
    for (int i = 0; i < n; i++) {
      weights[from + i] = counts[i];
    }
    return true;
  }

  private void count(int draws, long total, int shift, Rng rng) {
    rng.nextLongs(marks, draws);
    for (int d = 0; d < draws; d++) {
      long mark = Math.multiplyHigh(marks[d] >>> 1, total << 1);
      int place = guide[(int) (mark >>> shift)];
      place +=
          sums[place] <= mark ? 1 : 0; // one step without a branch, for it comes as often as not
      while (sums[place] <= mark) {
        place++;
      }
      counts[place]++;
    }
  }

  private void fillGuide(int n, int shift, int buckets) {
    if (guide.length < buckets + 1) {
      guide = new int[buckets + 1];
    }
    Arrays.fill(guide, 0, buckets, 0);
    long roundUp = (1L << shift) - 1;
    for (int i = 0; i < n; i++) {
      guide[(int) (sums[i] + roundUp >>> shift)] = i + 1; // the first bucket that is past place i
    }
    int last = 0;
    for (int b = 0; b < buckets; b++) {
      last = Math.max(last, guide[b]);
      guide[b] = last;
    }
  }
}
