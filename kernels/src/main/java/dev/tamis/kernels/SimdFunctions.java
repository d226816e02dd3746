package dev.tamis.kernels;

import static dev.tamis.kernels.Coefficients.*;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The kernels that map values by the functions of {@link ScalarMath} built on {@code exp}.
 *
 * <p>Each is in a method that is too long to be inlined into its callers: in one that has grown to
 * many nodes the compiler inlines the Vector API only, and what {@code SimdMath.exp} returned would
 * go to the heap.
 */
final class SimdFunctions {
  private static final VectorSpecies<Float> S = SimdMath.S;
  private static final int W = S.length();

  private static final int SIGMOID = 0;
  private static final int SOFTPLUS = 1;
  private static final int TANH = 2;

  private SimdFunctions() {}

  /**
   * {@code y = exp(x - shift)}. As {@link SimdMath#exp}, in place: with that call it would be short
   * enough to be inlined, and in the loop below it would take a third longer.
   */
  static void exp(float[] x, int xFrom, float shift, float[] y, int yFrom, int n) {
    VectorMask<Float> part = S.indexInRange(S.loopBound(n), n);
    for (int i = 0; i < n; i += W) {
      boolean whole = i + W <= n;
      FloatVector v;
      if (whole) {
        v = FloatVector.fromArray(S, x, xFrom + i);
      } else {
        v = FloatVector.fromArray(S, x, xFrom + i, part);
      }
      v = v.sub(shift);
      FloatVector z = v.fma(FloatVector.broadcast(S, LOG2_E), FloatVector.broadcast(S, ROUND));
      FloatVector e = z.sub(ROUND);
      FloatVector r =
          e.fma(FloatVector.broadcast(S, -LN2_LOW), e.fma(FloatVector.broadcast(S, -LN2_HIGH), v));
      FloatVector q = r.fma(FloatVector.broadcast(S, E6), FloatVector.broadcast(S, E5));
      q = q.fma(r, FloatVector.broadcast(S, E4));
      q = q.fma(r, FloatVector.broadcast(S, E3));
      q = q.fma(r, FloatVector.broadcast(S, E2));
      q = r.mul(r).fma(q, r).add(1f);
      IntVector exponent = z.reinterpretAsInts().sub(ROUND_BITS);
      IntVector half = exponent.lanewise(VectorOperators.ASHR, 1);
      IntVector rest = exponent.sub(half);
      q = q.mul(half.add(127).lanewise(VectorOperators.LSHL, 23).reinterpretAsFloats());
      q = q.mul(rest.add(127).lanewise(VectorOperators.LSHL, 23).reinterpretAsFloats());
      q = q.blend(Float.POSITIVE_INFINITY, v.compare(VectorOperators.GT, EXP_MAX));
      q = q.blend(0f, v.compare(VectorOperators.LT, EXP_MIN));
      if (whole) {
        q.intoArray(y, yFrom + i);
      } else {
        q.intoArray(y, yFrom + i, part);
      }
    }
  }

  static void sigmoid(float[] x, int xFrom, float[] y, int yFrom, int n) {
    map(SIGMOID, x, xFrom, y, yFrom, n);
  }

  static void softplus(float[] x, int xFrom, float[] y, int yFrom, int n) {
    map(SOFTPLUS, x, xFrom, y, yFrom, n);
  }

  static void tanh(float[] x, int xFrom, float[] y, int yFrom, int n) {
    map(TANH, x, xFrom, y, yFrom, n);
  }

  private static void map(int function, float[] x, int xFrom, float[] y, int yFrom, int n) {
    VectorMask<Float> part = S.indexInRange(S.loopBound(n), n);
    FloatVector one = FloatVector.broadcast(S, 1f);
    // Where a branch chose what exp takes, that went to the heap in some runs.
    float factor = function == TANH ? 2 : -1;
    for (int i = 0; i < n; i += W) {
      boolean whole = i + W <= n;
      FloatVector v;
      if (whole) {
        v = FloatVector.fromArray(S, x, xFrom + i);
      } else {
        v = FloatVector.fromArray(S, x, xFrom + i, part);
      }
      FloatVector a = v.abs();
      FloatVector z = SimdMath.exp(a.mul(factor));
      if (function == SIGMOID) {
        z = one.blend(z, v.compare(VectorOperators.LT, 0f)).div(z.add(1f));
      } else if (function == SOFTPLUS) {
        FloatVector s = z.add(z).div(z.add(2f));
        FloatVector u = s.mul(s);
        FloatVector q = u.fma(FloatVector.broadcast(S, P3), FloatVector.broadcast(S, P2));
        q = q.fma(u, FloatVector.broadcast(S, P1));
        q = q.fma(u, FloatVector.broadcast(S, P0));
        z = s.mul(u).fma(q, s).add(v.max(0f));
      } else {
        FloatVector far = one.sub(FloatVector.broadcast(S, 2f).div(z.add(1f)));
        FloatVector u = a.mul(a);
        FloatVector q = u.fma(FloatVector.broadcast(S, T4), FloatVector.broadcast(S, T3));
        q = q.fma(u, FloatVector.broadcast(S, T2));
        q = q.fma(u, FloatVector.broadcast(S, T1));
        q = q.fma(u, FloatVector.broadcast(S, T0));
        z = far.blend(a.mul(u).fma(q, a), a.compare(VectorOperators.LT, TANH_SWITCH));
        IntVector sign = v.reinterpretAsInts().and(SIGN_BIT);
        z = z.reinterpretAsInts().or(sign).reinterpretAsFloats();
      }
      if (whole) {
        z.intoArray(y, yFrom + i);
      } else {
        z.intoArray(y, yFrom + i, part);
      }
    }
  }
}
