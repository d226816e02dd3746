package dev.tamis.sample;

import dev.tamis.data.Interactions;
import dev.tamis.math.AliasTable;
import dev.tamis.math.Rng;
import java.util.Optional;

/**
 * A distribution over all items that never changes and is the same for every user, whose positives
 * may be drawn. Cost of a draw: O(1).
 */
public final class ItemDistribution {
  private final int items;
  private final Optional<AliasTable> table; // empty where all items are equally likely
  private final float[] logProbability; // [items], or [1] where all are equally likely

  private ItemDistribution(int items, Optional<AliasTable> table, float[] logProbability) {
    this.items = items;
    this.table = table;
    this.logProbability = logProbability;
  }

  /** Every item with the same probability. */
  public static ItemDistribution uniform(int items) {
    float[] logProbability = {(float) -StrictMath.log(items)};
    return new ItemDistribution(items, Optional.empty(), logProbability);
  }

  /** Items by their popularity in training; one that was never seen is never drawn. */
  public static ItemDistribution byPopularity(Interactions train, Popularity popularity) {
    return byWeights(popularity.weights(train.itemCounts()));
  }

  /**
   * Items in proportion to weights; one of weight 0 is never drawn.
   *
   * @param weights [items] finite with a finite sum, not negative, not all zero
   * @throws IllegalArgumentException if they are not so
   */
  public static ItemDistribution byWeights(double[] weights) {
    AliasTable table = new AliasTable(weights);
    double total = 0;
    for (double weight : weights) {
      total += weight;
    }
    float[] logProbability = new float[weights.length];
    for (int i = 0; i < weights.length; i++) {
      logProbability[i] = (float) StrictMath.log(weights[i] / total);
    }
    return new ItemDistribution(weights.length, Optional.of(table), logProbability);
  }

  /** How many items there are. */
  public int items() {
    return items;
  }

  /** Whether every item has the same probability. */
  public boolean isUniform() {
    return table.isEmpty();
  }

  /** A random item. */
  public int draw(Rng rng) {
    return isUniform() ? rng.nextInt(items) : table.get().draw(rng);
  }

  /** Fills {@code ids[from..to)} with draws. */
  public void draw(Rng rng, int[] ids, int from, int to) {
    if (isUniform()) {
      for (int i = from; i < to; i++) {
        ids[i] = rng.nextInt(items);
      }
    } else {
      AliasTable drawn = table.get();
      for (int i = from; i < to; i++) {
        ids[i] = drawn.draw(rng);
      }
    }
  }

  /** The log-probability of an item. */
  public float logProbability(int item) {
    return logProbability[isUniform() ? 0 : item];
  }
}
