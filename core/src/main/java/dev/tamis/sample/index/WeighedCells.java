package dev.tamis.sample.index;

import dev.tamis.math.Categorical;
import dev.tamis.math.Rng;
import dev.tamis.model.ItemTable;

/**
 * Items of a cell in proportion to weights that do not depend on the query: evenly for weights that
 * are all equal, and by popularity (FastVAE, samplers MIDX_Uni and MIDX_Pop). A cell's share is the
 * weight of its items, so {@code w P} is an item's weight. Cost of a draw: O(1) evenly, O(log
 * items) of the cell else. Memory: 20 bytes an item, 4 a cell.
 */
public final class WeighedCells implements CellItems {
  private final InvertedMultiIndex index;
  private final double[] weights; // [items]
  private final float[] logWeights; // [items]
  private final boolean even;
  private final float[] shares; // [cells]
  private final long[] sums; // [items] of weights by place, from the first of each cell on

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
    this.sums = new long[weights.length];
  }

  /** Memory in bytes. */
  public static long bytes(int items, int codewords) {
    return 20L * items + 4L * codewords * codewords;
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
        sum += weights[index.members()[place]];
        sums[place] = Double.doubleToRawLongBits(sum);
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

  private final class Evenly implements Draws {
    @Override
    public void take(float[] q, int from) {}

    @Override
    public void draw(
        Rng rng, int[] cells, double[] logs, int from, int to, int[] items, int shift) {
      int[] start = index.start();
      for (int i = from; i < to; i++) {
        items[shift + i] = start[cells[i] + 1] - start[cells[i]];
      }
      rng.nextInts(items, from + shift, to + shift);
      int[] members = index.members();
      for (int i = from; i < to; i++) {
        items[shift + i] = members[start[cells[i]] + items[shift + i]];
      }
    }

    @Override
    public double log(int item) {
      return 0;
    }
  }

  private final class ByWeight implements Draws {
    @Override
    public void take(float[] q, int from) {}

    @Override
    public void draw(
        Rng rng, int[] cells, double[] logs, int from, int to, int[] items, int shift) {
      int[] start = index.start();
      for (int i = from; i < to; i++) {
        int cell = cells[i];
        items[shift + i] = Categorical.first(sums, start[cell], start[cell + 1], rng.nextDouble());
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
