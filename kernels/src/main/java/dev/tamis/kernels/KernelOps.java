package dev.tamis.kernels;

/**
 * The primitive operations, and the one order in which each reduces.
 *
 * <p><b>Reductions</b> ({@link #dot}, {@link #squaredDistance}, {@link #sum}, and the sum inside
 * {@link #logSumExp}) keep 64 partial sums, all starting at +0: element {@code i} is added, with
 * one fused multiply-add where there is a product, to partial {@code i mod 64}. At the end {@code
 * s[l] = (p[l] + p[l+16]) + (p[l+32] + p[l+48])} for {@code l} in 0..15, and the sixteen are folded
 * in halves: {@code s[l] += s[l+8]}, then {@code +4}, {@code +2}, {@code +1}; {@code s[0]} is the
 * result. A partial that no element reaches stays +0. {@code logSumExp(x)} is {@code max + log(sum
 * of exp(x - max))} with the functions of {@link ScalarMath}; {@code softmax} is {@code exp(x -
 * max) * (1 / sum)}.
 *
 * <p><b>Elementwise</b> operations do the same floating-point operations on each element whatever
 * its position. Arrays may be the same array only where a method says so. Lengths and offsets are
 * checked by {@link Kernels}, not here.
 */
interface KernelOps {
  /** "scalar", or "simd" with the vector width in bits: "simd-512". */
  String name();

  float dot(float[] a, int aFrom, float[] b, int bFrom, int n);

  void dotRows(
      float[] q,
      int qFrom,
      float[] table,
      int width,
      int[] rows,
      int from,
      int count,
      float[] out,
      int outFrom);

  float squaredDistance(float[] a, int aFrom, float[] b, int bFrom, int n);

  float sum(float[] x, int from, int n);

  float max(float[] x, int from, int n);

  void axpy(float alpha, float[] x, int xFrom, float[] y, int yFrom, int n);

  void axpyRows(
      float[] alpha,
      int alphaFrom,
      float[] table,
      int width,
      int[] rows,
      int from,
      int count,
      float[] y,
      int yFrom);

  void scale(float alpha, float[] x, int from, int n);

  float logSumExp(float[] x, int from, int n);

  float softmax(float[] x, int from, int n);

  void exp(float[] x, int xFrom, float[] y, int yFrom, int n);

  void log(float[] x, int xFrom, float[] y, int yFrom, int n);

  void tanh(float[] x, int xFrom, float[] y, int yFrom, int n);

  void sigmoid(float[] x, int xFrom, float[] y, int yFrom, int n);

  void softplus(float[] x, int xFrom, float[] y, int yFrom, int n);

  void adam(
      float[] w,
      int wFrom,
      float[] m,
      int mFrom,
      float[] v,
      int vFrom,
      float[] g,
      int gFrom,
      int n,
      AdamStep step);

  void adamIdle(
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
      float vDecay);

  void adagrad(
      float[] w,
      int wFrom,
      float[] a,
      int aFrom,
      float[] g,
      int gFrom,
      int n,
      float rate,
      float l2,
      float epsilon);

  void adamIdleSteps(
      float[] w,
      int wFrom,
      float[] m,
      int mFrom,
      float[] v,
      int vFrom,
      int n,
      AdamSteps steps,
      int from,
      int to);

  int selectAbove(float[] x, int from, int n, float threshold, int[] out, int outFrom);

  int countAbove(float[] x, int from, int n, float threshold);

  void poisson(float[] x, int from, int n, long[] bits, int bitsFrom);

  void searchRows(
      int[] sums, int width, int[] marks, int marksFrom, int[] found, int foundFrom, int n);

  void counterBits(long first, long second, long counter, long[] out, int n);

  /** The tile of {@link Gemm} that belongs to these kernels; it holds no state. */
  GemmTile gemmTile();
}
