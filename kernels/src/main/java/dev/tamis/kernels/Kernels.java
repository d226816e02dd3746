package dev.tamis.kernels;

import java.util.Objects;

/**
 * The vector kernels: every method checks its ranges once and runs the implementation that was
 * chosen at start.
 *
 * <p>Scalar and SIMD implementations return the same bits for the same input (NaN payloads aside)
 * on every machine, vector width and JDK; {@link KernelOps} states the order of each reduction.
 * {@code -Dtamis.kernels=scalar|simd|auto} chooses.
 */
public final class Kernels {
  private static final KernelOps OPS = KernelSelector.select();

  private Kernels() {}

  /** The implementation in use: "scalar", or for example "simd-512". */
  public static String name() {
    return OPS.name();
  }

  /** The inner product of {@code a[aFrom..aFrom+n)} and {@code b[bFrom..bFrom+n)}. */
  public static float dot(float[] a, int aFrom, float[] b, int bFrom, int n) {
    check(a, aFrom, n);
    check(b, bFrom, n);
    return OPS.dot(a, aFrom, b, bFrom, n);
  }

  /**
   * The inner products of one vector with gathered rows of a table: {@code out[outFrom + j] =
   * dot(q, table row rows[from + j])} for {@code j < count}, each with the order of {@link #dot}.
   *
   * @param table [rows x width], row-major
   * @param rows row numbers, each with {@code 0 <= row} and {@code (row + 1) * width <=
   *     table.length}
   */
  public static void dotRows(
      float[] q,
      int qFrom,
      float[] table,
      int width,
      int[] rows,
      int from,
      int count,
      float[] out,
      int outFrom) {
    check(q, qFrom, width);
    Objects.checkFromIndexSize(from, count, rows.length);
    check(out, outFrom, count);
    OPS.dotRows(q, qFrom, table, width, rows, from, count, out, outFrom);
  }

  /** The squared Euclidean distance of two vectors. */
  public static float squaredDistance(float[] a, int aFrom, float[] b, int bFrom, int n) {
    check(a, aFrom, n);
    check(b, bFrom, n);
    return OPS.squaredDistance(a, aFrom, b, bFrom, n);
  }

  /** The sum of {@code x[from..from+n)}; 0 for no element. */
  public static float sum(float[] x, int from, int n) {
    check(x, from, n);
    return OPS.sum(x, from, n);
  }

  /**
   * The largest of {@code x[from..from+n)}: negative infinity for no element, NaN if any is NaN.
   */
  public static float max(float[] x, int from, int n) {
    check(x, from, n);
    return OPS.max(x, from, n);
  }

  /** {@code y += alpha * x}, one fused multiply-add an element. */
  public static void axpy(float alpha, float[] x, int xFrom, float[] y, int yFrom, int n) {
    check(x, xFrom, n);
    check(y, yFrom, n);
    OPS.axpy(alpha, x, xFrom, y, yFrom, n);
  }

  /**
   * Adds gathered rows of a table, each with its factor, to one vector, in the order of {@code j}:
   * {@code y += alpha[alphaFrom + j] * (table row rows[from + j])} for {@code j < count}.
   *
   * @param table [rows x width], row-major
   */
  public static void axpyRows(
      float[] alpha,
      int alphaFrom,
      float[] table,
      int width,
      int[] rows,
      int from,
      int count,
      float[] y,
      int yFrom) {
    check(alpha, alphaFrom, count);
    Objects.checkFromIndexSize(from, count, rows.length);
    check(y, yFrom, width);
    OPS.axpyRows(alpha, alphaFrom, table, width, rows, from, count, y, yFrom);
  }

  /** {@code x *= alpha}. */
  public static void scale(float alpha, float[] x, int from, int n) {
    check(x, from, n);
    OPS.scale(alpha, x, from, n);
  }

  /**
   * {@code ln(sum(exp(x)))}, shifted by the maximum: negative infinity for no element or if all are
   * negative infinity, positive infinity if any is, NaN if any is NaN.
   */
  public static float logSumExp(float[] x, int from, int n) {
    check(x, from, n);
    return OPS.logSumExp(x, from, n);
  }

