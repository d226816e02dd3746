package dev.tamis.eval.samplers;

import java.util.Arrays;

/**
 * Cumulative probability over items sorted by popularity, the most popular first, as in figure 2 of
 * FastVAE and of AdaSIR: at point {@code k} of {@code points} stands the mass of the first {@code k
 * / points} of the items. Items of one count are in the order of their numbers.
 */
final class CumulativeCurve {
  private final int[] order; // [items] by popularity
  private final int[] ends; // [points + 1] how many items each point has

  /**
   * @param counts [items] how often each was seen
   * @param points into how many equal parts the items are cut, at most; fewer items make fewer
   */
  CumulativeCurve(int[] counts, int points) {
    int items = counts.length;
    long[] keys = new long[items];
    Arrays.setAll(keys, i -> (long) -counts[i] << 32 | i);
    Arrays.sort(keys);
    this.order = new int[items];
    Arrays.setAll(order, k -> (int) keys[k]);
    int parts = Math.min(points, items);
    this.ends = new int[parts + 1];
    for (int k = 0; k <= parts; k++) {
      ends[k] = (int) ((long) items * k / parts);
    }
  }

  /** [points + 1] how many items there are up to each point. */
  int[] items() {
    return ends.clone();
  }

  /** [points + 1] the curve of a law. */
  double[] of(double[] mass) {
    double[] curve = new double[ends.length];
    double sum = 0;
    for (int k = 1; k < ends.length; k++) {
      for (int i = ends[k - 1]; i < ends[k]; i++) {
        sum += mass[order[i]];
      }
      curve[k] = sum;
    }
    return curve;
  }

  /** [points + 1] the curve of counted draws. */
  double[] of(int[] counts, long draws) {
    double[] curve = new double[ends.length];
    long sum = 0;
    for (int k = 1; k < ends.length; k++) {
      for (int i = ends[k - 1]; i < ends[k]; i++) {
        sum += counts[order[i]];
      }
      curve[k] = (double) sum / draws;
    }
    return curve;
  }

  /** The mean of some curves, summed in their order. */
  static double[] mean(double[][] curves) {
    double[] mean = new double[curves[0].length];
    for (double[] curve : curves) {
      for (int k = 0; k < mean.length; k++) {
        mean[k] += curve[k];
      }
    }
    Arrays.setAll(mean, k -> mean[k] / curves.length);
    return mean;
  }
}
