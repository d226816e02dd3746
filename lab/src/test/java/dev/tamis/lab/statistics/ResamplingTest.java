package dev.tamis.lab.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tamis.kernels.Workers;
import dev.tamis.math.Rng;
import dev.tamis.math.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Intervals and tests against what they promise, over 2,000 simulated comparisons each, whose
 * numbers are fixed. By chance alone a share of 5% over 2,000 has a standard deviation of 0.5%.
 */
class ResamplingTest {
  private static final int TRIALS = 2000;
  private static Workers workers;

  @BeforeAll
  static void open() {
    workers = new Workers(1);
  }

  @AfterAll
  static void close() {
    workers.close();
  }

  private static double p(double[] a, double[] b, int rounds, long seed) {
    return new SignFlips(new double[][] {a, b}, rounds, seed, workers)
        .pValue(0, 1, Values.difference(a, b));
  }

  /** All 1,024 ways to flip ten signs, counted. */
  @Test
  void signFlipsFindTheExactProbability() {
    double[][] values = SimulatedUsers.recall(3, 10, 1, 2.5);
    double[] differences = Values.difference(values[1], values[0]);
    double found = Math.abs(sum(differences, 0));
    int asFar = 0;
    for (int flips = 0; flips < 1024; flips++) {
      asFar += Math.abs(sum(differences, flips)) >= found - 1e-12 ? 1 : 0;
    }

    assertThat(asFar / 1024.0).isBetween(0.02, 0.9);
    assertThat(p(values[0], values[1], 40_000, 1)).isCloseTo(asFar / 1024.0, within(0.008));
  }

  private static double sum(double[] differences, int flips) {
    double sum = 0;
    for (int u = 0; u < differences.length; u++) {
      sum += (flips >> u & 1) == 0 ? differences[u] : -differences[u];
    }
    return sum;
  }

  @Test
  void methodsThatAreAlikeAreFoundDifferentInFiveOfAHundred() {
    int found = 0;
    for (int trial = 0; trial < TRIALS; trial++) {
      double[][] values = SimulatedUsers.recall(trial, 120, 1, 1);
      found += p(values[0], values[1], 400, trial) <= 0.05 ? 1 : 0;
    }
    assertThat(found / (double) TRIALS).isBetween(0.035, 0.06);
  }

  /**
   * Equal means are the null hypothesis, too, where one method finds little for many users and the
   * other much for few. Flipping signs is not exact then, so 10,000 comparisons, with which the
   * share has a standard deviation of 0.2%: over 20,000 it is 5.1% of 300 users, and 6.0% of 100.
   */
  @Test
  void methodsOfEqualMeansAndOtherShapesAreFoundDifferentInFiveOfAHundred() {
    int trials = 10_000;
    int found = 0;
    for (int trial = 0; trial < trials; trial++) {
      double[] often = SimulatedUsers.recall(trial, 300, 1)[0];
      double[] rare = SimulatedUsers.rareButLarge(trial, 300, 0.25);
      found += p(often, rare, 200, trial) <= 0.05 ? 1 : 0;
    }
    assertThat(found / (double) trials).isBetween(0.04, 0.06);
  }

  /** Four methods alike make six pairs: any of them found is one too many. */
  @Test
  void anyOfAllPairsIsFoundInFiveOfAHundred() {
    int any = 0;
    int uncorrected = 0;
    for (int trial = 0; trial < TRIALS; trial++) {
      double[][] values = SimulatedUsers.recall(trial, 100, 1, 1, 1, 1);
      SignFlips flips = new SignFlips(values, 600, trial, workers);
      double[] p = new double[6];
      int pair = 0;
      for (int a = 0; a < 4; a++) {
        for (int b = a + 1; b < 4; b++) {
          p[pair++] = flips.pValue(a, b, Values.difference(values[a], values[b]));
        }
      }
      any += least(Holm.corrected(p)) <= 0.05 ? 1 : 0;
      uncorrected += least(p) <= 0.05 ? 1 : 0;
    }
    assertThat(any / (double) TRIALS).isBetween(0.015, 0.06);
    assertThat(uncorrected / (double) TRIALS).isGreaterThan(0.12); // what the correction is for
  }

  private static double least(double[] values) {
    double least = 1;
    for (double value : values) {
      least = Math.min(least, value);
    }
    return least;
  }

  @Test
  void ninetyFiveOfAHundredIntervalsHaveTheTrueValue() {
    int means = 0;
    int differences = 0;
    for (int trial = 0; trial < TRIALS; trial++) {
      double[][] values = SimulatedUsers.recall(trial, 200, 1, 1.3);
      Bootstrap bootstrap = new Bootstrap(values, 600, trial, workers);
      means += has(bootstrap.ofMean(0, values[0], 0.95), 0.25);
      // Above 1 a chance is 1: the mean of min(1, 1.3 x^3) for x from 0 to 1.
      double cut = StrictMath.cbrt(1 / 1.3);
      double mean = 1.3 * StrictMath.pow(cut, 4) / 4 + 1 - cut;
      double[] d = Values.difference(values[1], values[0]);
      differences += has(bootstrap.ofDifference(1, 0, d, 0.95), mean - 0.25);
    }
    assertThat(means / (double) TRIALS).isBetween(0.93, 0.97);
    assertThat(differences / (double) TRIALS).isBetween(0.93, 0.97);
  }

