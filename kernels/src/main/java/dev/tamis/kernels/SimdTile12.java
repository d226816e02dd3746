package dev.tamis.kernels;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * A tile of 12 rows by two vectors: 24 accumulators, for machines with 32 vector registers.
 *
 * <p>The accumulators are local variables, and the loop has nothing else in it, because otherwise
 * the compiler boxes the vectors.
 */
final class SimdTile12 implements GemmTile {
  private static final VectorSpecies<Float> S = SimdMath.S;
  private static final int W = S.length();

  @Override
  public int rows() {
    return 12;
  }

  @Override
  public int columns() {
    return 2 * W;
  }

  @Override
  public void multiply(
      int k,
      float[] a,
      int aFrom,
      int lane,
      int step,
      float[] b,
      int bFrom,
      float[] c,
      int cFrom,
      int ldc,
      boolean add) {
    if (lane != 1 || step != 12) {
      SimdStridedRows.multiply(k, a, aFrom, lane, step, b, bFrom, c, cFrom, ldc, add);
      SimdStridedRows.multiply(
          k, a, aFrom + 6 * lane, lane, step, b, bFrom, c, cFrom + 6 * ldc, ldc, add);
      return;
    }
    FloatVector x0 = FloatVector.zero(S);
    FloatVector y0 = FloatVector.zero(S);
    FloatVector x1 = FloatVector.zero(S);
    FloatVector y1 = FloatVector.zero(S);
    FloatVector x2 = FloatVector.zero(S);
    FloatVector y2 = FloatVector.zero(S);
    FloatVector x3 = FloatVector.zero(S);
    FloatVector y3 = FloatVector.zero(S);
    FloatVector x4 = FloatVector.zero(S);
    FloatVector y4 = FloatVector.zero(S);
    FloatVector x5 = FloatVector.zero(S);
    FloatVector y5 = FloatVector.zero(S);
    FloatVector x6 = FloatVector.zero(S);
    FloatVector y6 = FloatVector.zero(S);
    FloatVector x7 = FloatVector.zero(S);
    FloatVector y7 = FloatVector.zero(S);
    FloatVector x8 = FloatVector.zero(S);
    FloatVector y8 = FloatVector.zero(S);
    FloatVector x9 = FloatVector.zero(S);
    FloatVector y9 = FloatVector.zero(S);
    FloatVector x10 = FloatVector.zero(S);
    FloatVector y10 = FloatVector.zero(S);
    FloatVector x11 = FloatVector.zero(S);
    FloatVector y11 = FloatVector.zero(S);
    if (add) {
      x0 = FloatVector.fromArray(S, c, cFrom);
      y0 = FloatVector.fromArray(S, c, cFrom + W);
      x1 = FloatVector.fromArray(S, c, cFrom + ldc);
      y1 = FloatVector.fromArray(S, c, cFrom + ldc + W);
      x2 = FloatVector.fromArray(S, c, cFrom + 2 * ldc);
      y2 = FloatVector.fromArray(S, c, cFrom + 2 * ldc + W);
      x3 = FloatVector.fromArray(S, c, cFrom + 3 * ldc);
      y3 = FloatVector.fromArray(S, c, cFrom + 3 * ldc + W);
      x4 = FloatVector.fromArray(S, c, cFrom + 4 * ldc);
      y4 = FloatVector.fromArray(S, c, cFrom + 4 * ldc + W);
      x5 = FloatVector.fromArray(S, c, cFrom + 5 * ldc);
      y5 = FloatVector.fromArray(S, c, cFrom + 5 * ldc + W);
      x6 = FloatVector.fromArray(S, c, cFrom + 6 * ldc);
      y6 = FloatVector.fromArray(S, c, cFrom + 6 * ldc + W);
      x7 = FloatVector.fromArray(S, c, cFrom + 7 * ldc);
      y7 = FloatVector.fromArray(S, c, cFrom + 7 * ldc + W);
      x8 = FloatVector.fromArray(S, c, cFrom + 8 * ldc);
      y8 = FloatVector.fromArray(S, c, cFrom + 8 * ldc + W);
      x9 = FloatVector.fromArray(S, c, cFrom + 9 * ldc);
      y9 = FloatVector.fromArray(S, c, cFrom + 9 * ldc + W);
      x10 = FloatVector.fromArray(S, c, cFrom + 10 * ldc);
      y10 = FloatVector.fromArray(S, c, cFrom + 10 * ldc + W);
      x11 = FloatVector.fromArray(S, c, cFrom + 11 * ldc);
      y11 = FloatVector.fromArray(S, c, cFrom + 11 * ldc + W);
    }
    for (int l = 0, i = aFrom, j = bFrom; l < k; l++, i += 12, j += 2 * W) {
      FloatVector left = FloatVector.fromArray(S, b, j);
      FloatVector right = FloatVector.fromArray(S, b, j + W);
      FloatVector a0 = FloatVector.broadcast(S, a[i]);
      x0 = a0.fma(left, x0);
      y0 = a0.fma(right, y0);
      FloatVector a1 = FloatVector.broadcast(S, a[i + 1]);
      x1 = a1.fma(left, x1);
      y1 = a1.fma(right, y1);
      FloatVector a2 = FloatVector.broadcast(S, a[i + 2]);
      x2 = a2.fma(left, x2);
      y2 = a2.fma(right, y2);
      FloatVector a3 = FloatVector.broadcast(S, a[i + 3]);
      x3 = a3.fma(left, x3);
      y3 = a3.fma(right, y3);
      FloatVector a4 = FloatVector.broadcast(S, a[i + 4]);
      x4 = a4.fma(left, x4);
      y4 = a4.fma(right, y4);
      FloatVector a5 = FloatVector.broadcast(S, a[i + 5]);
      x5 = a5.fma(left, x5);
      y5 = a5.fma(right, y5);
      FloatVector a6 = FloatVector.broadcast(S, a[i + 6]);
      x6 = a6.fma(left, x6);
      y6 = a6.fma(right, y6);
      FloatVector a7 = FloatVector.broadcast(S, a[i + 7]);
      x7 = a7.fma(left, x7);
      y7 = a7.fma(right, y7);
      FloatVector a8 = FloatVector.broadcast(S, a[i + 8]);
      x8 = a8.fma(left, x8);
      y8 = a8.fma(right, y8);
      FloatVector a9 = FloatVector.broadcast(S, a[i + 9]);
      x9 = a9.fma(left, x9);
      y9 = a9.fma(right, y9);
      FloatVector a10 = FloatVector.broadcast(S, a[i + 10]);
      x10 = a10.fma(left, x10);
      y10 = a10.fma(right, y10);
      FloatVector a11 = FloatVector.broadcast(S, a[i + 11]);
      x11 = a11.fma(left, x11);
      y11 = a11.fma(right, y11);
    }
    x0.intoArray(c, cFrom);
    y0.intoArray(c, cFrom + W);
    x1.intoArray(c, cFrom + ldc);
    y1.intoArray(c, cFrom + ldc + W);
    x2.intoArray(c, cFrom + 2 * ldc);
    y2.intoArray(c, cFrom + 2 * ldc + W);
    x3.intoArray(c, cFrom + 3 * ldc);
    y3.intoArray(c, cFrom + 3 * ldc + W);
    x4.intoArray(c, cFrom + 4 * ldc);
    y4.intoArray(c, cFrom + 4 * ldc + W);
    x5.intoArray(c, cFrom + 5 * ldc);
    y5.intoArray(c, cFrom + 5 * ldc + W);
    x6.intoArray(c, cFrom + 6 * ldc);
    y6.intoArray(c, cFrom + 6 * ldc + W);
    x7.intoArray(c, cFrom + 7 * ldc);
    y7.intoArray(c, cFrom + 7 * ldc + W);
    x8.intoArray(c, cFrom + 8 * ldc);
    y8.intoArray(c, cFrom + 8 * ldc + W);
    x9.intoArray(c, cFrom + 9 * ldc);
    y9.intoArray(c, cFrom + 9 * ldc + W);
    x10.intoArray(c, cFrom + 10 * ldc);
    y10.intoArray(c, cFrom + 10 * ldc + W);
    x11.intoArray(c, cFrom + 11 * ldc);
    y11.intoArray(c, cFrom + 11 * ldc + W);
  }
}
