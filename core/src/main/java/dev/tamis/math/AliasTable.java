package dev.tamis.math;

/**
 * Draws from a fixed distribution over 0..n in constant time (Walker's alias method, built as by
 * Vose 1991). 12 bytes an entry. An entry of weight 0 is never drawn.
 */
public final class AliasTable {
  private final long[] threshold; // [n] of 2^32: a coin below keeps the column
  private final int[] alias; // [n]

  /**
   * @param weights finite with a finite sum, not negative, not all zero; need not sum to one
   */
  public AliasTable(double[] weights) {
    int n = weights.length;
    double total = 0;
    for (double weight : weights) {
      if (!(weight >= 0) || weight == Double.POSITIVE_INFINITY) {
        throw new IllegalArgumentException(
            "a weight must be finite and not negative, but is " + weight);
      }
      total += weight;
    }
    if (!(total > 0)) {
      throw new IllegalArgumentException("at least one weight must be above 0");
    }
    if (total == Double.POSITIVE_INFINITY) {
      throw new IllegalArgumentException("the sum of the weights must be finite, but is not");
    }
    threshold = new long[n];
    alias = new int[n];
    double[] mass = new double[n];
    int[] small = new int[n];
    int[] large = new int[n];
    int smalls = 0;
    int larges = 0;
    int heaviest = 0;
    for (int i = 0; i < n; i++) {
      mass[i] = weights[i] / total * n;
      heaviest = weights[i] > weights[heaviest] ? i : heaviest;
      if (mass[i] < 1) {
        small[smalls++] = i;
      } else {
        large[larges++] = i;
      }
    }
    while (smalls > 0 && larges > 0) {
      int low = small[--smalls];
      int high = large[larges - 1];
      threshold[low] = Math.round(mass[low] * 0x1p32);
      alias[low] = high;
      mass[high] -= 1 - mass[low];
      if (mass[high] < 1) {
        larges--;
        small[smalls++] = high;
      }
    }
    while (larges > 0) {
      keepWhole(large[--larges]);
    }
    while (smalls > 0) {
      // Left over by rounding: almost whole, unless its weight is 0, which must never be drawn.
      int i = small[--smalls];
      if (weights[i] > 0) {
        keepWhole(i);
      } else {
        threshold[i] = 0;
        alias[i] = heaviest;
      }
    }
  }

  private void keepWhole(int i) {
    threshold[i] = 1L << 32;
    alias[i] = i;
  }

  /** How many entries there are. */
  public int size() {
    return alias.length;
  }

  /**
   * A random entry. Takes two numbers from the generator, or more where a bound does not divide
   * 2^32.
   */
  public int draw(Rng rng) {
    int column = rng.nextInt(alias.length);
    return (rng.nextLong() >>> 32) < threshold[column] ? column : alias[column];
  }

  /**
   * The probability with which an entry is drawn, as the table has it (thresholds are multiples of
   * 2^-32). O(n).
   */
  public double probability(int entry) {
    double columns = 0;
    for (int i = 0; i < alias.length; i++) {
      columns += i == entry ? threshold[i] * 0x1p-32 : 0;
      columns += alias[i] == entry ? 1 - threshold[i] * 0x1p-32 : 0;
    }
    return columns / alias.length;
  }
}
