package dev.tamis.lab.statistics;

/**
 * The difference of two methods when both users and seeds are a sample: would the one be better
 * than the other for other users like these, trained once more with other seeds?
 *
 * <p>A method's mean is its own value, plus what the seeds add, plus what the users add; users are
 * the same for both methods, seeds are not. So the variance of the difference of means is {@code
 * variance of the users' differences / users + variance of a's means / a's seeds + variance of b's
 * means / b's seeds}, where a mean is one seed's over all users. What a seed does to single users
 * is in the first term as well as in the others, by which the sum is a little too large, never too
 * small. Each term has degrees of freedom of its own (users less 1, seeds less 1), which are joined
 * as Welch and Satterthwaite do; the test is that of Student's t. With two or three seeds a
 * difference must be large against the spread of seeds, as it should be.
 *
 * @param difference the mean of a less that of b
 * @param standardError of it
 * @param freedom degrees of freedom
 * @param pValue of no difference, two-sided
 */
public record UsersAndSeeds(
    double difference, double standardError, double freedom, double pValue) {

  /**
   * Compares two methods. Cost O(seeds x users).
   *
   * @param a [seeds x users] at least two seeds
   * @param b [seeds x users] at least two seeds, the same users
   */
  public static UsersAndSeeds of(double[][] a, double[][] b) {
    if (a.length < 2 || b.length < 2) {
      throw new IllegalArgumentException("one seed has no spread; two are needed of each method");
    }
    double[] differences = Values.difference(Values.meanOf(a), Values.meanOf(b));
    double[] terms = {
      Values.variance(differences) / differences.length, ofSeeds(a), ofSeeds(b),
    };
    double[] freedoms = {differences.length - 1, a.length - 1, b.length - 1};
    double variance = 0;
    double squares = 0;
    for (int i = 0; i < terms.length; i++) {
      variance += terms[i];
      squares += terms[i] * terms[i] / Math.max(1, freedoms[i]);
    }
    double difference = Values.mean(differences);
    if (variance == 0) {
      return new UsersAndSeeds(difference, 0, differences.length - 1, difference == 0 ? 1 : 0);
    }
    double error = StrictMath.sqrt(variance);
    double freedom = variance * variance / squares;
    return new UsersAndSeeds(
        difference, error, freedom, StudentT.twoSided(difference / error, freedom));
  }

  /** The interval of the difference. */
  public Interval interval(double level) {
    if (standardError == 0) {
      return new Interval(difference, difference);
    }
    double reach = standardError * StudentT.quantile((1 + level) / 2, freedom);
    return new Interval(difference - reach, difference + reach);
  }

  private static double ofSeeds(double[][] values) {
    double[] means = new double[values.length];
    for (int s = 0; s < means.length; s++) {
      means[s] = Values.mean(values[s]);
    }
    return Values.variance(means) / means.length;
  }
}
