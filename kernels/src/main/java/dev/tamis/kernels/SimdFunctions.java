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
 * <p>All in one loop, which is thereby too long to be inlined into its callers: in one that has
 * grown to many nodes the compiler inlines the Vector API only, and what {@code exp} returned would
 * go to the heap.
 */
final class SimdFunctions {
  private static final VectorSpecies<Float> S = SimdMath.S;
  private static final int W = S.length();

  private static final int EXP = 0;
  private static final int SIGMOID = 1;
  private static final int SOFTPLUS = 2;
  private static final int TANH = 3;

  private SimdFunctions() {}

  /** {@code y = exp(x - shift)}. */
  static void exp(float[] x, int xFrom, float shift, float[] y, int yFrom, int n) {
    map(EXP, x, xFrom, shift, y, yFrom, n);
  }

  static void sigmoid(float[] x, int xFrom, float[] y, int yFrom, int n) {
    map(SIGMOID, x, xFrom, 0, y, yFrom, n);
  }

  static void softplus(float[] x, int xFrom, float[] y, int yFrom, int n) {
    map(SOFTPLUS, x, xFrom, 0, y, yFrom, n);
  }

  static void tanh(float[] x, int xFrom, float[] y, int yFrom, int n) {
    map(TANH, x, xFrom, 0, y, yFrom, n);
  }

  private static void map(
      int function, float[] x, int xFrom, float shift, float[] y, int yFrom, int n) {
    VectorMask<Float> part = S.indexInRange(S.loopBound(n), n);
    FloatVector one = FloatVector.broadcast(S, 1f);
    for (int i = 0; i < n; i += W) {
      boolean whole = i + W <= n;
      FloatVector v;
      if (whole) {
        v = FloatVector.fromArray(S, x, xFrom + i);
      } else {
        v = FloatVector.fromArray(S, x, xFrom + i, part);
      }
      FloatVector a = v.abs();
      FloatVector power; // of e
      if (function == EXP) {
        power = v.sub(shift);
      } else if (function == TANH) {
        power = a.add(a);
      } else {
        power = a.neg();
      }
      FloatVector z = SimdMath.exp(power);
      if (function == SIGMOID) {
        z = one.blend(z, v.compare(VectorOperators.LT, 0f)).div(z.add(1f));
      } else if (function == SOFTPLUS) {
        FloatVector s = z.add(z).div(z.add(2f));
        FloatVector u = s.mul(s);
        FloatVector q = u.fma(FloatVector.broadcast(S, P3), FloatVector.broadcast(S, P2));
        q = q.fma(u, FloatVector.broadcast(S, P1));
        q = q.fma(u, FloatVector.broadcast(S, P0));
        z = s.mul(u).fma(q, s).add(v.max(0f));
      } else if (function == TANH) {
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
