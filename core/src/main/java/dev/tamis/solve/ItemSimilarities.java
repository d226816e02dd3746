package dev.tamis.solve;

import dev.tamis.config.TamisException;
import dev.tamis.kernels.Workers;
import java.util.function.IntConsumer;

/**
 * The items most similar to each item, by who has them. Pairs of items that no user has both of are
 * never looked at: one item costs the sum of its users' histories, and a thread holds one number an
 * item.
 */
public final class ItemSimilarities {
  /** What a user counts for when items are compared. */
  public enum Weighting {
    /** 1. */
    NONE,
    /** The rarer a user's items, the more: ln(items / (1 + history)). */
    TF_IDF,
    /** As TF-IDF, and an item with many users less, with k1 = 1.2 and b = 0.75. */
    BM25
  }

  /** How similar two items are, given the sum over users who have both. */
  public enum Measure {
    /** The sum by the lengths of both. */
    COSINE,
    /** The users of both by those of either. */
    JACCARD,
    /** The sum alone. */
    INNER_PRODUCT
  }

  private static final double K1 = 1.2;
  private static final double B = 0.75;

  private final SparseRows users;
  private final SparseRows items;
  private final Measure measure;
  private final double shrinkage;
  private final Workers workers;
  private final double[] userWeight; // [users] squared
  private final double[] itemWeight; // [items] by which an item's sums are multiplied
  private final double[] length; // [items] the root of the sum over its users

  /**
   * @param users the items of each user; values are not looked at
   * @param shrinkage added to what a sum is divided by
   */
  public ItemSimilarities(
      SparseRows users, Weighting weighting, Measure measure, double shrinkage, Workers workers) {
    this.users = users;
    this.items = users.transposed();
    this.measure = measure;
    this.shrinkage = shrinkage;
    this.workers = workers;
    int itemCount = users.columnCount();
    this.userWeight = new double[users.rowCount()];
    for (int u = 0; u < userWeight.length; u++) {
      double rarity = StrictMath.log(itemCount / (1.0 + users.degree(u)));
      userWeight[u] = weighting == Weighting.NONE ? 1 : rarity * rarity;
    }
    this.itemWeight = new double[itemCount];
    double average = (double) users.columns().length / itemCount;
    for (int i = 0; i < itemCount; i++) {
      double relative = 1 - B + B * items.degree(i) / average;
      itemWeight[i] = weighting == Weighting.BM25 ? (K1 + 1) / (K1 * relative + 1) : 1;
    }
    this.length = new double[itemCount];
    for (int i = 0; i < itemCount; i++) {
      double square = 0;
      for (int e = items.start()[i]; e < items.start()[i + 1]; e++) {
        square += userWeight[items.columns()[e]];
      }
      length[i] = itemWeight[i] * Math.sqrt(square);
    }
  }

  /**
   * Refuses what does not go together.
   *
   * @throws TamisException of kind CONFIG if sets are to be compared with weights
   */
  public static void check(Weighting weighting, Measure measure) {
    if (measure == Measure.JACCARD && weighting != Weighting.NONE) {
      throw TamisException.config(
          "jaccard compares sets of users, which have no weights; set weighting=none, or"
              + " similarity=cosine or inner-product");
    }
  }

  /**
   * Row {@code i} holds the {@code neighbours} items most similar to item {@code i}, itself left
   * out; equal ones by the smaller number.
   *
   * @param progress told how many of the {@link Rounds} over items are done
   */
  public SparseRows solve(int neighbours, IntConsumer progress) {
    int itemCount = items.rowCount();
    SparseWeights found = new SparseWeights(itemCount);
    float[][] sums = new float[workers.threads()][];
    Strongest[] strongest = new Strongest[workers.threads()];
    new Rounds(itemCount)
        .run(
            workers,
            progress,
            (item, worker) -> {
              if (sums[worker] == null) {
                sums[worker] = new float[itemCount];
                strongest[worker] = new Strongest();
              }
              neighbours(item, neighbours, sums[worker], strongest[worker], found);
            });
    return found.rows(itemCount);
  }

  private void neighbours(int item, int most, float[] sums, Strongest strongest, SparseWeights to) {
    for (int e = items.start()[item]; e < items.start()[item + 1]; e++) {
      int user = items.columns()[e];
      float weight = (float) userWeight[user];
      for (int f = users.start()[user]; f < users.start()[user + 1]; f++) {
        sums[users.columns()[f]] += weight;
      }
    }
    sums[item] = 0;
    strongest.begin(sums);
    // A sum becomes a similarity, negated as a mark that it was offered; then marks come off.
    for (int e = items.start()[item]; e < items.start()[item + 1]; e++) {
      int user = items.columns()[e];
      for (int f = users.start()[user]; f < users.start()[user + 1]; f++) {
        int other = users.columns()[f];
        if (sums[other] > 0) {
          sums[other] = -similarity(item, other, sums[other]);
          strongest.offer(other);
        }
      }
    }
    int[] columns = strongest.columns(most);
    for (int column : columns) {
      sums[column] = -sums[column];
    }
    to.set(item, columns, sums);
    for (int e = items.start()[item]; e < items.start()[item + 1]; e++) {
      int user = items.columns()[e];
      for (int f = users.start()[user]; f < users.start()[user + 1]; f++) {
        sums[users.columns()[f]] = 0;
      }
    }
  }

  private float similarity(int a, int b, double sum) {
    double product = sum * itemWeight[a] * itemWeight[b];
    return (float)
        switch (measure) {
          case COSINE -> product / (length[a] * length[b] + shrinkage);
          case JACCARD -> sum / (items.degree(a) + items.degree(b) - sum + shrinkage);
          case INNER_PRODUCT -> product / (1 + shrinkage);
        };
  }

  /** What solving holds in memory besides the neighbours, in bytes. */
  public static long bytes(int userCount, int itemCount, long pairs, int threads) {
    return 4 * pairs + 8L * userCount + 20L * itemCount + threads * 20L * itemCount;
  }
}
