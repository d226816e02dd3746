package dev.tamis.lab.statistics;

import java.util.function.DoubleUnaryOperator;

/** Where a distribution function that is symmetric about 0 reaches a probability. */
final class Inverse {
  private static final int HALVINGS = 200;

  private Inverse() {}

  static double of(DoubleUnaryOperator cdf, double probability) {
    if (!(probability > 0 && probability < 1)) {
      throw new IllegalArgumentException("no quantile of probability " + probability);
    }
    if (probability > 0.5) {
      return -of(cdf, 1 - probability);
    }
    double low = -1;
    while (cdf.applyAsDouble(low) > probability) {
      low *= 2;
    }
    double high = 0;
    for (int i = 0; i < HALVINGS && low < high; i++) {
      double middle = (low + high) / 2;
      if (middle == low || middle == high) {
        break;
      }
      if (cdf.applyAsDouble(middle) < probability) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return high;
  }
}