  /**
   * Replaces {@code x} by its softmax and returns the log-sum-exp of what it was. If every element
   * is negative infinity, all become 0; with a positive infinity or a NaN among them, all become
   * NaN.
   */
  public static float softmax(float[] x, int from, int n) {
    check(x, from, n);
    return OPS.softmax(x, from, n);
  }

  /** {@code y = exp(x)}, within 1.02 ulp; {@code x} and {@code y} may be the same range. */
  public static void exp(float[] x, int xFrom, float[] y, int yFrom, int n) {
    check(x, xFrom, n);
    check(y, yFrom, n);
    OPS.exp(x, xFrom, y, yFrom, n);
  }

  /** {@code y = ln(x)}, within 1 ulp; {@code x} and {@code y} may be the same range. */
  public static void log(float[] x, int xFrom, float[] y, int yFrom, int n) {
    check(x, xFrom, n);
    check(y, yFrom, n);
    OPS.log(x, xFrom, y, yFrom, n);
  }

  /** {@code y = tanh(x)}, within 1.4 ulp; {@code x} and {@code y} may be the same range. */
  public static void tanh(float[] x, int xFrom, float[] y, int yFrom, int n) {
    check(x, xFrom, n);
    check(y, yFrom, n);
    OPS.tanh(x, xFrom, y, yFrom, n);
  }

  /**
   * {@code y = 1 / (1 + exp(-x))}, within 2.4 ulp; {@code x} and {@code y} may be the same range.
   */
  public static void sigmoid(float[] x, int xFrom, float[] y, int yFrom, int n) {
    check(x, xFrom, n);
    check(y, yFrom, n);
    OPS.sigmoid(x, xFrom, y, yFrom, n);
  }

  /** {@code y = ln(1 + exp(x))}, within 2.9 ulp; {@code x} and {@code y} may be the same range. */
  public static void softplus(float[] x, int xFrom, float[] y, int yFrom, int n) {
    check(x, xFrom, n);
    check(y, yFrom, n);
    OPS.softplus(x, xFrom, y, yFrom, n);
  }

  /**
   * One Adam step on {@code n} elements: weights, first and second moments, gradient. See {@link
   * AdamStep}.
   */
  public static void adam(
      float[] w,
      int wFrom,
      float[] m,
      int mFrom,
      float[] v,
      int vFrom,
      float[] g,
      int gFrom,
      int n,
      AdamStep step) {
    check(w, wFrom, n);
    check(m, mFrom, n);
    check(v, vFrom, n);
    check(g, gFrom, n);
    OPS.adam(w, wFrom, m, mFrom, v, vFrom, g, gFrom, n, step);
  }

  /**
   * Moves {@code n} elements through Adam steps without gradient, all at once:
   *
   * <pre>
   * w = w - move * m / (sqrt(v * vScale) + epsilon);  m = m * mDecay;  v = v * vDecay
   * </pre>
   *
   * <p>The numbers are those of a row, so they do not come in an object, as those of a step do.
   *
   * @param move the sum of the step sizes, each shrunk by the decay of {@code m / sqrt(v)} up to
   *     its step
   * @param mDecay {@code beta1^k} after k idle steps
   * @param vDecay {@code beta2^k} after k idle steps
   */
  public static void adamIdle(
      float[] w,
      int wFrom,
      float[] m,
      int mFrom,
      float[] v,
      int vFrom,
      int n,
      float move,
      float vScale,
      float epsilon,
      float mDecay,
      float vDecay) {
    check(w, wFrom, n);
    check(m, mFrom, n);
    check(v, vFrom, n);
    OPS.adamIdle(w, wFrom, m, mFrom, v, vFrom, n, move, vScale, epsilon, mDecay, vDecay);
  }

  /**
   * One Adagrad step on {@code n} elements, of weights, sums of squares and gradient:
   *
   * <pre>
   * g' = g + l2 * w;  a = a + g'^2;  w = w - rate * g' / (sqrt(a) + epsilon)
   * </pre>
   */
  public static void adagrad(
      float[] w,
      int wFrom,
      float[] a,
      int aFrom,
      float[] g,
      int gFrom,
      int n,
      float rate,
      float l2,
      float epsilon) {
    check(w, wFrom, n);
    check(a, aFrom, n);
    check(g, gFrom, n);
    OPS.adagrad(w, wFrom, a, aFrom, g, gFrom, n, rate, l2, epsilon);
  }

