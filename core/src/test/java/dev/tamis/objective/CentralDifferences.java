package dev.tamis.objective;

import java.util.function.ToDoubleFunction;

/** The slope of a loss in double precision, as an oracle for gradients. */
public final class CentralDifferences {
  private static final double H = 1e-5;

  private CentralDifferences() {}

  /** [x] the derivative of the loss by each number. */
  public static double[] of(ToDoubleFunction<double[]> loss, double[] x) {
    double[] slopes = new double[x.length];
    double[] moved = x.clone();
    for (int i = 0; i < x.length; i++) {
      moved[i] = x[i] + H;
      double above = loss.applyAsDouble(moved);
      moved[i] = x[i] - H;
      slopes[i] = (above - loss.applyAsDouble(moved)) / (2 * H);
      moved[i] = x[i];
    }
    return slopes;
  }
}
