package dev.tamis.eval;

import dev.tamis.data.HeldOut;
import dev.tamis.data.Interactions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Recall by how popular the items to be found are: items are sorted by how many training users have
 * them and cut into parts that have about as many items to be found each. Items that as many users
 * have stand in the same part, so parts may differ in size, and there may be fewer of them. Items
 * outside the catalogue are in no part.
 */
public final class PopularitySlices {
  /**
   * Items of about the same popularity.
   *
   * @param fewest the fewest training users that any of them has, {@code most} the most
   * @param items how many they are
   * @param recall [users of the held-out data] the share of a user's items to be found in this part
   *     that is among the first k of all; NaN for a user who has none in it
   */
  public record Slice(int fewest, int most, int items, double[] recall) {}

  private final Interactions target;
  private final int[] popularity; // [items]
  private final int[] slice; // [items] the part of each
  private final int k;
  private final double[][] hits; // [parts][users]
  private final double[][] wanted; // [parts][users]

  /**
   * Counts nothing yet; an {@link Evaluator} counts while it measures.
   *
   * @param heldOut what is to be found
   * @param train the training data, whose items are the model's
   * @param k how long the lists are
   * @param parts how many parts, at least 1
   */
  public PopularitySlices(HeldOut heldOut, Interactions train, int k, int parts) {
    this.target = heldOut.target();
    this.popularity = train.itemCounts();
    this.slice = slices(popularity, target, parts);
    this.k = k;
    this.hits = new double[parts][target.userCount()];
    this.wanted = new double[parts][target.userCount()];
    for (int u = 0; u < target.userCount(); u++) {
      for (int e = target.rowStart()[u]; e < target.rowStart()[u + 1]; e++) {
        wanted[slice[target.itemIds()[e]]][u]++;
      }
    }
  }

  /** How long the lists are. */
  int k() {
    return k;
  }

  /** Forgets what was counted. */
  void begin() {
    for (double[] part : hits) {
      Arrays.fill(part, 0);
    }
  }

  /** Counts the list of a user: from a place on, best first, -1 where it is shorter than k. */
  void add(int user, int[] lists, int from) {
    for (int i = from; i < from + k && lists[i] >= 0; i++) {
      if (target.contains(user, lists[i])) {
        hits[slice[lists[i]]][user]++;
      }
    }
  }

  /** The parts as they were counted, the rarest items first. */
  public List<Slice> found() {
    List<Slice> all = new ArrayList<>();
    for (int s = 0; s < hits.length; s++) {
      int fewest = Integer.MAX_VALUE;
      int most = 0;
      int items = 0;
      for (int i = 0; i < slice.length; i++) {
        if (slice[i] == s) {
          fewest = Math.min(fewest, popularity[i]);
          most = Math.max(most, popularity[i]);
          items++;
        }
      }
      double[] recall = new double[hits[s].length];
      boolean any = false;
      for (int u = 0; u < recall.length; u++) {
        any |= wanted[s][u] > 0;
        recall[u] = hits[s][u] / wanted[s][u]; // NaN where nothing is to be found
      }
      if (any) {
        all.add(new Slice(fewest, most, items, recall));
      }
    }
    return all;
  }

  /** [items] the part of each: by how many pairs to be found have a rarer item. */
  private static int[] slices(int[] popularity, Interactions target, int slices) {
    long[] pairs = new long[Arrays.stream(popularity).max().orElse(0) + 2]; // by popularity
    for (int item : target.itemIds()) {
      pairs[popularity[item] + 1]++;
    }
    for (int p = 1; p < pairs.length; p++) {
      pairs[p] += pairs[p - 1];
    }
    int[] slice = new int[popularity.length];
    for (int i = 0; i < slice.length; i++) {
      long rarer = pairs[popularity[i]];
      slice[i] = (int) Math.min(slices - 1, rarer * slices / Math.max(1, target.size()));
    }
    return slice;
  }
}
