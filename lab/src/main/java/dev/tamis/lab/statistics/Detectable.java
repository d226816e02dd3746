package dev.tamis.lab.statistics;

/** How large a difference must be to be found. */
public final class Detectable {
  private Detectable() {}

  /**
   * The smallest true difference that a two-sided t test finds with some probability, by the usual
   * approximation: the standard error times the sum of the two quantiles.
   *
   * @param standardError of the difference
   * @param freedom degrees of freedom
   * @param level of the test, such as 0.05; of several tests under Holm's correction, 0.05 over
   *     their number, at which the first of them is held
   * @param power the probability, such as 0.8
   */
  public static double difference(
      double standardError, double freedom, double level, double power) {
    return standardError
        * (StudentT.quantile(1 - level / 2, freedom) + StudentT.quantile(power, freedom));
  }
}
