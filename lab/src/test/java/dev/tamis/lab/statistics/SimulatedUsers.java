package dev.tamis.lab.statistics;

import dev.tamis.math.Rng;
import dev.tamis.math.Stream;

/**
 * Recall as it comes from real users: each has one to five items to find and is easier or harder
 * for every method alike, most are hard, so that values are correlated, skewed, tied and mostly 0.
 */
final class SimulatedUsers {
  private SimulatedUsers() {}

  /**
   * [methods x users] values.
   *
   * @param chance [methods] a method finds an item of a user with {@code chance} times the user's
   *     easiness, which has mean 1/4
   */
  static double[][] recall(long trial, int users, double... chance) {
    Rng rng = Rng.keyed(trial, Stream.DEMO, 0, 0);
    double[][] values = new double[chance.length][users];
    for (int u = 0; u < users; u++) {
      double one = rng.nextDouble();
      double easiness = one * one * one; // mean 1/4, most of them small
      int relevant = 1 + rng.nextInt(5);
      for (int m = 0; m < chance.length; m++) {
        int found = 0;
        for (int i = 0; i < relevant; i++) {
          found += rng.nextDouble() < chance[m] * easiness ? 1 : 0;
        }
        values[m][u] = found / (double) relevant;
      }
    }
    return values;
  }

  /**
   * Values with a given mean of another shape: one user in ten has ten times the value that all
   * others would have had.
   */
  static double[] rareButLarge(long trial, int users, double mean) {
    Rng rng = Rng.keyed(trial, Stream.DEMO, 1, 0);
    double[] values = new double[users];
    for (int u = 0; u < users; u++) {
      values[u] = rng.nextInt(10) == 0 ? 10 * mean : 0;
    }
    return values;
  }
}
