package dev.tamis.data.split;

import dev.tamis.config.TamisException;

/** The shares that splits are told: checked, read and written in one place. */
final class Shares {
  private Shares() {}

  static void check(double train, double validation) {
    if (!(train > 0 && train < 1)) {
      throw TamisException.usage(
          "the training share is " + train + "; it must be above 0 and below 1, such as 0.8");
    }
    if (!(validation >= 0 && validation < 1)) {
      throw TamisException.usage(
          "the validation share is "
              + validation
              + "; it must be from 0 to less than 1 (of the training data), such as 0.1");
    }
  }

  static String text(double train, double validation) {
    return validation == 0 ? Double.toString(train) : train + ":" + validation;
  }
}
