package dev.tamis.method;

import dev.tamis.config.Option;
import dev.tamis.config.Settings;
import dev.tamis.objective.Gaussian;

/**
 * How much the items of a history and the others count in a square loss. Mult-VAE's paper does not
 * report its values; the least squares that it compares with keep 1 for the others and choose 2 to
 * 100 for those of the history (section 4.4).
 */
public record Confidences(double observed, double missing) {
  public static final Option<Double> OBSERVED =
      Option.real(
          "confidence-observed", 10, 1e-6, 1e6, "how much an item of the history counts (c1)");
  public static final Option<Double> MISSING =
      Option.real(
          "confidence-missing",
          1,
          1e-6,
          1e6,
          "how much any other item counts (c0), at most confidence-observed");

  /**
   * @throws dev.tamis.config.TamisException of kind CONFIG if a number is out of the range of its
   *     option, or the others count more
   */
  public Confidences {
    OBSERVED.check(observed);
    MISSING.check(missing);
    Gaussian.check(observed, missing);
  }

  static Confidences read(Settings given) {
    return new Confidences(given.get(OBSERVED), given.get(MISSING));
  }

  Settings addTo(Settings settings) {
    return settings.with(OBSERVED, observed).with(MISSING, missing);
  }
}
