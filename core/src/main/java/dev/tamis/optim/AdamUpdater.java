package dev.tamis.optim;

import dev.tamis.kernels.AdamStep;
import dev.tamis.kernels.Kernels;
import dev.tamis.model.RowFetch;
import dev.tamis.model.Table;
import java.util.SortedMap;
import java.util.TreeMap;

/** {@link Adam} at work on one table. */
final class AdamUpdater implements Updater {
  private static final int IDLE_ROWS = 16; // moved together

  private final Adam adam;
  private final Table table;
  private final float[] first; // [rows x width]
  private final float[] second; // [rows x width]
  private final float[] zeros; // [IDLE_ROWS x width]
  private final long[] steps = {0};
  private final DeferredMoves deferred; // null unless idle rows are deferred
  private AdamStep step;

  AdamUpdater(Adam adam, Table table) {
    this.adam = adam;
    this.table = table;
    this.first = new float[table.values().length];
    this.second = new float[table.values().length];
    this.zeros = new float[IDLE_ROWS * table.width()];
    this.deferred =
        adam.idleRows() == Adam.IdleRows.DEFER ? new DeferredMoves(adam, table.rows()) : null;
  }

  @Override
  public boolean movesIdleRows() {
    return adam.idleRows() == Adam.IdleRows.MOVE;
  }

  @Override
  public boolean defersIdleRows() {
    return deferred != null;
  }

  @Override
  public void beginStep(double rate) {
    long t = ++steps[0];
    double firstBias = 1 - StrictMath.pow(adam.beta1(), t);
    double secondBias = 1 - StrictMath.pow(adam.beta2(), t);
    boolean tensorFlow = adam.form() == Adam.Form.TENSORFLOW;
    // Both forms move a row by size * m / sqrt(v), epsilon aside.
    double size = rate * Math.sqrt(secondBias) / firstBias;
    step =
        new AdamStep(
            adam.beta1(),
            adam.beta2(),
            (float) (tensorFlow ? size : rate / firstBias),
            (float) (tensorFlow ? 1 : 1 / secondBias),
            (float) adam.epsilon(),
            (float) adam.l2());
    if (deferred != null) {
      deferred.beginStep(size);
    }
  }

  @Override
  public void update(int[] rows, int from, int count, float[] gradient) {
    RowFetch.fetch(first, table.width(), rows, from, count);
    RowFetch.fetch(second, table.width(), rows, from, count);
    for (int i = 0; i < count; i++) {
      int row = rows[from + i];
      move(row, 1, gradient, i * table.width());
      if (deferred != null) {
        deferred.moved(row);
      }
    }
  }

  @Override
  public void updateRange(int firstRow, int count, float[] gradient, int gradientFrom) {
    move(firstRow, count, gradient, gradientFrom);
    for (int row = firstRow; deferred != null && row < firstRow + count; row++) {
      deferred.moved(row);
    }
  }

  @Override
  public void updateIdle(int firstRow, int count) {
    for (int i = 0; i < count; i += IDLE_ROWS) {
      move(firstRow + i, Math.min(IDLE_ROWS, count - i), zeros, 0);
    }
  }

  private void move(int row, int count, float[] gradient, int gradientFrom) {
    int at = table.at(row);
    Kernels.adam(
        table.values(),
        at,
        first,
        at,
        second,
        at,
        gradient,
        gradientFrom,
        count * table.width(),
        step);
  }

  @Override
  public void settle(int[] rows, int from, int count) {
    for (int i = from; deferred != null && i < from + count; i++) {
      deferred.settle(rows[i], table, first, second);
    }
  }

  @Override
  public void settleAll() {
    if (deferred != null) {
      deferred.endRun();
      for (int row = 0; row < table.rows(); row++) {
        deferred.settle(row, table, first, second);
      }
      deferred.beginRun();
    }
  }

  @Override
  public SortedMap<String, Object> state() {
    TreeMap<String, Object> state = new TreeMap<>();
    state.put("first", first);
    state.put("second", second);
    state.put("steps", steps);
    return state;
  }
}
