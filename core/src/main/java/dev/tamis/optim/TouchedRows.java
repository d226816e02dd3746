package dev.tamis.optim;

import dev.tamis.model.Table;
import java.util.SortedMap;

/** The part that rules share which move a row only in steps in which it has a gradient. */
abstract class TouchedRows implements Updater {
  private final Table table;
  private final SortedMap<String, Object> state;

  TouchedRows(Table table, SortedMap<String, Object> state) {
    this.table = table;
    this.state = state;
  }

  /** Brings the state of some rows into the cache; see {@link dev.tamis.model.RowFetch}. */
  void fetch(int[] rows, int from, int count) {}

  /** Moves the row that begins at {@code at} in the table's values. */
  abstract void move(int at, float[] gradient, int gradientFrom);

  @Override
  public final boolean movesIdleRows() {
    return false;
  }

  @Override
  public final boolean defersIdleRows() {
    return false;
  }

  @Override
  public final void update(int[] rows, int from, int count, float[] gradient) {
    fetch(rows, from, count);
    for (int i = 0; i < count; i++) {
      move(table.at(rows[from + i]), gradient, i * table.width());
    }
  }

  @Override
  public final void updateRange(int firstRow, int count, float[] gradient, int gradientFrom) {
    for (int i = 0; i < count; i++) {
      move(table.at(firstRow + i), gradient, gradientFrom + i * table.width());
    }
  }

  @Override
  public final void updateIdle(int firstRow, int count) {}

  @Override
  public final void settle(int[] rows, int from, int count) {}

  @Override
  public final void settleAll() {}

  @Override
  public final SortedMap<String, Object> state() {
    return state;
  }
}
