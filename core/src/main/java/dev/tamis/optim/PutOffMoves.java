package dev.tamis.optim;

import dev.tamis.kernels.AdamStep;
import dev.tamis.model.Table;

/**
 * How Adam makes up for moves of rows without a gradient that were put off. Steps are counted from
 * 1, from the last {@link #forget} on.
 */
interface PutOffMoves {
  /**
   * Takes up the next step.
   *
   * @param size the step moves a row by {@code size * m / sqrt(v)}, epsilon aside
   */
  void add(AdamStep step, double size);

  /** From here on rows are brought to the end of this step. */
  void target(int step);

  /** Takes a row through the steps after {@code from}, up to and with the target. */
  void makeUp(int row, int from, Table table, float[] first, float[] second);

  /** Forgets all steps. */
  void forget();
}
