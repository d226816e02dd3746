package dev.tamis.eval.samplers;

import java.util.Arrays;

/**
 * A quantity over users. Quantiles are values that some user has: the smallest that at least this
 * share of the users does not pass.
 *
 * @param mean over the users
 * @param standardError of the mean; 0 for one user
 * @param low the quantile of 0.1
 * @param median the quantile of 0.5
 * @param high the quantile of 0.9
 */
public record Spread(double mean, double standardError, double low, double median, double high) {
  /** Of at least one value. */
  static Spread of(double[] values) {
    int n = values.length;
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    double mean = sum / n;
    double squares = 0;
    for (double value : values) {
      squares += (value - mean) * (value - mean);
    }
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return new Spread(
        mean,
        n == 1 ? 0 : Math.sqrt(squares / (n - 1) / n),
        quantile(sorted, 0.1),
        quantile(sorted, 0.5),
        quantile(sorted, 0.9));
  }

  private static double quantile(double[] sorted, double share) {
    return sorted[Math.max(0, (int) Math.ceil(share * sorted.length) - 1)];
  }
}
