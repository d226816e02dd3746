package dev.tamis.train;

/** How the losses of the rows of a batch become the loss of the batch. */
public enum Reduction {
  /** Their mean: the size of a batch does not change the size of a step. */
  MEAN,
  /**
   * Their sum. It makes a difference where the size of a gradient does: to SGD, to weight decay,
   * and to Adagrad beside the accumulator it starts from.
   */
  SUM;

  /** What one row contributes to the loss of a batch of {@code rows} rows. */
  float share(float what, int rows) {
    return this == MEAN ? what / rows : what;
  }
}
