package dev.tamis.sample;

import dev.tamis.kernels.Kernels;
import dev.tamis.math.Matrix;
import dev.tamis.model.PairModel;
import dev.tamis.model.Table;
import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a model of inner products would have scored after each of the last epochs, for any pair: it
 * keeps the queries and items of those epochs, so its memory does not depend on which pairs are
 * asked for. A score costs O(width) an epoch.
 */
public final class ScoreHistory {
  private final int[] taken = {0}; // [1] how often a model was taken up
  private final int[] users; // 0, 1, 2, ...
  private final Matrix[] queries; // [epochs] of [users x width]
  private final float[][] vectors; // [epochs][items x width]
  private final float[][] biases; // [epochs][items], or none
  private final int width;

  /**
   * @param width of queries and item vectors
   * @param bias whether items have a bias
   * @param epochs how many are remembered at most
   */
  public ScoreHistory(int users, int items, int width, boolean bias, int epochs) {
    this.users = new int[users];
    Arrays.setAll(this.users, u -> u);
    this.width = width;
    this.queries = new Matrix[epochs];
    Arrays.setAll(queries, e -> new Matrix(users, width));
    this.vectors = new float[epochs][Math.multiplyExact(items, width)];
    this.biases = new float[epochs][bias ? items : 0];
  }

  /** Memory in bytes, before it is made. */
  public static long bytes(int users, int items, int width, boolean bias, int epochs) {
    return 4L * epochs * (((long) users + items) * width + (bias ? items : 0)) + 4L * users;
  }

  /** Takes up a model at the end of an epoch, in place of the oldest where there is no room. */
  public void take(PairModel model) {
    int slot = taken[0]++ % queries.length;
    model.users().forward(users, 0, users.length, queries[slot]);
    Table items = model.items().vectors();
    System.arraycopy(items.values(), 0, vectors[slot], 0, vectors[slot].length);
    model
        .items()
        .bias()
        .ifPresent(bias -> System.arraycopy(bias.values(), 0, biases[slot], 0, bias.rows()));
  }

  /** How many epochs are remembered. */
  public int epochs() {
    return Math.min(taken[0], queries.length);
  }

  /**
   * Scores some items for a user in each epoch: {@code out} is [epochs x count] from its beginning.
   */
  public void score(int user, int[] items, int from, int count, float[] out) {
    for (int e = 0; e < epochs(); e++) {
      int at = e * count;
      Matrix q = queries[e];
      Kernels.dotRows(q.data, q.at(user), vectors[e], width, items, from, count, out, at);
      for (int i = 0; i < count && biases[e].length > 0; i++) {
        out[at + i] += biases[e][items[from + i]];
      }
    }
  }

  /** What must be kept to go on after an interruption: live arrays by name. */
  public SortedMap<String, Object> state() {
    TreeMap<String, Object> state = new TreeMap<>();
    state.put("history-taken", taken);
    for (int e = 0; e < queries.length; e++) {
      state.put("history-queries-" + e, queries[e].data);
      state.put("history-items-" + e, vectors[e]);
      state.put("history-biases-" + e, biases[e]);
    }
    return state;
  }
}
