package dev.tamis.lab.statistics;

import dev.tamis.kernels.Workers;
import dev.tamis.math.Rng;
import dev.tamis.math.Stream;
import java.util.Arrays;

/**
 * The bootstrap over users: as many users as there are, drawn with replacement, again and again.
 * The draws of a resample are the same for all columns, so that differences of means are means of
 * paired differences. Cost O(resamples x users x columns).
 *
 * <p>Intervals are the bias-corrected and accelerated ones (Efron, Better bootstrap confidence
 * intervals, JASA 1987): percentiles that are moved for bias and skewness. The unit of inference is
 * the user: an interval says where the mean over all users like these would be, for models as they
 * were fitted.
 */
public final class Bootstrap {
  private final int resamples;
  private final double[][] means; // [columns x resamples]

  /**
   * Draws.
   *
   * @param columns [columns x users] values of the same users in the same order
   * @param resamples how often, at least 100
   */
  public Bootstrap(double[][] columns, int resamples, long seed, Workers workers) {
    int users = columns[0].length;
    int width = columns.length;
    this.resamples = resamples;
    this.means = new double[width][resamples];
    double[] rows = new double[Math.multiplyExact(users, width)]; // [users x columns]
    for (int c = 0; c < width; c++) {
      for (int u = 0; u < users; u++) {
        rows[u * width + c] = columns[c][u];
      }
    }
    double[][] sums = new double[workers.threads()][width];
    int[][] counts = new int[workers.threads()][users];
    workers.run(
        resamples,
        (resample, worker) -> {
          int[] count = counts[worker];
          Arrays.fill(count, 0);
          Rng rng = Rng.keyed(seed, Stream.BOOTSTRAP, resample, 0);
          for (int i = 0; i < users; i++) {
            count[rng.nextInt(users)]++;
          }
          double[] sum = sums[worker];
          Arrays.fill(sum, 0);
          for (int u = 0;
              u < users;
              u++) { // rows are read in their order, not in that of the draws
            if (count[u] > 0) {
              add(sum, count[u], rows, u * width);
            }
          }
          for (int c = 0; c < width; c++) {
            means[c][resample] = sum[c] / users;
          }
        });
  }

  private static void add(double[] sum, double times, double[] rows, int from) {
    for (int c = 0; c < sum.length; c++) {
      sum[c] += times * rows[from + c];
    }
  }

  /**
   * The interval of a column's mean.
   *
   * @param values [users] the column
   * @param level the confidence, such as 0.95
   */
  public Interval ofMean(int column, double[] values, double level) {
    return interval(means[column].clone(), values, level);
  }

  /**
   * The interval of the mean of the differences of two columns.
   *
   * @param differences [users] the values of {@code a} less those of {@code b}
   */
  public Interval ofDifference(int a, int b, double[] differences, double level) {
    double[] drawn = new double[resamples];
    for (int r = 0; r < resamples; r++) {
      drawn[r] = means[a][r] - means[b][r];
    }
    return interval(drawn, differences, level);
  }

  private static Interval interval(double[] drawn, double[] values, double level) {
    double mean = Values.mean(values);
    double squares = 0;
    double cubes = 0;
    for (double value : values) {
      double deviation = value - mean;
      squares += deviation * deviation;
      cubes += deviation * deviation * deviation;
    }
    if (squares == 0) {
      return new Interval(mean, mean);
    }
    double acceleration = cubes / (6 * squares * StrictMath.sqrt(squares));
    double rounding = 1e-9 * StrictMath.sqrt(squares / values.length);
    double below = 0;
    for (double one : drawn) {
      // Equal sums were rounded on different ways.
      below += StrictMath.abs(one - mean) <= rounding ? 0.5 : one < mean ? 1 : 0;
    }
    double share = Math.min(Math.max(below, 0.5), drawn.length - 0.5) / drawn.length;
    double bias = Normal.quantile(share);
    Arrays.sort(drawn);
    double outside = (1 - level) / 2;
    return new Interval(
        at(drawn, moved(outside, bias, acceleration)),
        at(drawn, moved(1 - outside, bias, acceleration)));
  }

  private static double moved(double probability, double bias, double acceleration) {
    double z = bias + Normal.quantile(probability);
    return Normal.cdf(bias + z / (1 - acceleration * z));
  }

  /** The value that a share of the ascending values stays below, between neighbours if need be. */
  private static double at(double[] ascending, double share) {
    double place = share * (ascending.length + 1) - 1;
    int below = (int) Math.max(0, Math.min(ascending.length - 1, Math.floor(place)));
    int above = Math.min(ascending.length - 1, below + 1);
    double part = Math.min(1, Math.max(0, place - below));
    return ascending[below] + part * (ascending[above] - ascending[below]);
  }
}