  /**
   * Takes {@code n} elements through the steps {@code from..to} of a list, with a gradient of zero
   * in each: what {@link #adam} makes of it step by step, to the bit, without going to memory in
   * between.
   */
  public static void adamIdleSteps(
      float[] w,
      int wFrom,
      float[] m,
      int mFrom,
      float[] v,
      int vFrom,
      int n,
      AdamSteps steps,
      int from,
      int to) {
    check(w, wFrom, n);
    check(m, mFrom, n);
    check(v, vFrom, n);
    Objects.checkFromToIndex(from, to, steps.count());
    OPS.adamIdleSteps(w, wFrom, m, mFrom, v, vFrom, n, steps, from, to);
  }

  /**
   * Writes the positions {@code i} in 0..n with {@code x[from + i] > threshold}, ascending, to
   * {@code out} from {@code outFrom} and returns how many there are. NaN is never above.
   */
  public static int selectAbove(
      float[] x, int from, int n, float threshold, int[] out, int outFrom) {
    check(x, from, n);
    Objects.checkFromIndexSize(outFrom, n, out.length);
    return OPS.selectAbove(x, from, n, threshold, out, outFrom);
  }

  /** How many of {@code x[from..from+n)} are greater than {@code threshold}. */
  public static int countAbove(float[] x, int from, int n, float threshold) {
    check(x, from, n);
    return OPS.countAbove(x, from, n, threshold);
  }

  /** The greatest mean that {@link #poisson} takes. */
  public static float greatestPoissonMean() {
    return Coefficients.POISSON_MEAN;
  }

  /**
   * Replaces each mean {@code x[from + i]} by a draw from the Poisson law of that mean: the count
   * {@code c} with {@code P(at least c) > u >= P(at least c + 1)}, where {@code u} is a multiple of
   * 2^-31. The probabilities of counts differ from those of the law by less than 8e-7.
   *
   * @param x means from 0 to {@link #greatestPoissonMean}; with others what comes out is no draw
   * @param bits random bits, a half of each for an element, the lower first: {@code i} has half
   *     {@code i mod 2} of {@code bits[bitsFrom + i / 2]}
   */
  public static void poisson(float[] x, int from, int n, long[] bits, int bitsFrom) {
    check(x, from, n);
    Objects.checkFromIndexSize(bitsFrom, (n + 1) / 2, bits.length);
    OPS.poisson(x, from, n, bits, bitsFrom);
  }

  /**
   * Searches rows of ascending sums, many at once. On entry {@code found[foundFrom + i]} is the
   * number of a row; on return it is the index in {@code sums} of the first entry of that row that
   * exceeds {@code marks[marksFrom + i]}, or of the row's last entry where none does.
   *
   * @param sums [rows x width] each row ascending, from 0 up
   * @param width of a row, at least 1
   * @param marks from 0 up
   * @param found numbers of rows of {@code sums}; what happens with others is not stated
   * @throws IndexOutOfBoundsException if {@code marks} or {@code found} is too short
   */
  public static void searchRows(
      int[] sums, int width, int[] marks, int marksFrom, int[] found, int foundFrom, int n) {
    Objects.checkFromIndexSize(marksFrom, n, marks.length);
    Objects.checkFromIndexSize(foundFrom, n, found.length);
    OPS.searchRows(sums, width, marks, marksFrom, found, foundFrom, n);
  }

  /**
   * {@code out[i] = }{@link CounterBits#at}{@code (first, second, counter + i)} for {@code i < n}.
   */
  public static void counterBits(long first, long second, long counter, long[] out, int n) {
    Objects.checkFromIndexSize(0, n, out.length);
    OPS.counterBits(first, second, counter, out, n);
  }

  static GemmTile gemmTile() {
    return OPS.gemmTile();
  }

  private static void check(float[] x, int from, int n) {
    Objects.checkFromIndexSize(from, n, x.length);
  }
}
