package dev.tamis.optim;

import java.util.SortedMap;

/**
 * An optimizer at work on one table: it holds the table's moments and moves its rows. One step is
 * {@link #beginStep}, then each row that has a gradient once, on any thread. Methods that name rows
 * are safe for several threads on different rows.
 */
public interface Updater {
  /**
   * Whether rows without a gradient move too and must be given to {@link #updateIdle} in every
   * step.
   */
  boolean movesIdleRows();

  /**
   * Whether such moves are put off until {@link #settle}, so that a row must be settled before it
   * is read.
   */
  boolean defersIdleRows();

  /** Begins the next step, with this learning rate. */
  void beginStep(double rate);

  /** Moves {@code rows[from..from + count)}: {@code gradient} is [count x width]. */
  void update(int[] rows, int from, int count, float[] gradient);

  /**
   * Moves rows {@code firstRow..firstRow + count}: their gradients begin at {@code
   * gradient[gradientFrom]}.
   */
  void updateRange(int firstRow, int count, float[] gradient, int gradientFrom);

  /** Moves rows {@code firstRow..firstRow + count}, whose gradients are zero. */
  void updateIdle(int firstRow, int count);

  /** Brings rows up to the end of the step before this one, where moves were put off. */
  void settle(int[] rows, int from, int count);

  /**
   * Brings all rows up to the end of this step. Call between steps: before the table is read,
   * written down or measured.
   */
  void settleAll();

  /**
   * The arrays of the state by name, live: what a checkpoint keeps, and writes back into. Complete
   * only right after {@link #settleAll}.
   */
  SortedMap<String, Object> state();
}
