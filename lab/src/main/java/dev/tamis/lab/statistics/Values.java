package dev.tamis.lab.statistics;

/** Sums over users, in their order. */
public final class Values {
  private Values() {}

  public static double mean(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum / values.length;
  }

  /** The sum of squared deviations over {@code n - 1}; 0 for one value. */
  public static double variance(double[] values) {
    double mean = mean(values);
    double squares = 0;
    for (double value : values) {
      squares += (value - mean) * (value - mean);
    }
    return values.length < 2 ? 0 : squares / (values.length - 1);
  }

  public static double deviation(double[] values) {
    return StrictMath.sqrt(variance(values));
  }

  /** [users] the mean over seeds of each user's values. */
  public static double[] meanOf(double[][] seeds) {
    double[] mean = new double[seeds[0].length];
    for (int u = 0; u < mean.length; u++) {
      for (double[] seed : seeds) {
        mean[u] += seed[u];
      }
      mean[u] /= seeds.length;
    }
    return mean;
  }

  /** [users] what is left when one is taken from the other. */
  public static double[] difference(double[] a, double[] b) {
    double[] difference = new double[a.length];
    for (int u = 0; u < a.length; u++) {
      difference[u] = a[u] - b[u];
    }
    return difference;
  }
}
