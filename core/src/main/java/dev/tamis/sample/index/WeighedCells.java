package dev.tamis.sample.index;

import dev.tamis.math.AliasRuns;
import dev.tamis.math.Rng;
import dev.tamis.model.ItemTable;

/**
 * Items of a cell in proportion to weights that do not depend on the query: evenly for weights that
 * are all equal, and by popularity (FastVAE, samplers MIDX_Uni and MIDX_Pop). A cell's share is the
 * weight of its items, so {@code w P} is an item's weight. A draw costs O(1). Memory: 32 bytes an
 * item, 4 a cell.
 */
public final class WeighedCells implements CellItems {
  private final InvertedMultiIndex index;
  private final double[] weights; // [items]
  private final float[] logWeights; // [items]
  private final boolean even;
  private final float[] shares; // [cells]
  private final double[] byPlace; // [items, or none where even] weights
  private final AliasRuns table; // a run a cell, by place

  /**
   * @param weights [items] of an item in its cell; none may be 0
   */
  public WeighedCells(InvertedMultiIndex index, double[] weights) {
    this.index = index;
    this.weights = weights;
    this.logWeights = new float[weights.length];
    boolean same = true;
    for (int i = 0; i < weights.length; i++) {
      logWeights[i] = (float) StrictMath.log(weights[i]);
      same &= weights[i] == weights[0];
    }
    this.even = same;
    this.shares = new float[index.cells()];
    this.byPlace = new double[even ? 0 : weights.length];
    this.table = new AliasRuns(byPlace.length);
  }

  /** Memory in bytes. */
  public static long bytes(int items, int codewords) {
    return 32L * items + 4L * codewords * codewords;
  }

  @Override
  public void refresh(ItemTable items) {
    double total = 0;
    for (double weight : weights) {
      total += weight;
    }
    int[] start = index.start();
    for (int cell = 0; cell < shares.length; cell++) {
      double sum = 0;
      for (int place = start[cell]; place < start[cell + 1]; place++) {
        double weight = weights[index.members()[place]];
        sum += weight;
        if (!even) {
          byPlace[place] = weight;
        }
      }
      if (!even && start[cell] < start[cell + 1]) {
        table.build(byPlace, start[cell], start[cell + 1]);
      }
      shares[cell] = (float) (sum / total);
    }
  }

  @Override
  public float[] shares() {
    return shares;
  }

  @Override
  public Draws newDraws() {
    return even ? new Evenly() : new ByWeight();
  }

  /** Puts a place of its cell, each with the same probability, in place of each item. */
  private void drawPlaces(Rng rng, int[] cells, int from, int to, int[] items, int shift) {
    int[] start = index.start();
    for (int i = from; i < to; i++) {
      items[shift + i] = start[cells[i] + 1] - start[cells[i]];
    }
    rng.nextInts(items, from + shift, to + shift);
    for (int i = from; i < to; i++) {
      items[shift + i] += start[cells[i]];
    }
  }

  private final class Evenly implements Draws {
    @Override
    public void take(float[] q, int from) {}

    @Override
    public void draw(
        Rng rng, int[] cells, double[] logs, int from, int to, int[] items, int shift) {
      drawPlaces(rng, cells, from, to, items, shift);
      int[] members = index.members();
      for (int i = from; i < to; i++) {
        items[shift + i] = members[items[shift + i]];
      }
    }

    @Override
    public double log(int item) {
      return 0;
    }
  }

  private final class ByWeight implements Draws {
    private long[] coins = {};

    @Override
    public void take(float[] q, int from) {}

    @Override
    public void draw(
        Rng rng, int[] cells, double[] logs, int from, int to, int[] items, int shift) {
      drawPlaces(rng, cells, from, to, items, shift);
      if (coins.length < to - from) {
        coins = new long[to - from];
      }
      rng.nextLongs(coins, to - from);
      for (int i = from; i < to; i++) {
        items[shift + i] = table.take(items[shift + i], coins[i - from]);
      }
      // A loop of its own, so that loads which miss the cache are waited for together.
      int[] members = index.members();
      for (int i = from; i < to; i++) {
        int item = members[items[shift + i]];
        items[shift + i] = item;
        logs[i] += logWeights[item];
      }
    }

    @Override
    public double log(int item) {
      return logWeights[item];
    }
  }
}
