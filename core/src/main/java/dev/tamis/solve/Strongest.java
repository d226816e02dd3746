package dev.tamis.solve;

import java.util.Arrays;

/**
 * Picks the strongest of some weights: those farthest from zero, equal ones by the smaller column.
 * Scratch of one thread.
 */
final class Strongest {
  private long[] keys = {}; // strength, then smaller column; no two are equal
  private float[] weights; // by column
  private int count;

  /** Begins with nothing offered, from weights by column. */
  void begin(float[] byColumn) {
    weights = byColumn;
    count = 0;
  }

  /** Offers a column; a weight of 0 is never taken. */
  void offer(int column) {
    int strength = Float.floatToRawIntBits(Math.abs(weights[column]));
    if (strength == 0) {
      return;
    }
    if (count == keys.length) {
      keys = Arrays.copyOf(keys, Math.max(64, 2 * count));
    }
    // Bits of positive floats are in the order of the floats.
    keys[count++] = ((long) strength << 32) | (~column & 0xFFFFFFFFL);
  }

  /** The columns of the strongest {@code most}, ascending. */
  int[] columns(int most) {
    int taken = Math.min(most, count);
    if (taken < count) {
      select(taken);
    }
    int[] columns = new int[taken];
    for (int i = 0; i < taken; i++) {
      columns[i] = ~(int) keys[i];
    }
    Arrays.sort(columns);
    return columns;
  }

  /** Moves the greatest {@code most} keys to the front, in no order. */
  private void select(int most) {
    int low = 0;
    int high = count - 1;
    while (low < high) {
      long pivot = keys[(low + high) >>> 1];
      int i = low;
      int j = high;
      while (i <= j) {
        while (keys[i] > pivot) {
          i++;
        }
        while (keys[j] < pivot) {
          j--;
        }
        if (i <= j) {
          long key = keys[i];
          keys[i++] = keys[j];
          keys[j--] = key;
        }
      }
      if (most - 1 <= j) {
        high = j;
      } else if (most - 1 >= i) {
        low = i;
      } else {
        return;
      }
    }
  }
}
