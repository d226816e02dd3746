package dev.tamis.eval;

import dev.tamis.data.HeldOut;
import dev.tamis.data.Interactions;
import dev.tamis.kernels.Workers;
import dev.tamis.rank.QueryBlock;
import dev.tamis.rank.Ranked;
import dev.tamis.rank.Recommender;
import dev.tamis.rank.Scorer;
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
  private static final int USERS_AT_A_TIME = 1 << 12;

  private PopularitySlices() {}

  /**
   * Items of about the same popularity.
   *
   * @param fewest the fewest training users that any of them has, {@code most} the most
   * @param items how many they are
   * @param recall [users of the held-out data] the share of a user's items to be found in this part
   *     that is among the first k of all; NaN for a user who has none in it
   */
  public record Slice(int fewest, int most, int items, double[] recall) {}

  /**
   * The parts, the rarest items first. Ranks every user with something to find once.
   *
   * @param train the training data, whose items are the model's
   * @param k how long the lists are
   * @param slices how many parts, at least 1
   */
  public static List<Slice> of(
      Scorer scorer, HeldOut heldOut, Interactions train, int k, int slices, Workers workers) {
    int[] popularity = train.itemCounts();
    int[] slice = slices(popularity, heldOut.target(), slices);
    int users = heldOut.target().userCount();
    double[][] found = new double[slices][users];
    double[][] wanted = new double[slices][users];
    Recommender recommender = new Recommender(scorer, workers);
    QueryBlock queries = new QueryBlock(USERS_AT_A_TIME);
    int[] block = new int[USERS_AT_A_TIME];
    Ranked ranked = new Ranked(USERS_AT_A_TIME, k);
    for (int u = 0; u < users; ) {
      queries.clear();
      for (; u < users && queries.rows < USERS_AT_A_TIME; u++) {
        if (heldOut.target().degree(u) > 0) {
          Interactions input = heldOut.input();
          block[queries.rows] = u;
          queries.append(
              heldOut.trained() ? u : -1,
              input.itemIds(),
              input.rowStart()[u],
              input.rowStart()[u + 1]);
        }
      }
      recommender.recommend(queries, ranked);
      for (int row = 0; row < queries.rows; row++) {
        count(heldOut.target(), block[row], ranked.itemsOf(row), slice, found, wanted);
      }
    }
    return recalls(popularity, slice, found, wanted);
  }

  private static void count(
      Interactions target, int user, int[] list, int[] slice, double[][] found, double[][] wanted) {
    for (int e = target.rowStart()[user]; e < target.rowStart()[user + 1]; e++) {
      wanted[slice[target.itemIds()[e]]][user]++;
    }
    for (int item : list) {
      if (target.contains(user, item)) {
        found[slice[item]][user]++;
      }
    }
  }

  private static List<Slice> recalls(
      int[] popularity, int[] slice, double[][] found, double[][] wanted) {
    List<Slice> all = new ArrayList<>();
    for (int s = 0; s < found.length; s++) {
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
      double[] recall = found[s];
      boolean any = false;
      for (int u = 0; u < recall.length; u++) {
        any |= wanted[s][u] > 0;
        recall[u] /= wanted[s][u]; // NaN where nothing is to be found
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
