package dev.tamis.sample.index;

import dev.tamis.kernels.Kernels;
import dev.tamis.math.Categorical;
import dev.tamis.math.Rng;
import java.util.Arrays;

/**
 * Draws cells of an inverted multi-index for one query after another, on one thread, in two stages:
 * a codeword k of the first half, then one k' of the second (FastVAE, section 4):
 *
 * <pre>
 * P(k, k') = w_kk' exp(a_k + b_k') / sum of the same over all cells
 * a_k = q1 . c1_k,   b_k' = q2 . c2_k'   for the halves q1, q2 of the query
 * </pre>
 *
 * with a share {@code w} for each cell. The exponential of a sum is a product, so a query costs 2 K
 * exponentials and a product of a K x K matrix and a vector; the second stage is summed up for a k
 * when it is first drawn. Cost of a query: O(K x width + K^2), of a draw O(log K). Memory: 8 bytes
 * a cell.
 */
public final class CellDraws {
  /**
   * Mass below which shares may have been lost. One that was is smaller by 18 powers of ten: the
   * least that {@code exp} gives is about 1e-38.
   */
  private static final double LEAST = 1e-20;

  private final InvertedMultiIndex index;
  private final float[] shares; // [cells] live
  private final int codewords;
  private final int[] all; // 0, 1, 2, ... as many as rows of any table
  private final float[] firstScores; // [codewords] a
  private final float[] secondScores; // [codewords] b
  private final float[] firstMasses; // [codewords] exp(a - the largest a)
  private final float[] secondMasses; // [codewords] exp(b - the largest b)
  private final float[] rowMasses; // [codewords] sum over k' of w exp(b - the largest b)
  private final long[] firstSums; // [codewords] of the first stage, as Categorical has them
  private final long[] secondSums; // [codewords x codewords] of the second stage, by k
  private final boolean[] summedUp; // [codewords] whether the second stage of a k is
  private int[] drawnRows = {}; // [draws] k of each

  /**
   * @param shares [cells] how much of all each cell is: 0 for an empty one, and 1 together; is
   *     kept, and looked at in every draw
   */
  public CellDraws(InvertedMultiIndex index, float[] shares) {
    this.index = index;
    this.shares = shares;
    this.codewords = index.codewords();
    this.all = new int[Math.max(codewords, index.firstWidth())];
    Arrays.setAll(all, k -> k);
    this.firstScores = new float[codewords];
    this.secondScores = new float[codewords];
    this.firstMasses = new float[codewords];
    this.secondMasses = new float[codewords];
    this.rowMasses = new float[codewords];
    this.firstSums = new long[codewords];
    this.secondSums = new long[index.cells()];
    this.summedUp = new boolean[codewords];
  }

  /** Takes up the query at {@code q[from..from + width)}. */
  public void take(float[] q, int from) {
    int half = index.firstWidth();
    multiply(q, from, half, index.firstColumns(), firstScores);
    multiply(q, from + half, index.width() - half, index.secondColumns(), secondScores);
    exponentials(firstScores, firstMasses);
    exponentials(secondScores, secondMasses);
    Kernels.dotRows(secondMasses, 0, shares, codewords, all, 0, codewords, rowMasses, 0);
    double sum = 0;
    for (int k = 0; k < codewords; k++) {
      sum += (double) firstMasses[k] * rowMasses[k];
      firstSums[k] = Double.doubleToRawLongBits(sum);
    }
    Arrays.fill(summedUp, false);
    if (!(sum >= LEAST)) {
      takeSlowly();
    }
  }

  /** Half of a query by all codewords of it, one column of the codebook after the other. */
  private void multiply(float[] q, int from, int width, float[] columns, float[] out) {
    Arrays.fill(out, 0);
    Kernels.axpyRows(q, from, columns, codewords, all, 0, width, out, 0);
  }

  private void exponentials(float[] scores, float[] out) {
    float most = Kernels.max(scores, 0, codewords);
    for (int k = 0; k < codewords; k++) {
      out[k] = scores[k] - most;
    }
    Kernels.exp(out, 0, out, 0, codewords);
  }

  /**
   * For a query whose best pair of codewords is an empty cell, and all others far behind it: every
   * cell by the best that has members. A query that is no number draws by shares alone.
   */
  private void takeSlowly() {
    float most = best();
    if (!Float.isFinite(most)) {
      Arrays.fill(firstScores, 0);
      Arrays.fill(secondScores, 0);
      most = 0;
    }
    double all = 0;
    for (int k = 0; k < codewords; k++) {
      double sum = 0;
      for (int cell = k * codewords; cell < (k + 1) * codewords; cell++) {
        sum += shares[cell] > 0 ? shares[cell] * StrictMath.exp(score(cell) - most) : 0;
        secondSums[cell] = Double.doubleToRawLongBits(sum);
      }
      all += sum;
      firstSums[k] = Double.doubleToRawLongBits(all);
    }
    Arrays.fill(summedUp, true);
  }

  /** The largest score of a cell that has a share, or NaN if some score is. */
  private float best() {
    float most = Float.NEGATIVE_INFINITY;
    for (int cell = 0; cell < shares.length; cell++) {
      most = shares[cell] > 0 ? Math.max(most, (float) score(cell)) : most;
    }
    return most;
  }

  /** {@code a_k + b_k'}: the logarithm of a cell's mass, but for its share. */
  public double score(int cell) {
    return (double) firstScores[cell / codewords] + secondScores[cell % codewords];
  }

  /** Fills {@code cells[from..to)} with draws, and {@code scores} with their scores. */
  public void draw(Rng rng, int[] cells, double[] scores, int from, int to) {
    share(rng, scores, from, to);
    Arrays.fill(cells, from, to, 0);
    Categorical.first(firstSums, codewords, scores, cells, from, to);
    reserve(to - from);
    System.arraycopy(cells, from, drawnRows, 0, to - from);
    for (int i = from; i < to; i++) {
      if (!summedUp[cells[i]]) {
        sumUp(cells[i]);
      }
    }
    share(rng, scores, from, to);
    Categorical.first(secondSums, codewords, scores, cells, from, to);
    for (int i = from; i < to; i++) {
      int k = drawnRows[i - from]; // a division for each cell would take longer
      scores[i] = (double) firstScores[k] + secondScores[cells[i] - k * codewords];
    }
  }

  private void reserve(int draws) {
    if (drawnRows.length < draws) {
      drawnRows = new int[draws];
    }
  }

  private static void share(Rng rng, double[] shares, int from, int to) {
    for (int i = from; i < to; i++) {
      shares[i] = rng.nextDouble();
    }
  }

  private void sumUp(int k) {
    double sum = 0;
    int row = k * codewords;
    for (int j = 0; j < codewords; j++) {
      sum += (double) shares[row + j] * secondMasses[j];
      secondSums[row + j] = Double.doubleToRawLongBits(sum);
    }
    summedUp[k] = true;
  }
}
