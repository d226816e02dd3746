package dev.tamis.sample.index;

import dev.tamis.kernels.Kernels;
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
 * with a share {@code w} for each cell; each stage is rounded to 2^-30 of its sum. The exponential
 * of a sum is a product, so a query costs 2 K exponentials and a product of a K x K matrix and a
 * vector; the second stage is summed up for a k when it is first drawn. Cost of a query: O(K x
 * width + K^2), of a draw O(log K). Memory: 4 bytes a cell.
 */
public final class CellDraws {
  /**
   * What all shares of a stage come to, but for rounding: of each share that of a whole number is
   * left, so what has less than this part of its stage is not drawn.
   */
  private static final float ONE = 0x1p30f;

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
  private final int[] firstSums; // [codewords] shares of the first stage, summed up
  private final int[] secondSums; // [codewords x codewords] of the second stage, by k
  private final boolean[] summedUp; // [codewords] whether the second stage of a k is
  private long[] bits = {}; // [draws] random: the upper half for k, the lower for k'
  private int[] marks = {}; // [draws] the share at which each is
  private int[] rows = {}; // [draws] k of each

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
    this.firstSums = new int[codewords];
    this.secondSums = new int[index.cells()];
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
    }
    if (!(sum >= LEAST)) {
      takeSlowly();
      return;
    }
    for (int k = 0; k < codewords; k++) {
      firstSums[k] = (int) ((double) firstMasses[k] * rowMasses[k] * (ONE / sum));
    }
    sumUp(firstSums, 0);
    Arrays.fill(summedUp, false);
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
    double most = best();
    if (!Double.isFinite(most)) {
      Arrays.fill(firstScores, 0);
      Arrays.fill(secondScores, 0);
      most = 0;
    }
    double[] masses = new double[shares.length];
    double[] sums = new double[codewords]; // of a k
    double all = 0;
    for (int cell = 0; cell < shares.length; cell++) {
      masses[cell] = shares[cell] > 0 ? shares[cell] * StrictMath.exp(score(cell) - most) : 0;
      sums[cell / codewords] += masses[cell];
      all += masses[cell];
    }
    for (int cell = 0; cell < shares.length; cell++) {
      secondSums[cell] = (int) (masses[cell] / sums[cell / codewords] * ONE);
    }
    for (int k = 0; k < codewords; k++) {
      firstSums[k] = (int) (sums[k] / all * ONE);
      sumUp(secondSums, k * codewords);
    }
    sumUp(firstSums, 0);
    Arrays.fill(summedUp, true);
  }

  /** The largest score of a cell that has a share, or NaN if some score is. */
  private double best() {
    double most = Double.NEGATIVE_INFINITY;
    for (int cell = 0; cell < shares.length; cell++) {
      most = shares[cell] > 0 ? Math.max(most, score(cell)) : most;
    }
    return most;
  }

  /** {@code a_k + b_k'}: the logarithm of a cell's mass, but for its share. */
  public double score(int cell) {
    return (double) firstScores[cell / codewords] + secondScores[cell % codewords];
  }

  /** Fills {@code cells[from..to)} with draws, and {@code scores} with their scores. */
  public void draw(Rng rng, int[] cells, double[] scores, int from, int to) {
    int n = to - from;
    reserve(n);
    rng.nextLongs(bits, n);
    int last = firstSums[codewords - 1];
    for (int i = 0; i < n; i++) {
      marks[i] = (int) ((bits[i] >>> 32) * last >>> 32);
    }
    Arrays.fill(rows, 0, n, 0);
    Kernels.searchRows(firstSums, codewords, marks, 0, rows, 0, n);
    for (int i = 0; i < n; i++) {
      int k = rows[i];
      if (!summedUp[k]) {
        sumUp(k);
      }
      marks[i] = (int) ((bits[i] & 0xFFFFFFFFL) * secondSums[(k + 1) * codewords - 1] >>> 32);
    }
    System.arraycopy(rows, 0, cells, from, n);
    Kernels.searchRows(secondSums, codewords, marks, 0, cells, from, n);
    for (int i = 0; i < n; i++) {
      int k = rows[i]; // a division for each cell would take longer
      scores[from + i] = (double) firstScores[k] + secondScores[cells[from + i] - k * codewords];
    }
  }

  private void reserve(int draws) {
    if (rows.length < draws) {
      bits = new long[draws];
      marks = new int[draws];
      rows = new int[draws];
    }
  }

  private void sumUp(int k) {
    int row = k * codewords;
    float scale = ONE / rowMasses[k];
    for (int j = 0; j < codewords; j++) {
      secondSums[row + j] = (int) (shares[row + j] * secondMasses[j] * scale);
    }
    sumUp(secondSums, row);
    summedUp[k] = true;
  }

  /** Sums up shares that begin at {@code from}, in place. */
  private void sumUp(int[] shares, int from) {
    int sum = 0;
    for (int i = from; i < from + codewords; i++) {
      sum += shares[i];
      shares[i] = sum;
    }
  }
}
