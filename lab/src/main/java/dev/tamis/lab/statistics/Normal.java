package dev.tamis.lab.statistics;

/** The standard normal distribution. */
final class Normal {
  private static final double ROOT_OF_TWO_PI = StrictMath.sqrt(2 * StrictMath.PI);
  private static final double FAR = 38; // beyond, a tail is less than the smallest double

  private Normal() {}

  /** The probability of at most {@code x}. */
  static double cdf(double x) {
    return x < 0 ? tail(-x) : 1 - tail(x);
  }

  /**
   * The {@code x} that a probability stays below, by halving.
   *
   * @param probability above 0 and below 1
   */
  static double quantile(double probability) {
    return Inverse.of(Normal::cdf, probability);
  }

  /** The probability of more than {@code x}, which is at least 0. */
  private static double tail(double x) {
    double density = StrictMath.exp(-x * x / 2) / ROOT_OF_TWO_PI;
    if (x > FAR) {
      return 0;
    }
    return x < 3 ? 0.5 - density * series(x) : density * fraction(x);
  }

  /** {@code x + x^3/3 + x^5/(3 5) + ...} (Marsaglia, Evaluating the normal distribution, 2004). */
  private static double series(double x) {
    double term = x;
    double sum = x;
    for (int odd = 3; term > sum * 1e-17; odd += 2) {
      term *= x * x / odd;
      sum += term;
    }
    return sum;
  }

  /** {@code 1/(x + 1/(x + 2/(x + 3/(x + ...))))}, from the inside. */
  private static double fraction(double x) {
    double value = x;
    for (int n = 200; n >= 1; n--) {
      value = x + n / value;
    }
    return 1 / value;
  }
}
