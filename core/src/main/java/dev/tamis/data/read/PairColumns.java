package dev.tamis.data.read;

import dev.tamis.config.TamisException;
import java.util.Arrays;

/**
 * Pairs in the order in which they come, in columns that grow by chunks and are given up by chunks:
 * 8 bytes a pair, 4 more with a rating and 8 more with a timestamp.
 *
 * <p>{@link #sortByUser} works in place, and each column is copied to its final array while its
 * chunks are freed, so nothing is ever there twice but one column at a time: at most 24 bytes a
 * pair.
 */
final class PairColumns {
  private static final int BITS = 14;
  private static final int CHUNK = 1 << BITS;
  private static final int MASK = CHUNK - 1;

  private final boolean rated;
  private final boolean timed;
  private int[][] users = new int[16][];
  private int[][] items = new int[16][];
  private float[][] ratings;
  private long[][] times;
  private int size;

  PairColumns(boolean rated, boolean timed) {
    this.rated = rated;
    this.timed = timed;
    this.ratings = new float[rated ? 16 : 0][];
    this.times = new long[timed ? 16 : 0][];
  }

  int size() {
    return size;
  }

  void add(int user, int item, float rating, long time) {
    int chunk = size >>> BITS;
    int at = size & MASK;
    if (at == 0) {
      addChunk(chunk);
    }
    users[chunk][at] = user;
    items[chunk][at] = item;
    if (rated) {
      ratings[chunk][at] = rating;
    }
    if (timed) {
      times[chunk][at] = time;
    }
    size++;
  }

  private void addChunk(int chunk) {
    if (chunk == (Integer.MAX_VALUE >>> BITS)) {
      throw TamisException.config(
          "there are more than "
              + size
              + " pairs, the most that are handled; raise the minimum rating, or split the file");
    }
    if (chunk == users.length) {
      users = Arrays.copyOf(users, 2 * chunk);
      items = Arrays.copyOf(items, 2 * chunk);
      ratings = rated ? Arrays.copyOf(ratings, 2 * chunk) : ratings;
      times = timed ? Arrays.copyOf(times, 2 * chunk) : times;
    }
    users[chunk] = new int[CHUNK];
    items[chunk] = new int[CHUNK];
    if (rated) {
      ratings[chunk] = new float[CHUNK];
    }
    if (timed) {
      times[chunk] = new long[CHUNK];
    }
  }

  /** Replaces every number by its rank. */
  void renumber(int[] userRank, int[] itemRank) {
    for (int e = 0; e < size; e++) {
      int[] u = users[e >>> BITS];
      u[e & MASK] = userRank[u[e & MASK]];
      int[] i = items[e >>> BITS];
      i[e & MASK] = itemRank[i[e & MASK]];
    }
  }

  /**
   * Brings the pairs of each user together, users ascending, in place (American flag sort), and
   * frees the user column.
   *
   * @return [userCount + 1] where each user's pairs start
   */
  int[] sortByUser(int userCount) {
    int[] start = new int[userCount + 1];
    for (int e = 0; e < size; e++) {
      start[users[e >>> BITS][e & MASK] + 1]++;
    }
    for (int u = 0; u < userCount; u++) {
      start[u + 1] += start[u];
    }
    int[] next = Arrays.copyOf(start, userCount);
    for (int u = 0; u < userCount; u++) {
      while (next[u] < start[u + 1]) {
        int here = next[u];
        int owner = users[here >>> BITS][here & MASK];
        if (owner == u) {
          next[u]++;
        } else {
          swap(here, next[owner]++);
        }
      }
    }
    users = null;
    return start;
  }

  private void swap(int a, int b) {
    swap(users[a >>> BITS], a & MASK, users[b >>> BITS], b & MASK);
    swap(items[a >>> BITS], a & MASK, items[b >>> BITS], b & MASK);
    if (rated) {
      float[] x = ratings[a >>> BITS];
      float[] y = ratings[b >>> BITS];
      float rating = x[a & MASK];
      x[a & MASK] = y[b & MASK];
      y[b & MASK] = rating;
    }
    if (timed) {
      long[] x = times[a >>> BITS];
      long[] y = times[b >>> BITS];
      long time = x[a & MASK];
      x[a & MASK] = y[b & MASK];
      y[b & MASK] = time;
    }
  }

  private static void swap(int[] x, int a, int[] y, int b) {
    int value = x[a];
    x[a] = y[b];
    y[b] = value;
  }

  /** The items as one array; the column is freed. */
  int[] takeItems() {
    int[] flat = new int[size];
    for (int c = 0; c << BITS < size; c++) {
      System.arraycopy(items[c], 0, flat, c << BITS, Math.min(CHUNK, size - (c << BITS)));
      items[c] = null;
    }
    return flat;
  }

  /** The ratings as one array, or null; the column is freed. */
  float[] takeRatings() {
    float[] flat = rated ? new float[size] : null;
    for (int c = 0; rated && c << BITS < size; c++) {
      System.arraycopy(ratings[c], 0, flat, c << BITS, Math.min(CHUNK, size - (c << BITS)));
      ratings[c] = null;
    }
    return flat;
  }

  /** The timestamps as one array, or null; the column is freed. */
  long[] takeTimes() {
    long[] flat = timed ? new long[size] : null;
    for (int c = 0; timed && c << BITS < size; c++) {
      System.arraycopy(times[c], 0, flat, c << BITS, Math.min(CHUNK, size - (c << BITS)));
      times[c] = null;
    }
    return flat;
  }
}
