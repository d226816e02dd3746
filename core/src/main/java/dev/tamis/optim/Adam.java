package dev.tamis.optim;

import dev.tamis.config.TamisException;
import dev.tamis.model.Table;

/**
 * Adam (Kingma and Ba 2015).
 *
 * @param idleRows what happens to rows without a gradient
 * @param form where the bias correction and epsilon stand
 * @param beta1 decay of the first moment, in [0, 1)
 * @param beta2 decay of the second moment, in [0, 1)
 * @param epsilon above 0
 * @param l2 coupled weight decay: added to the gradient as {@code l2 * w}, which is what PyTorch's
 *     {@code weight_decay} means; at least 0
 */
public record Adam(
    IdleRows idleRows, Form form, double beta1, double beta2, double epsilon, double l2)
    implements Optimizer {
  /** What happens to rows without a gradient. */
  public enum IdleRows {
    /** They move by their moments in every step, as in the frameworks with dense tables. */
    MOVE,
    /** The same to the bit, put off until a row is next read and then made one after another. */
    REPLAY,
    /**
     * The same but for rounding, put off until a row is next read and then made up for in closed
     * form. Not possible with weight decay.
     */
    DEFER,
    /**
     * They stay where they are and keep their moments: a different, cheaper algorithm ("lazy Adam",
     * "sparse Adam").
     */
    STAY
  }

  /** Where the bias correction and epsilon stand. */
  public enum Form {
    /** {@code rate / (1 - beta1^t) * m / (sqrt(v / (1 - beta2^t)) + epsilon)}. */
    PYTORCH,
    /** {@code rate * sqrt(1 - beta2^t) / (1 - beta1^t) * m / (sqrt(v) + epsilon)}. */
    TENSORFLOW
  }

  public Adam {
    if (!(beta1 >= 0 && beta1 < 1) || !(beta2 >= 0 && beta2 < 1) || !(epsilon > 0) || !(l2 >= 0)) {
      throw TamisException.config(
          "Adam needs betas in [0, 1), an epsilon above 0 and a weight decay of at least 0, but has"
              + " "
              + beta1
              + ", "
              + beta2
              + ", "
              + epsilon
              + " and "
              + l2);
    }
    if (idleRows == IdleRows.DEFER && l2 != 0) {
      throw TamisException.config(
          "lazy Adam equals dense Adam only without weight decay, but l2 is "
              + l2
              + "; use optimizer adam (dense) or adam-sparse, or set l2 to 0");
    }
    if (idleRows == IdleRows.DEFER && !(beta1 * beta1 < beta2)) {
      throw TamisException.config(
          "lazy Adam needs beta1^2 below beta2, but they are " + beta1 + " and " + beta2);
    }
  }

  /** PyTorch's form with the usual constants: betas 0.9 and 0.999, epsilon 1e-8. */
  public static Adam pyTorch(IdleRows idleRows, double l2) {
    return new Adam(idleRows, Form.PYTORCH, 0.9, 0.999, 1e-8, l2);
  }

  /** TensorFlow's form with the usual constants: betas 0.9 and 0.999. */
  public static Adam tensorFlow(IdleRows idleRows, double epsilon) {
    return tensorFlow(idleRows, epsilon, 0);
  }

  /** The same with weight decay. */
  public static Adam tensorFlow(IdleRows idleRows, double epsilon, double l2) {
    return new Adam(idleRows, Form.TENSORFLOW, 0.9, 0.999, epsilon, l2);
  }

  /**
   * The rule that moves a table by the gradients of means over so many rows as this one moves it by
   * those of their sums. The scale of gradients does not matter to Adam, but for epsilon and weight
   * decay.
   */
  public Adam forMeansOf(int rows) {
    return new Adam(idleRows, form, beta1, beta2, epsilon / rows, l2 / rows);
  }

  /** The same but for what becomes of rows without a gradient. */
  public Adam withIdleRows(IdleRows idleRows) {
    return new Adam(idleRows, form, beta1, beta2, epsilon, l2);
  }

  @Override
  public Updater attach(Table table) {
    return new AdamUpdater(this, table);
  }

  @Override
  public int stateOfParameter() {
    return 2;
  }
}