  private static int has(Interval interval, double value) {
    return interval.low() <= value && value <= interval.high() ? 1 : 0;
  }

  /** Resamples are shared by columns, so paired differences need no draws of their own. */
  @Test
  void intervalOfADifferenceIsThatOfTheDifferencesOnAnyNumberOfThreads() {
    double[][] values = SimulatedUsers.recall(1, 150, 1, 2);
    double[] d = Values.difference(values[1], values[0]);
    Interval alone = new Bootstrap(new double[][] {d}, 1000, 9, workers).ofMean(0, d, 0.9);
    try (Workers three = new Workers(3)) {
      Interval both = new Bootstrap(values, 1000, 9, three).ofDifference(1, 0, d, 0.9);
      assertThat(both.low()).isCloseTo(alone.low(), within(1e-12));
      assertThat(both.high()).isCloseTo(alone.high(), within(1e-12));
      assertThat(new Bootstrap(values, 1000, 9, workers).ofDifference(1, 0, d, 0.9))
          .isEqualTo(both);
    }
    assertThat(alone.low()).isLessThan(Values.mean(d));
    assertThat(alone.high()).isGreaterThan(Values.mean(d));
  }

  @Test
  void methodsThatGiveTheSameHaveNoDifferenceAndNoDoubt() {
    double[] same = SimulatedUsers.recall(1, 50, 1)[0];
    double[] none = new double[50];
    double[][] both = {same, same.clone()};
    assertThat(new Bootstrap(both, 200, 1, workers).ofDifference(0, 1, none, 0.95))
        .isEqualTo(new Interval(0, 0));
    assertThat(p(same, same, 100, 1)).isEqualTo(1);
    assertThat(UsersAndSeeds.of(both, both).pValue()).isEqualTo(1);
  }

  /** Of methods whose seeds differ, most of the difference of two runs is that of their seeds. */
  @Test
  void seedsCountWhereTheyAreASample() {
    int ofUsers = 0;
    int ofBoth = 0;
    int covered = 0;
    for (int trial = 0; trial < TRIALS; trial++) {
      double[][] a = withSeeds(trial, 0, 3);
      double[][] b = withSeeds(trial, 1, 3);
      ofUsers += p(Values.meanOf(a), Values.meanOf(b), 200, trial) <= 0.05 ? 1 : 0;
      UsersAndSeeds both = UsersAndSeeds.of(a, b);
      ofBoth += both.pValue() <= 0.05 ? 1 : 0;
      covered += has(both.interval(0.95), 0);
    }
    assertThat(ofUsers / (double) TRIALS).isGreaterThan(0.15); // of these models, not of others
    assertThat(ofBoth / (double) TRIALS).isBetween(0.02, 0.06);
    assertThat(covered / (double) TRIALS).isBetween(0.94, 0.985);
  }

  /** One method trained with three seeds: each moves all users a little. */
  private static double[][] withSeeds(long trial, int method, int seeds) {
    Rng rng = Rng.keyed(trial, Stream.DEMO, 2, method);
    double[] chance = new double[seeds];
    for (int s = 0; s < seeds; s++) {
      chance[s] = 1 + 0.08 * rng.nextGaussian();
    }
    // The same users for both methods: as many columns are drawn for either.
    double[] all = new double[2 * seeds];
    java.util.Arrays.fill(all, 1);
    System.arraycopy(chance, 0, all, method * seeds, seeds);
    double[][] values = SimulatedUsers.recall(trial, 400, all);
    return java.util.Arrays.copyOfRange(values, method * seeds, (method + 1) * seeds);
  }

  @Test
  void oneSeedHasNoSpread() {
    double[][] one = SimulatedUsers.recall(1, 20, 1);
    double[][] two = SimulatedUsers.recall(1, 20, 1, 1);
    assertThatThrownBy(() -> UsersAndSeeds.of(one, two)).hasMessageContaining("one seed");
  }

  /**
   * The larger the difference, the oftener it is found: about four times in five where promised.
   */
  @Test
  void powerGrowsAndIsWhatWasPromised() {
    int users = 150;
    double before = 0.05;
    for (double chance : new double[] {1.1, 1.2, 1.4}) {
      int found = 0;
      for (int trial = 0; trial < 400; trial++) {
        double[][] values = SimulatedUsers.recall(trial, users, 1, chance);
        found += p(values[0], values[1], 300, trial) <= 0.05 ? 1 : 0;
      }
      assertThat(found / 400.0).as("chance %s", chance).isGreaterThan(before);
      before = found / 400.0;
    }

    int found = 0;
    for (int trial = 0; trial < TRIALS; trial++) {
      double[][] values = SimulatedUsers.recall(trial, users, 1, 1);
      double[] d = Values.difference(values[0], values[1]);
      double error = StrictMath.sqrt(Values.variance(d) / users);
      double effect = Detectable.difference(error, users - 1, 0.05, 0.8);
      for (int u = 0; u < users; u++) {
        values[0][u] += effect;
      }
      found += p(values[0], values[1], 300, trial) <= 0.05 ? 1 : 0;
    }
    assertThat(found / (double) TRIALS).isBetween(0.77, 0.83);
  }
}
