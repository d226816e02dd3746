package dev.tamis.optim;

import dev.tamis.config.TamisException;
import dev.tamis.kernels.Kernels;
import dev.tamis.model.Table;
import java.util.SortedMap;

/**
 * Another optimizer under the constraint that no row is longer than 1: a row that a step carries
 * beyond is scaled back to that length, which is the nearest point that is allowed. Rows that are
 * longer to begin with are scaled when the optimizer is attached. Cost O(width) a row that moves.
 *
 * @param optimizer moves the rows; its moments do not know of the constraint. Adam that puts moves
 *     off to replay them makes them at once here, to the same bits, since each is followed by a
 *     scaling
 */
public record UnitBall(Optimizer optimizer) implements Optimizer {
  /**
   * @throws TamisException of kind CONFIG if the optimizer makes up in one for moves put off: what
   *     they add up to depends on where each of them was stopped
   */
  public UnitBall {
    if (optimizer instanceof Adam adam && adam.idleRows() == Adam.IdleRows.DEFER) {
      throw TamisException.config(
          "vectors are kept in the unit ball after every step, but optimizer adam-lazy puts moves"
              + " off; use adagrad, sgd, adam or adam-sparse");
    }
    if (optimizer instanceof Adam adam && adam.idleRows() == Adam.IdleRows.REPLAY) {
      optimizer = adam.withIdleRows(Adam.IdleRows.MOVE);
    }
  }

  @Override
  public Updater attach(Table table) {
    Updater inside = new Inside(optimizer.attach(table), table);
    for (int row = 0; row < table.rows(); row++) {
      project(table, row);
    }
    return inside;
  }

  @Override
  public int stateOfParameter() {
    return optimizer.stateOfParameter();
  }

  private static void project(Table table, int row) {
    float[] values = table.values();
    int at = table.at(row);
    float square = Kernels.dot(values, at, values, at, table.width());
    if (square > 1) {
      Kernels.scale((float) (1 / Math.sqrt(square)), values, at, table.width());
    }
  }

  /** Moves rows, then brings them back. */
  private record Inside(Updater updater, Table table) implements Updater {
    @Override
    public boolean movesIdleRows() {
      return updater.movesIdleRows();
    }

    @Override
    public boolean defersIdleRows() {
      return false;
    }

    @Override
    public void beginStep(double rate) {
      updater.beginStep(rate);
    }

    @Override
    public void update(int[] rows, int from, int count, float[] gradient) {
      updater.update(rows, from, count, gradient);
      for (int i = from; i < from + count; i++) {
        project(table, rows[i]);
      }
    }

    @Override
    public void updateRange(int firstRow, int count, float[] gradient, int gradientFrom) {
      updater.updateRange(firstRow, count, gradient, gradientFrom);
      projectRange(firstRow, count);
    }

    @Override
    public void updateIdle(int firstRow, int count) {
      updater.updateIdle(firstRow, count);
      projectRange(firstRow, count);
    }

    private void projectRange(int firstRow, int count) {
      for (int row = firstRow; row < firstRow + count; row++) {
        project(table, row);
      }
    }

    @Override
    public void settle(int[] rows, int from, int count) {}

    @Override
    public void settleAll() {}

    @Override
    public SortedMap<String, Object> state() {
      return updater.state();
    }
  }
}
