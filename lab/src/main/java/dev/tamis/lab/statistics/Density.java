package dev.tamis.lab.statistics;

import java.util.Arrays;

/**
 * Densities of quantities that are never below 0, by Gaussian kernels on a grid that several share.
 * A kernel's part below 0 is turned up again, so that a density has a mass of 1 where it can be.
 */
public final class Density {
  /** As much of the grid as the narrowest kernel, for values that are all but equal. */
  private static final double NARROWEST = 0.01;

  private static final double MARGIN = 1.1;

  private final double[] grid;

  /**
   * A grid from 0 to a little beyond the largest value.
   *
   * @param points how many, at least 2
   */
  public Density(double largest, int points) {
    this.grid = new double[points];
    double end = largest > 0 ? largest * MARGIN : 1;
    Arrays.setAll(grid, i -> end * i / (points - 1));
  }

  /** [points] where densities are given. */
  public double[] grid() {
    return grid.clone();
  }

  /**
   * [points] the density of some values, with the width that Silverman's rule of thumb gives:
   * {@code 0.9 min(deviation, interquartile range / 1.34) n^(-1/5)} (Density Estimation, 1986,
   * equation 3.31). Cost O(values x points).
   */
  public double[] of(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int n = sorted.length;
    double quartiles = sorted[(3 * n - 1) / 4] - sorted[(n - 1) / 4];
    double spread = Values.deviation(sorted);
    double scale = quartiles > 0 ? Math.min(spread, quartiles / 1.34) : spread;
    double width =
        Math.max(0.9 * scale * StrictMath.pow(n, -0.2), NARROWEST * grid[grid.length - 1]);
    double[] density = new double[grid.length];
    for (int g = 0; g < grid.length; g++) {
      double sum = 0;
      for (double value : sorted) {
        sum += kernel((grid[g] - value) / width) + kernel((grid[g] + value) / width);
      }
      density[g] = sum / (n * width);
    }
    return density;
  }

  private static double kernel(double z) {
    return StrictMath.exp(-z * z / 2) / StrictMath.sqrt(2 * StrictMath.PI);
  }
}
