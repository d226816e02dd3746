package dev.tamis.sample.index;

import dev.tamis.kernels.Kernels;
import dev.tamis.math.Categorical;
import dev.tamis.math.Rng;
import dev.tamis.model.ItemTable;
import dev.tamis.model.RowFetch;
import java.util.Arrays;

/**
 * Items of a cell by the softmax of what the codewords leave over of their scores (FastVAE, sampler
 * MIDX_Res). The codewords' part is the same for all items of a cell and drops out, so the scores
 * themselves are taken, biases included. A cell's share is the number of its items.
 *
 * <p>Item vectors are those of the last refresh, copied by cell. Cost: a score and an exponential
 * for each item of a cell when a query first draws it, about items / K^2 of them, then O(log) a
 * draw. Memory: the vectors, 8 bytes an item, 12 a cell, and for each thread 16 bytes an item and
 * 12 a cell.
 */
public final class ResidualCells implements CellItems {
  private final InvertedMultiIndex index;
  private final float[] vectors; // [items x width] by place
  private final float[] biases; // [items] by place
  private final int[] rows; // [items] 0, 1, 2, ...
  private final float[] shares; // [cells]
  private final double[] logCounts; // [cells] of the number of items

  public ResidualCells(InvertedMultiIndex index) {
    this.index = index;
    this.vectors = new float[Math.multiplyExact(index.items(), index.width())];
    this.biases = new float[index.items()];
    this.rows = new int[index.items()];
    Arrays.setAll(rows, place -> place);
    this.shares = new float[index.cells()];
    this.logCounts = new double[index.cells()];
  }

  /** Memory in bytes for so many threads. */
  public static long bytes(int items, int codewords, int width, int threads) {
    return 4L * items * width
        + 16L * items * threads
        + 8L * items
        + 12L * codewords * codewords * (threads + 1);
  }

  @Override
  public void refresh(ItemTable items) {
    int width = index.width();
    for (int place = 0; place < biases.length; place++) {
      int item = index.members()[place];
      System.arraycopy(items.vectors().values(), item * width, vectors, place * width, width);
      biases[place] = items.bias().isPresent() ? items.bias().get().values()[item] : 0;
    }
    for (int cell = 0; cell < shares.length; cell++) {
      int count = index.start()[cell + 1] - index.start()[cell];
      shares[cell] = (float) count / biases.length;
      logCounts[cell] = StrictMath.log(count);
    }
  }

  @Override
  public float[] shares() {
    return shares;
  }

  @Override
  public Draws newDraws() {
    return new BySoftmax();
  }

  private final class BySoftmax implements Draws {
    private final float[] scores = new float[index.items()]; // by place, of cells that were drawn
    private final float[] masses = new float[index.items()]; // exp(score - most of the cell)
    private final long[] sums = new long[index.items()]; // of masses, from the first of a cell on
    private final double[] logs = new double[index.cells()]; // ln(count / sum of exp(score))
    private final int[] scoredBy = new int[index.cells()]; // the query that last drew a cell
    private float[] query;
    private int at;
    private int queries;

    @Override
    public void take(float[] q, int from) {
      query = q;
      at = from;
      if (++queries == 0) { // after 2^32 of them
        Arrays.fill(scoredBy, 0);
        queries = 1;
      }
    }

    @Override
    public void draw(
        Rng rng, int[] cells, double[] logs, int from, int to, int[] items, int shift) {
      int[] start = index.start();
      for (int i = from; i < to; i++) {
        int cell = cells[i];
        score(cell);
        int place = Categorical.first(sums, start[cell], start[cell + 1], rng.nextDouble());
        logs[i] += this.logs[cell] + scores[place];
        items[shift + i] = index.members()[place];
      }
    }

    @Override
    public double log(int item) {
      int cell = index.cell(item);
      score(cell);
      return logs[cell] + scores[index.place(item)];
    }

    private void score(int cell) {
      if (scoredBy[cell] == queries) {
        return;
      }
      scoredBy[cell] = queries;
      int from = index.start()[cell];
      int to = index.start()[cell + 1];
      int width = index.width();
      RowFetch.fetch(vectors, width, rows, from, to - from);
      Kernels.dotRows(query, at, vectors, width, rows, from, to - from, scores, from);
      float most = Float.NEGATIVE_INFINITY;
      for (int place = from; place < to; place++) {
        scores[place] += biases[place];
        most = Math.max(most, scores[place]);
      }
      for (int place = from; place < to; place++) {
        masses[place] = scores[place] - most;
      }
      Kernels.exp(masses, from, masses, from, to - from);
      double sum = Categorical.sumUp(masses, from, to - from, sums, from);
      logs[cell] = logCounts[cell] - most - StrictMath.log(sum);
    }
  }
}
