package dev.tamis.optim;

import java.util.Arrays;

/**
 * Through which step each row of a table is up to date, where moves of idle rows are put off. Steps
 * are counted from the last time all rows were settled, so nothing of this needs to be kept in a
 * checkpoint taken then.
 */
final class IdleSteps {
  private final int[] settled; // [rows] the step through which a row is up to date
  private int step; // the step under way
  private int now; // rows are settled through this step

  IdleSteps(int rows) {
    settled = new int[rows];
  }

  /** Begins a step; until it ends, rows are settled through the one before. */
  void begin() {
    now = step++;
  }

  /** The step under way is over: rows are settled through it. */
  void end() {
    now = step;
  }

  /** All rows are settled: counting begins anew. */
  void reset() {
    step = 0;
    now = 0;
    Arrays.fill(settled, 0);
  }

  /** The step under way, from 1. */
  int step() {
    return step;
  }

  /** The step through which rows are settled. */
  int now() {
    return now;
  }

  /** The step through which a row is up to date. */
  int settled(int row) {
    return settled[row];
  }

  /** A row is up to date through a step. */
  void settle(int row, int through) {
    settled[row] = through;
  }
}
