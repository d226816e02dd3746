package dev.tamis.math;

import static org.assertj.core.api.Assertions.assertThat;

/** Pearson's test that draws follow a distribution. */
public final class ChiSquare {
  private static final double Z = 4.753424; // the normal quantile of 1 - 1e-6

  private ChiSquare() {}

  /**
   * Fails if counts of independent draws would be this far from their probabilities less than once
   * in a million times. Cells with fewer than 5 expected draws are merged; a cell of probability 0
   * must be empty, and if only one is left, that is all there is to see.
   */
  public static void assertFollows(long[] counts, double[] probabilities) {
    long draws = 0;
    double mass = 0;
    int possible = 0;
    for (int i = 0; i < counts.length; i++) {
      draws += counts[i];
      mass += probabilities[i];
      possible += probabilities[i] > 0 ? 1 : 0;
      if (probabilities[i] == 0) {
        assertThat(counts[i]).as("draws of cell %d, whose probability is 0", i).isZero();
      }
    }
    assertThat(mass).as("sum of probabilities").isBetween(1 - 1e-9, 1 + 1e-9);
    if (possible == 1) {
      return;
    }
    double statistic = 0;
    int cells = 0;
    double rareExpected = 0;
    long rare = 0;
    for (int i = 0; i < counts.length; i++) {
      double expected = draws * probabilities[i];
      if (expected < 5) {
        rareExpected += expected;
        rare += counts[i];
      } else {
        statistic += (counts[i] - expected) * (counts[i] - expected) / expected;
        cells++;
      }
    }
    if (rareExpected >= 5) {
      statistic += (rare - rareExpected) * (rare - rareExpected) / rareExpected;
      cells++;
    }
    assertThat(cells).as("cells to compare").isGreaterThan(1);
    assertThat(statistic).as("chi-square of %d cells", cells).isLessThan(critical(cells - 1));
  }

  /** The value passed once in a million times (Wilson and Hilferty 1931). */
  private static double critical(int degrees) {
    double spread = 2.0 / (9 * degrees);
    return degrees * Math.pow(1 - spread + Z * Math.sqrt(spread), 3);
  }
}
