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
  private final PutOffMoves putOff; // null unless moves of idle rows are put off
  private final IdleSteps idle; // null with it
  private AdamStep step;

  AdamUpdater(Adam adam, Table table) {
    this.adam = adam;
    this.table = table;
    this.first = new float[table.values().length];
    this.second = new float[table.values().length];
    this.zeros = new float[IDLE_ROWS * table.width()];
    this.putOff =
        switch (adam.idleRows()) {
          case MOVE, STAY -> null;
          case REPLAY -> new ReplayedMoves(adam);
          case DEFER -> new DeferredMoves(adam);
        };
    this.idle = putOff == null ? null : new IdleSteps(table.rows());
  }

  @Override
  public boolean movesIdleRows() {
    return adam.idleRows() == Adam.IdleRows.MOVE;
  }

  @Override
  public boolean defersIdleRows() {
    return putOff != null;
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
    if (putOff != null) {
      idle.begin();
      putOff.add(step, size);
      putOff.target(idle.now());
    }
  }

  @Override
  public void update(int[] rows, int from, int count, float[] gradient) {
    RowFetch.fetch(first, table.width(), rows, from, count);
    RowFetch.fetch(second, table.width(), rows, from, count);
    for (int i = 0; i < count; i++) {
      int row = rows[from + i];
      move(row, 1, gradient, i * table.width());
      if (putOff != null) {
        idle.settle(row, idle.step());
      }
    }
  }

  @Override
  public void updateRange(int firstRow, int count, float[] gradient, int gradientFrom) {
    move(firstRow, count, gradient, gradientFrom);
    for (int row = firstRow; putOff != null && row < firstRow + count; row++) {
      idle.settle(row, idle.step());
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
    for (int i = from; putOff != null && i < from + count; i += IDLE_ROWS) {
      int some = Math.min(IDLE_ROWS, from + count - i);
      RowFetch.fetch(table.values(), table.width(), rows, i, some);
      RowFetch.fetch(first, table.width(), rows, i, some);
      RowFetch.fetch(second, table.width(), rows, i, some);
      for (int k = i; k < i + some; k++) {
        settle(rows[k]);
      }
    }
  }

  private void settle(int row) {
    if (idle.settled(row) < idle.now()) {
      putOff.makeUp(row, idle.settled(row), table, first, second);
      idle.settle(row, idle.now());
    }
  }

  @Override
  public void settleAll() {
    if (putOff != null) {
      idle.end();
      putOff.target(idle.now());
      for (int row = 0; row < table.rows(); row++) {
        settle(row);
      }
      idle.reset();
      putOff.forget();
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
