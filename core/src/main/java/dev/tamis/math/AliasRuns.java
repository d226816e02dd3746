package dev.tamis.math;

/**
 * Alias tables of runs of entries that lie side by side, all in two arrays (Walker's alias method,
 * built as by Vose 1991): draws from one of many fixed distributions in constant time. 12 bytes an
 * entry. An entry of weight 0 is never drawn.
 */
public final class AliasRuns {
  private final long[] threshold; // [entries] of 2^32: a coin below keeps the entry
  private final int[] alias; // [entries]

  /** Room for so many entries, none of which is in a run yet. */
  public AliasRuns(int entries) {
    threshold = new long[entries];
    alias = new int[entries];
  }

  /**
   * Makes a run of the entries {@code from..to}, in place of those that were there. O(to - from) in
   * time, and 12 bytes an entry of it meanwhile.
   *
   * @param weights [entries] those of the run finite with a finite sum, not negative, not all zero;
   *     they need not sum to one
   * @throws IllegalArgumentException if they are not so
   */
  public void build(double[] weights, int from, int to) {
    double total = total(weights, from, to);
    int n = to - from;
    double[] mass = new double[n];
    int[] open = new int[n]; // the small from the left, the large from the right
    int smalls = 0;
    int large = n; // open[large..n) are the large
    int heaviest = 0;
    for (int i = 0; i < n; i++) {
      mass[i] = weights[from + i] / total * n;
      heaviest = weights[from + i] > weights[from + heaviest] ? i : heaviest;
      if (mass[i] < 1) {
        open[smalls++] = i;
      } else {
        open[--large] = i;
      }
    }
    while (smalls > 0 && large < n) {
      int low = open[--smalls];
      int high = open[large];
      threshold[from + low] = Math.round(mass[low] * 0x1p32);
      alias[from + low] = from + high;
      mass[high] -= 1 - mass[low];
      if (mass[high] < 1) {
        large++;
        open[smalls++] = high;
      }
    }
    while (large < n) {
      keepWhole(from + open[large++]);
    }
    while (smalls > 0) {
      // Left over by rounding: almost whole, unless its weight is 0, which must never be drawn.
      int i = from + open[--smalls];
      if (weights[i] > 0) {
        keepWhole(i);
      } else {
        threshold[i] = 0;
        alias[i] = from + heaviest;
      }
    }
  }

  private static double total(double[] weights, int from, int to) {
    double total = 0;
    for (int i = from; i < to; i++) {
      if (!(weights[i] >= 0) || weights[i] == Double.POSITIVE_INFINITY) {
        throw new IllegalArgumentException(
            "a weight must be finite and not negative, but is " + weights[i]);
      }
      total += weights[i];
    }
    if (!(total > 0)) {
      throw new IllegalArgumentException("at least one weight must be above 0");
    }
    if (total == Double.POSITIVE_INFINITY) {
      throw new IllegalArgumentException("the sum of the weights must be finite, but is not");
    }
    return total;
  }

  private void keepWhole(int i) {
    threshold[i] = 1L << 32;
    alias[i] = i;
  }

  /** How many entries there are, of all runs. */
  public int entries() {
    return alias.length;
  }

  /**
   * The entry that is drawn from a run.
   *
   * @param entry one of the run, each with the same probability
   * @param bits random; the upper 32 are looked at
   */
  public int take(int entry, long bits) {
    return bits >>> 32 < threshold[entry] ? entry : alias[entry];
  }

  /**
   * The probability with which an entry is drawn from the run {@code from..to}, as the table has it
   * (thresholds are multiples of 2^-32). O(to - from).
   */
  public double probability(int entry, int from, int to) {
    double columns = 0;
    for (int i = from; i < to; i++) {
      columns += i == entry ? threshold[i] * 0x1p-32 : 0;
      columns += alias[i] == entry ? 1 - threshold[i] * 0x1p-32 : 0;
    }
    return columns / (to - from);
  }
}
