package dev.tamis.kernels;

import static dev.tamis.kernels.Coefficients.*;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@code exp} and {@code log} of {@link ScalarMath} on vectors; {@link SimdFunctions} has the
 * functions built on them.
 */
final class SimdMath {
  /** The widest vectors of this machine, up to the sixteen lanes in which sums are defined. */
  static final VectorSpecies<Float> S =
      FloatVector.SPECIES_PREFERRED.length() > 16
          ? FloatVector.SPECIES_512
          : FloatVector.SPECIES_PREFERRED;

  private SimdMath() {}

  /** For methods that are too long to be inlined into others, at one place of them. */
  static FloatVector exp(FloatVector x) {
    FloatVector z = x.fma(FloatVector.broadcast(S, LOG2_E), FloatVector.broadcast(S, ROUND));
    FloatVector n = z.sub(ROUND);
    FloatVector r =
        n.fma(FloatVector.broadcast(S, -LN2_LOW), n.fma(FloatVector.broadcast(S, -LN2_HIGH), x));
    FloatVector q = r.fma(FloatVector.broadcast(S, E6), FloatVector.broadcast(S, E5));
    q = q.fma(r, FloatVector.broadcast(S, E4));
    q = q.fma(r, FloatVector.broadcast(S, E3));
    q = q.fma(r, FloatVector.broadcast(S, E2));
    FloatVector y = r.mul(r).fma(q, r).add(1f);
    IntVector exponent = z.reinterpretAsInts().sub(ROUND_BITS);
    IntVector half = exponent.lanewise(VectorOperators.ASHR, 1);
    IntVector rest = exponent.sub(half);
    y = y.mul(half.add(127).lanewise(VectorOperators.LSHL, 23).reinterpretAsFloats());
    y = y.mul(rest.add(127).lanewise(VectorOperators.LSHL, 23).reinterpretAsFloats());
    y = y.blend(Float.POSITIVE_INFINITY, x.compare(VectorOperators.GT, EXP_MAX));
    return y.blend(0f, x.compare(VectorOperators.LT, EXP_MIN));
  }

  /** A kernel of its own: as a function of a vector it would be too long to be inlined. */
  static void log(float[] x, int xFrom, float[] y, int yFrom, int n) {
    VectorMask<Float> part = S.indexInRange(S.loopBound(n), n);
    for (int i = 0; i < n; i += S.length()) {
      boolean whole = i + S.length() <= n;
      FloatVector v;
      if (whole) {
        v = FloatVector.fromArray(S, x, xFrom + i);
      } else {
        v = FloatVector.fromArray(S, x, xFrom + i, part);
      }
      VectorMask<Float> small = v.compare(VectorOperators.LT, Float.MIN_NORMAL);
      IntVector bits = v.blend(v.mul(0x1p25f), small).reinterpretAsInts();
      IntVector exponent = bits.sub(SQRT_HALF_BITS).lanewise(VectorOperators.ASHR, 23);
      FloatVector f =
          bits.sub(exponent.lanewise(VectorOperators.LSHL, 23)).reinterpretAsFloats().sub(1f);
      FloatVector e = exponent.add(ROUND_BITS).reinterpretAsFloats().sub(ROUND);
      e = e.blend(e.sub(25f), small);
      FloatVector q = f.fma(FloatVector.broadcast(S, L11), FloatVector.broadcast(S, L10));
      q = q.fma(f, FloatVector.broadcast(S, L9));
      q = q.fma(f, FloatVector.broadcast(S, L8));
      q = q.fma(f, FloatVector.broadcast(S, L7));
      q = q.fma(f, FloatVector.broadcast(S, L6));
      q = q.fma(f, FloatVector.broadcast(S, L5));
      q = q.fma(f, FloatVector.broadcast(S, L4));
      q = q.fma(f, FloatVector.broadcast(S, L3));
      FloatVector low = f.mul(f).fma(q.fma(f, FloatVector.broadcast(S, -0.5f)), e.mul(LN2_LOW));
      FloatVector high = e.mul(LN2_HIGH);
      FloatVector sum = high.add(f);
      FloatVector log = sum.add(low.add(f.sub(sum.sub(high))));
      log = v.blend(log, v.compare(VectorOperators.LT, Float.POSITIVE_INFINITY));
      log = log.blend(Float.NEGATIVE_INFINITY, v.compare(VectorOperators.EQ, 0f));
      log = log.blend(Float.NaN, v.compare(VectorOperators.LT, 0f));
      if (whole) {
        log.intoArray(y, yFrom + i);
      } else {
        log.intoArray(y, yFrom + i, part);
      }
    }
  }
}
