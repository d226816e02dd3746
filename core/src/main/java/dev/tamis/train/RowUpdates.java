package dev.tamis.train;

import dev.tamis.kernels.Kernels;
import dev.tamis.model.RowFetch;
import dev.tamis.model.SparseGradient;
import dev.tamis.model.Table;
import dev.tamis.optim.Updater;
import java.util.Arrays;

/**
 * Turns the entries of a sparse gradient into updates of table rows: each owner sums the entries of
 * each of its rows in the order of the list, and updates the row (see {@link RowGroups}).
 *
 * <p>A step is {@link #beginStep} on one thread; then, once for every owner and for several at a
 * time, the grouping of the entries, {@link #settle} where the updater defers moves, and {@link
 * #apply}.
 */
final class RowUpdates {
  private static final int ROWS = 32; // at a time

  private final Table table;
  private final Updater updater;
  private final RowGroups groups;
  private final Scratch[] scratch; // [owners]
  private final RowGroups.RowRange idle; // moves rows without entries

  /** Tables whose gradients have the same rows may share the groups. */
  RowUpdates(Table table, Updater updater, RowGroups groups) {
    this.table = table;
    this.updater = updater;
    this.groups = groups;
    this.idle = updater::updateIdle;
    this.scratch = new Scratch[groups.owners()];
    Arrays.setAll(scratch, o -> new Scratch(ROWS * table.width()));
  }

  Table table() {
    return table;
  }

  Updater updater() {
    return updater;
  }

  /** Begins a step, on one thread. */
  void beginStep(double rate) {
    updater.beginStep(rate);
  }

  /** Brings the rows of one owner that have entries up to date. */
  void settle(int o) {
    updater.settle(groups.rows(o), 0, groups.count(o));
  }

  /**
   * Sums and applies the gradients of the rows of one owner.
   *
   * @param gradient with the entries that were grouped; coefficients may have been filled in since
   * @param decay added to a row's gradient: this times the row, once for each entry
   */
  void apply(int o, SparseGradient gradient, float decay) {
    Scratch mine = scratch[o];
    int[] rows = groups.rows(o);
    int width = table.width();
    int end = groups.count(o);
    for (int from = 0; from < end; from += ROWS) {
      int count = Math.min(ROWS, end - from);
      RowFetch.fetch(table.values(), width, rows, from, count);
      int first = groups.start(o, from);
      mine.gather(groups, o, first, groups.start(o, from + count), gradient);
      RowFetch.fetch(
          gradient.source.data, width, mine.sourceRow, 0, groups.start(o, from + count) - first);
      Arrays.fill(mine.sums, 0, count * width, 0);
      for (int i = 0; i < count; i++) {
        int start = groups.start(o, from + i);
        int entries = groups.start(o, from + i + 1) - start;
        Kernels.axpyRows(
            mine.coefficient,
            start - first,
            gradient.source.data,
            width,
            mine.sourceRow,
            start - first,
            entries,
            mine.sums,
            i * width);
      }
      // Not in the loop above: what was just stored is slow to load again.
      for (int i = 0; i < count && (decay != 0 || gradient.towardsSource); i++) {
        int at = table.at(rows[from + i]);
        int start = groups.start(o, from + i);
        int next = groups.start(o, from + i + 1);
        float times = decay == 0 ? 0 : decay * occurrences(gradient, o, start, next);
        for (int k = start - first; k < next - first && gradient.towardsSource; k++) {
          times -= mine.coefficient[k];
        }
        Kernels.axpy(times, table.values(), at, mine.sums, i * width, width);
      }
      updater.update(rows, from, count, mine.sums);
      if (updater.movesIdleRows()) {
        groups.forEachIdleRange(o, from, from + count, idle); // neighbours, so memory goes in order
      }
    }
    if (updater.movesIdleRows() && end == 0) {
      groups.forEachIdleRange(o, 0, 0, idle);
    }
  }

  private float occurrences(SparseGradient gradient, int o, int from, int to) {
    if (gradient.occurrences.length == 0) {
      return to - from;
    }
    float sum = 0;
    for (int k = from; k < to; k++) {
      sum += gradient.occurrences[groups.entry(o, k)];
    }
    return sum;
  }

  /** What one owner works on. */
  private static final class Scratch {
    final float[] sums; // [ROWS x width]
    float[] coefficient = new float[64]; // [entries of some rows]
    int[] sourceRow = new int[64]; // [entries of some rows]

    Scratch(int cells) {
      sums = new float[cells];
    }

    /** Brings the entries {@code from..to} of an owner together. */
    void gather(RowGroups groups, int o, int from, int to, SparseGradient gradient) {
      if (coefficient.length < to - from) {
        int room = Math.max(to - from, coefficient.length * 2);
        coefficient = new float[room];
        sourceRow = new int[room];
      }
      for (int k = from; k < to; k++) {
        int e = groups.entry(o, k);
        coefficient[k - from] = gradient.coefficient[e];
        sourceRow[k - from] = gradient.sourceRow[e];
      }
    }
  }
}
