package dev.tamis.optim;

import dev.tamis.model.Table;

/** One table and its updater, driven as training drives them. */
final class Descent {
  final Table table;
  final Updater updater;

  Descent(Optimizer optimizer, int rows, int width, float... start) {
    table = new Table("w", rows, width);
    System.arraycopy(start, 0, table.values(), 0, start.length);
    updater = optimizer.attach(table);
  }

  /** A step in which the named rows, ascending, have gradients [rows named x width]. */
  void step(double rate, int[] rows, float... gradient) {
    updater.beginStep(rate);
    updater.settle(rows, 0, rows.length);
    updater.update(rows, 0, rows.length, gradient);
    int next = 0;
    for (int row = 0; row < table.rows() && updater.movesIdleRows(); row++) {
      if (next < rows.length && rows[next] == row) {
        next++;
      } else {
        updater.updateIdle(row, 1);
      }
    }
  }

  float value(int i) {
    return table.values()[i];
  }
}
