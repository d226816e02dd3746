package dev.tamis.rank;

import dev.tamis.kernels.Kernels;
import java.util.Arrays;

/**
 * The best {@code k} items of each row so far. Scores are offered in runs of ascending items; only
 * those above a row's threshold are looked at one by one. They gather in a buffer of more than
 * {@code k} places; when it is full, it is cut back to its best {@code k} and the threshold rises
 * to the worst of these. Since items ascend, an item that equals the threshold loses by its number.
 *
 * <p>A score and its item are packed in a long whose order is the ranking: higher score, then
 * smaller item. No two are equal, so what is selected does not depend on how.
 */
final class TopItems {
  private static final int LEAST_SLACK = 64;

  private final int k;
  private final int itemCount;
  private final int capacity;
  private final long[] keys; // [rows x capacity]
  private final int[] sizes; // [rows]
  private final float[] thresholds; // [rows]
  private final int[] taken; // [k] items of a list, ascending

  TopItems(int rows, int k, int itemCount) {
    this.k = k;
    this.itemCount = itemCount;
    this.capacity = capacity(k, itemCount);
    this.keys = new long[Math.multiplyExact(rows, capacity)];
    this.sizes = new int[rows];
    this.thresholds = new float[rows];
    this.taken = new int[Math.min(k, itemCount)];
  }

  /** How many places the buffer of a row has. */
  static int capacity(int k, int itemCount) {
    return (int) Math.min(itemCount, k + (long) Math.max(k, LEAST_SLACK));
  }

  /** Forgets everything. */
  void clear(int rows) {
    Arrays.fill(sizes, 0, rows, 0);
    Arrays.fill(thresholds, 0, rows, Float.NEGATIVE_INFINITY);
  }

  /**
   * Offers the scores {@code x[from..from + n)} of items {@code firstItem} and following; negative
   * infinity and NaN are never taken.
   *
   * @param positions [at least n] scratch
   */
  void offer(int row, float[] x, int from, int n, int firstItem, int[] positions) {
    float threshold = thresholds[row];
    int base = row * capacity;
    int size = sizes[row];
    int above = Kernels.selectAbove(x, from, n, threshold, positions, 0);
    for (int j = 0; j < above; j++) {
      float score = x[from + positions[j]];
      if (score > threshold) {
        if (size == capacity) {
          threshold = cut(base, size);
          size = k;
          if (!(score > threshold)) {
            continue;
          }
        }
        keys[base + size++] = key(score, firstItem + positions[j]);
      }
    }
    sizes[row] = size;
    thresholds[row] = threshold;
  }

  /**
   * Writes the best items of a row to row {@code outRow}, and after them, where there is room, the
   * items scored negative infinity that row {@code outRow} of the exclusions leaves.
   */
  void write(int row, Exclusions exclusions, Ranked out, int outRow) {
    int base = row * capacity;
    int size = sizes[row];
    if (size > k) {
      cut(base, size);
      size = k;
    }
    Arrays.sort(keys, base, base + size);
    int place = outRow * out.k;
    for (int i = size - 1; i >= 0; i--) {
      out.items[place] = item(keys[base + i]);
      out.scores[place++] = score(keys[base + i]);
    }
    int end = (outRow + 1) * out.k;
    Arrays.fill(out.items, place, end, -1);
    Arrays.fill(out.scores, place, end, Float.NEGATIVE_INFINITY);
    int excluded = exclusions.start()[outRow + 1] - exclusions.start()[outRow];
    int wanted = Math.min(k, itemCount - excluded);
    if (size < wanted) {
      fill(size, wanted, exclusions, out, outRow);
    }
    out.counts[outRow] = wanted;
  }

  private void fill(int size, int wanted, Exclusions exclusions, Ranked out, int outRow) {
    int place = outRow * out.k;
    System.arraycopy(out.items, place, taken, 0, size);
    Arrays.sort(taken, 0, size);
    int e = exclusions.start()[outRow];
    int end = exclusions.start()[outRow + 1];
    int t = 0;
    for (int item = 0, next = size; next < wanted; item++) {
      if (e < end && exclusions.items()[e] == item) {
        e++;
      } else if (t < size && taken[t] == item) {
        t++;
      } else {
        out.items[place + next++] = item;
      }
    }
  }

  /** Moves the best k keys to the front, the k-th best to its place, and returns its score. */
  private float cut(int base, int size) {
    int low = base;
    int high = base + size - 1;
    int target = base + k - 1;
    while (low < high) {
      // Every key is swapped, and only how far the front grows depends on it: no branch to
      // mispredict.
      int middle = (low + high) >>> 1;
      long pivot = median(keys[low], keys[middle], keys[high]);
      int front = low;
      for (int i = low; i <= high; i++) {
        long key = keys[i];
        keys[i] = keys[front];
        keys[front] = key;
        front += key > pivot ? 1 : 0;
      }
      if (target < front) {
        high = front - 1;
      } else {
        // The pivot is the best of the rest: bring it there, so that the rest gets smaller.
        int at = front;
        while (keys[at] != pivot) {
          at++;
        }
        keys[at] = keys[front];
        keys[front] = pivot;
        if (target == front) {
          break;
        }
        low = front + 1;
      }
    }
    return score(keys[target]);
  }

  private static long median(long a, long b, long c) {
    return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
  }

  private static long key(float score, int item) {
    int bits = Float.floatToRawIntBits(score + 0f); // -0 becomes +0, which it equals
    int ordered = bits ^ ((bits >> 31) & 0x7FFFFFFF);
    return ((long) ordered << 32) | (~item & 0xFFFFFFFFL);
  }

  private static int item(long key) {
    return ~(int) key;
  }

  private static float score(long key) {
    int ordered = (int) (key >> 32);
    return Float.intBitsToFloat(ordered ^ ((ordered >> 31) & 0x7FFFFFFF));
  }
}
