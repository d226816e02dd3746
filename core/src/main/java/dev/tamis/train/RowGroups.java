package dev.tamis.train;

import dev.tamis.model.SparseGradient;
import java.util.Arrays;

/**
 * The entries of a sparse gradient by the table row they go to. Rows are dealt out to owners in
 * runs of {@value #RUN}; an owner sorts the entries of its rows by row, so that it meets the rows
 * in ascending order, as memory likes it, and the entries of a row in the order of the list. So
 * what is summed in which order does not depend on how many owners there are.
 *
 * <p>The sort is by radix, least digit first: it is stable, and has no branch to guess.
 */
final class RowGroups {
  private static final int RUN = 16;
  private static final int MAX_DIGIT = 11; // bits

  private final int rows;
  private final int digit; // bits
  private final int passes;
  private final Owner[] owners;

  /** For a table of so many rows, dealt out to so many owners. */
  RowGroups(int rows, int owners) {
    this.rows = rows;
    int bits = Math.max(1, 32 - Integer.numberOfLeadingZeros(rows - 1));
    this.passes = (bits + MAX_DIGIT - 1) / MAX_DIGIT;
    this.digit = (bits + passes - 1) / passes;
    this.owners = new Owner[owners];
    Arrays.setAll(this.owners, o -> new Owner(1 << digit));
  }

  /**
   * Groups the entries of one owner's rows; owners may do so at the same time. Each looks at all
   * entries, and keeps room for all of them: 24 bytes an entry and owner.
   */
  void group(int o, SparseGradient gradient) {
    Owner mine = owners[o];
    mine.reserve(gradient.count);
    int entries = collect(o, gradient, mine.keys);
    for (int pass = 0; pass < passes; pass++) {
      mine.sort(entries, 32 + pass * digit);
    }
    mine.split(entries);
  }

  /** Puts the keys of the entries of one owner's rows in a row; returns how many there are. */
  private int collect(int o, SparseGradient gradient, long[] keys) {
    int[] row = gradient.row;
    int n = 0;
    for (int e = 0; e < gradient.count; e++) {
      keys[n] = (long) row[e] << 32 | e;
      n += row[e] >= 0 && ownerOf(row[e]) == o ? 1 : 0;
    }
    return n;
  }

  int owners() {
    return owners.length;
  }

  /** How many rows of one owner have entries. */
  int count(int o) {
    return owners[o].count;
  }

  /** The rows of one owner that have entries, ascending: the first {@link #count} are filled. */
  int[] rows(int o) {
    return owners[o].rows;
  }

  /** Where the entries of the i-th row of one owner begin, for i in 0..{@link #count}. */
  int start(int o, int i) {
    return owners[o].start[i];
  }

  /** The k-th entry of one owner: its place in the list of the gradient. */
  int entry(int o, int k) {
    return (int) owners[o].keys[k];
  }

  /**
   * Calls {@code action} with the rows of one owner that have no entries, range by range: those
   * from its {@code from}-th row with entries to its {@code to}-th, the rows before the first with
   * it where {@code from} is 0, and the rows after the last where {@code to} is {@link #count}.
   */
  void forEachIdleRange(int o, int from, int to, RowRange action) {
    Owner mine = owners[o];
    int end = to == mine.count ? rows : mine.rows[to - 1];
    int next = from; // the next row with entries
    int row = from == 0 ? 0 : mine.rows[from - 1] + 1;
    while (row < end) {
      int left = RUN - row % RUN; // of the run
      int runEnd = end - row > left ? row + left : end;
      int stop = runEnd;
      if (ownerOf(row) == o) {
        stop = next < to && mine.rows[next] < runEnd ? mine.rows[next++] : runEnd;
        if (row < stop) {
          action.rows(row, stop - row);
        }
      }
      row = stop < runEnd ? stop + 1 : runEnd;
    }
  }

  /** What is done with rows that have no entries. */
  @FunctionalInterface
  interface RowRange {
    void rows(int first, int count);
  }

  /**
   * Runs of rows are spread over the owners by a hash: no division, and no pattern in the ids puts
   * all that is popular on one side.
   */
  private int ownerOf(int row) {
    long hash = (row / RUN * 0x9E3779B1L) & 0xFFFFFFFFL;
    return (int) (hash * owners.length >>> 32);
  }

  /** The entries of one owner's rows. */
  private static final class Owner {
    final int[] end; // [values of a digit]
    long[] keys = {}; // [entries] row in the upper half, entry in the lower
    long[] spare = {}; // [entries]
    int[] rows = {}; // [count]
    int[] start = {0}; // [count + 1]
    int count;

    Owner(int buckets) {
      end = new int[buckets];
    }

    void reserve(int entries) {
      if (keys.length < entries + 1) {
        int room = Math.max(entries, keys.length + keys.length / 2) + 1;
        keys = new long[room];
        spare = new long[room];
        rows = new int[room];
        start = new int[room + 1];
      }
    }

    void sort(int entries, int shift) {
      long[] from = keys;
      long[] to = spare;
      int mask = end.length - 1;
      Arrays.fill(end, 0);
      for (int i = 0; i < entries; i++) {
        end[(int) (from[i] >>> shift) & mask]++;
      }
      int sum = 0;
      for (int b = 0; b < end.length; b++) {
        int size = end[b];
        end[b] = sum;
        sum += size;
      }
      for (int i = 0; i < entries; i++) {
        long key = from[i];
        to[end[(int) (key >>> shift) & mask]++] = key;
      }
      keys = to;
      spare = from;
    }

    void split(int entries) {
      int n = 0;
      int last = -1;
      for (int i = 0; i < entries; i++) {
        int row = (int) (keys[i] >>> 32);
        n += row == last ? 0 : 1;
        rows[n - 1] = row;
        start[n] = i + 1;
        last = row;
      }
      count = n;
    }
  }
}
