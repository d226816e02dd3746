package dev.tamis.model.tower;

/**
 * What is dropped in training; what is left is scaled up by 1 / (1 - share).
 *
 * @param ofHistory the share of a history's items, in [0, 1)
 * @param ofVector the share of the outputs of the layer that reads the history, in [0, 1)
 */
public record Dropout(double ofHistory, double ofVector) {
  public Dropout {
    if (!(ofHistory >= 0 && ofHistory < 1 && ofVector >= 0 && ofVector < 1)) {
      throw new IllegalArgumentException(
          "shares dropped must be in [0, 1), but are " + ofHistory + " and " + ofVector);
    }
  }
}
