package dev.tamis.train;

import dev.tamis.kernels.Kernels;
import dev.tamis.kernels.Workers;
import dev.tamis.model.SparseGradient;
import dev.tamis.model.Table;
import dev.tamis.optim.RowFetch;
import dev.tamis.optim.Updater;
import java.util.Arrays;

/**
 * Turns the entries of a sparse gradient into updates of table rows. Rows are dealt out to owners
 * in runs of {@value #RUN}; an owner links the entries of each of its rows into a chain, in the
 * order of the list, sums each chain and updates the row. So the result does not depend on how many
 * owners there are.
 *
 * <p>One step is {@link #link}, then where the updater defers moves {@link #settle}, then {@link
 * #apply}; each is called once for every owner, and owners may run at the same time.
 */
final class RowUpdates {
  private static final int RUN = 16;

  private final Table table;
  private final Updater updater;
  private final int owners;
  private final Owner[] owner;
  private final int[]
      links; // [rows x 3]: first entry of a row's chain, last entry, round it belongs to
  private int round; // counts linkings

  RowUpdates(Table table, Updater updater, int owners) {
    this.table = table;
    this.updater = updater;
    this.owners = owners;
    this.owner = new Owner[owners];
    for (int o = 0; o < owners; o++) {
      owner[o] = new Owner(table.width());
    }
    this.links = new int[Math.multiplyExact(table.rows(), 3)];
  }

  Table table() {
    return table;
  }

  Updater updater() {
    return updater;
  }

  /** Begins a step, on one thread. */
  void beginStep(double rate) {
    round++;
    updater.beginStep(rate);
  }

  /** Chains the entries of the rows of one owner. */
  void link(int o, SparseGradient gradient) {
    Owner mine = owner[o];
    int[] next = mine.roomFor(gradient.count);
    int[] rows = gradient.row;
    int count =
        0; // kept out of the owner until the end, so that owners do not write side by side in
    // memory
    for (int e = 0; e < gradient.count; e++) {
      int row = rows[e];
      if (ownerOf(row) != o) {
        continue;
      }
      int at = row * 3;
      if (links[at + 2] != round) {
        links[at + 2] = round;
        links[at] = e;
        mine.put(count++, row);
      } else {
        next[links[at + 1]] = e;
      }
      links[at + 1] = e;
      next[e] = -1;
    }
    mine.count = count;
  }

  /** Brings the linked rows of one owner up to date. */
  void settle(int o) {
    updater.settle(owner[o].rows, 0, owner[o].count);
  }

  /**
   * Sums and applies the gradients of the linked rows of one owner.
   *
   * @param decay added to a row's gradient: this times the row, once for each entry
   */
  void apply(int o, SparseGradient gradient, float decay) {
    Owner mine = owner[o];
    int width = table.width();
    for (int from = 0; from < mine.count; from += RUN) {
      int rows = Math.min(RUN, mine.count - from);
      RowFetch.fetch(table, table.values(), mine.rows, from, rows);
      Arrays.fill(mine.sums, 0, rows * width, 0);
      for (int i = 0; i < rows; i++) {
        int row = mine.rows[from + i];
        int entries = mine.gather(links[row * 3], gradient);
        Kernels.axpyRows(
            mine.coefficient,
            0,
            gradient.source.data,
            width,
            mine.sourceRow,
            0,
            entries,
            mine.sums,
            i * width);
        if (decay != 0) {
          Kernels.axpy(decay * entries, table.values(), table.at(row), mine.sums, i * width, width);
        }
      }
      updater.update(mine.rows, from, rows, mine.sums);
    }
    if (updater.movesIdleRows()) {
      moveIdleRows(o);
    }
  }

  /**
   * Runs of rows are spread over the owners by a hash: no division, and no pattern in the ids puts
   * all that is popular on one side.
   */
  private int ownerOf(int row) {
    long hash = (row / RUN * 0x9E3779B1L) & 0xFFFFFFFFL;
    return (int) (hash * owners >>> 32);
  }

  private void moveIdleRows(int o) {
    for (int first = 0; first < table.rows(); first += RUN) {
      if (ownerOf(first) != o) {
        continue;
      }
      for (int row = first; row < Math.min(first + RUN, table.rows()); row++) {
        if (links[row * 3 + 2] != round) {
          updater.updateIdle(row, 1);
        }
      }
    }
  }

  /**
   * Links anew and applies, for all owners: for a gradient whose entries changed since it was
   * linked, or that was not linked yet.
   */
  void run(Workers workers, SparseGradient gradient, float decay) {
    round++;
    workers.run(
        owners,
        (o, worker) -> {
          link(o, gradient);
          apply(o, gradient, decay);
        });
  }

  /** The scratch space of one owner. */
  private static final class Owner {
    int[] next = new int[0]; // [entries] the next entry of the same row, or -1
    int[] rows = new int[64]; // [count] the rows that have entries, by their first entry
    int count;
    float[] coefficient = new float[64]; // of one row's chain
    int[] sourceRow = new int[64]; // of one row's chain
    final float[] sums; // [RUN x width]

    Owner(int width) {
      sums = new float[RUN * width];
    }

    int[] roomFor(int entries) {
      if (next.length < entries) {
        next = new int[Math.max(entries, next.length + next.length / 2)];
      }
      return next;
    }

    void put(int place, int row) {
      if (place == rows.length) {
        rows = Arrays.copyOf(rows, place * 2);
      }
      rows[place] = row;
    }

    int gather(int entry, SparseGradient gradient) {
      int n = 0;
      for (int e = entry; e >= 0; e = next[e]) {
        if (n == coefficient.length) {
          coefficient = Arrays.copyOf(coefficient, n * 2);
          sourceRow = Arrays.copyOf(sourceRow, n * 2);
        }
        coefficient[n] = gradient.coefficient[e];
        sourceRow[n++] = gradient.sourceRow[e];
      }
      return n;
    }
  }
}
