package dev.tamis.optim;

import dev.tamis.config.Spelling;
import dev.tamis.config.TamisException;

/** The optimizers that a pair model can be trained with. */
public enum OptimizerName {
  /** Adam that moves every row in every step. */
  ADAM,
  /** The same moves but for rounding, in closed form. */
  ADAM_LAZY,
  /** Adam that leaves rows without a gradient alone. */
  ADAM_SPARSE,
  /**
   * Adam that moves every row in every step as PyTorch does where a loss is summed over a batch.
   */
  ADAM_PYTORCH,
  ADAGRAD,
  SGD;

  /** Where the sums of squares of Adagrad start in TensorFlow. */
  public static final double INITIAL_ACCUMULATOR = 0.1;

  private static final double EPSILON = 1e-7;

  /**
   * With the usual constants: Adam in TensorFlow's form with its epsilon of 1e-7. PyTorch's form
   * has an epsilon of 1e-8 for gradients of a loss that is summed over a batch.
   *
   * @param batchRows rows over which the loss is averaged
   * @param weightDecay coupled L2 ({@link Adam#l2}) of a loss that is summed over a batch: as if
   *     {@code weightDecay / (2 * batchRows)} times the square of every parameter were added to the
   *     mean
   * @param initialAccumulator where the sums of squares of Adagrad start
   * @throws TamisException of kind CONFIG if there is weight decay, and rows without a gradient do
   *     not move
   */
  public Optimizer optimizer(int batchRows, double weightDecay, double initialAccumulator) {
    if (weightDecay != 0 && this != ADAM && this != ADAM_PYTORCH) {
      throw TamisException.config(
          "weight-decay moves every row in every step, which optimizer "
              + Spelling.of(this)
              + " does not; use optimizer adam or adam-pytorch, or set weight-decay=0 (l2 works"
              + " with any)");
    }
    return switch (this) {
      case ADAM -> Adam.tensorFlow(Adam.IdleRows.REPLAY, EPSILON, weightDecay / batchRows);
      case ADAM_LAZY -> Adam.tensorFlow(Adam.IdleRows.DEFER, EPSILON);
      case ADAM_SPARSE -> Adam.tensorFlow(Adam.IdleRows.STAY, EPSILON);
      case ADAM_PYTORCH -> Adam.pyTorch(Adam.IdleRows.REPLAY, weightDecay).forMeansOf(batchRows);
      case ADAGRAD -> new Adagrad(initialAccumulator, 0);
      case SGD -> new Sgd(0);
    };
  }

  /** The same without weight decay, with gradients as they are, and Adagrad from 0.1. */
  public Optimizer optimizer() {
    return optimizer(1, 0, INITIAL_ACCUMULATOR);
  }
}
