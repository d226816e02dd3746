package dev.tamis.eval.samplers;

/**
 * How good gradients are that are estimated with so many drawn items, relative to the exact ones:
 * each number is the root of a sum of squares over users and positives, divided by that of the
 * exact gradients.
 *
 * @param size drawn items of an estimate
 * @param errorOfMean what the mean of the estimates is off
 * @param chance what it would be off, on average, if there were no bias
 * @param spread the standard deviation of one estimate
 */
public record GradientError(int size, double errorOfMean, double chance, double spread) {
  /** What is left of the error of the mean once chance is taken off, squares from squares. */
  public double bias() {
    return Math.sqrt(Math.max(0, errorOfMean * errorOfMean - chance * chance));
  }

  /**
   * Sums over users in their order.
   *
   * @param exact the squared length of each exact gradient
   * @param errors the squared error of each mean
   * @param variances of one estimate of each
   * @param estimates how many were made of each
   */
  static GradientError of(
      int size, double[] exact, double[] errors, double[] variances, int estimates) {
    double length = sum(exact);
    double variance = sum(variances) / length;
    return new GradientError(
        size,
        Math.sqrt(sum(errors) / length),
        Math.sqrt(variance / estimates),
        Math.sqrt(variance));
  }

  private static double sum(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum;
  }
}
