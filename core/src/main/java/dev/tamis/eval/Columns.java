package dev.tamis.eval;

import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Values of some metrics, added user by user in their order: sums, spread, and the values
 * themselves where they are kept. One order of addition, so the means have the same bits however
 * the values were worked out.
 */
final class Columns {
  private final List<String> names;
  private final double[] sums; // [names]
  private final double[] means; // [names] running means (Welford)
  private final double[] squares; // [names] running sums of squared deviations
  private final double[][] kept; // [names][users], or null
  private int count;

  Columns(List<String> names, int users, boolean keep) {
    this.names = List.copyOf(names);
    this.sums = new double[names.size()];
    this.means = new double[names.size()];
    this.squares = new double[names.size()];
    this.kept = keep ? new double[names.size()][users] : null;
  }

  /** Adds the values of the next user, {@code values[from..from + names)}. */
  void add(double[] values, int from) {
    count++;
    for (int c = 0; c < sums.length; c++) {
      double value = values[from + c];
      sums[c] += value;
      double deviation = value - means[c];
      means[c] += deviation / count;
      squares[c] += deviation * (value - means[c]);
      if (kept != null) {
        kept[c][count - 1] = value;
      }
    }
  }

  /** The mean of each metric. */
  SortedMap<String, Double> means() {
    SortedMap<String, Double> result = new TreeMap<>();
    for (int c = 0; c < sums.length; c++) {
      result.put(names.get(c), sums[c] / count);
    }
    return result;
  }

  /**
   * The standard error of each mean: the deviation over n - 1, by the root of n; 0 for one user.
   */
  SortedMap<String, Double> standardErrors() {
    SortedMap<String, Double> result = new TreeMap<>();
    for (int c = 0; c < sums.length; c++) {
      double variance = count < 2 ? 0 : squares[c] / (count - 1);
      result.put(names.get(c), Math.sqrt(variance / Math.max(1, count)));
    }
    return result;
  }

  /** The values that were kept. */
  PerUserValues perUser(int[] users) {
    return new PerUserValues(Arrays.copyOf(users, count), names, kept);
  }
}
