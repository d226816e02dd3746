package dev.tamis.optim;

/** The optimizers that a pair model can be trained with. */
public enum OptimizerName {
  /** Adam that moves every row in every step. */
  ADAM,
  /** The same moves, put off until a row is read. */
  ADAM_LAZY,
  /** Adam that leaves rows without a gradient alone. */
  ADAM_SPARSE,
  ADAGRAD,
  SGD;

  private static final double EPSILON = 1e-7;

  /**
   * With the usual constants: Adam in TensorFlow's form with its epsilon of 1e-7, Adagrad from 0.1.
   */
  public Optimizer optimizer() {
    return switch (this) {
      case ADAM -> Adam.tensorFlow(Adam.IdleRows.MOVE, EPSILON);
      case ADAM_LAZY -> Adam.tensorFlow(Adam.IdleRows.DEFER, EPSILON);
      case ADAM_SPARSE -> Adam.tensorFlow(Adam.IdleRows.STAY, EPSILON);
      case ADAGRAD -> new Adagrad(0.1, 0);
      case SGD -> new Sgd(0);
    };
  }
}
