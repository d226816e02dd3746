package dev.tamis.kernels;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * A tile of 6 rows by two vectors: 12 accumulators, for machines with 16 vector registers.
 *
 * <p>The accumulators are local variables, and the loop has nothing else in it, because otherwise
 * the compiler boxes the vectors. Nothing but the two tests that never hold: the compiler would
 * load three or more elements of {@code A} ahead, which is one register too many, and an
 * accumulator kept in memory makes the loop half as fast. It moves no load across a test.
 */
final class SimdTile6 implements GemmTile {
  private static final VectorSpecies<Float> S = SimdMath.S;
  private static final int W = S.length();

  @Override
  public int rows() {
    return 6;
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
    if (lane != 1 || step != 6) {
      SimdStridedRows.multiply(k, a, aFrom, lane, step, b, bFrom, c, cFrom, ldc, add);
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
    }
    int firstNever = k + ldc; // beyond the last step
    int secondNever = firstNever + ldc;
    for (int l = 0, i = aFrom, j = bFrom; l < k; l++, i += 6, j += 2 * W) {
      FloatVector left = FloatVector.fromArray(S, b, j);
      FloatVector right = FloatVector.fromArray(S, b, j + W);
      FloatVector a0 = FloatVector.broadcast(S, a[i]);
      x0 = a0.fma(left, x0);
      y0 = a0.fma(right, y0);
      FloatVector a1 = FloatVector.broadcast(S, a[i + 1]);
      x1 = a1.fma(left, x1);
      y1 = a1.fma(right, y1);
      if (l == firstNever) {
        break;
      }
      FloatVector a2 = FloatVector.broadcast(S, a[i + 2]);
      x2 = a2.fma(left, x2);
      y2 = a2.fma(right, y2);
      FloatVector a3 = FloatVector.broadcast(S, a[i + 3]);
      x3 = a3.fma(left, x3);
      y3 = a3.fma(right, y3);
      if (l == secondNever) {
        break;
      }
      FloatVector a4 = FloatVector.broadcast(S, a[i + 4]);
      x4 = a4.fma(left, x4);
      y4 = a4.fma(right, y4);
      FloatVector a5 = FloatVector.broadcast(S, a[i + 5]);
      x5 = a5.fma(left, x5);
      y5 = a5.fma(right, y5);
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
  }
}
