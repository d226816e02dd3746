package dev.tamis.kernels;

import static dev.tamis.kernels.Coefficients.*;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** {@link ScalarPoisson}, a vector of means at a time, each until its last lane is settled. */
final class SimdPoisson {
  private static final VectorSpecies<Float> S = SimdMath.S;
  private static final VectorSpecies<Long> BITS = VectorSpecies.of(long.class, S.vectorShape());
  private static final int W = S.length();

  private static final float ONES = 0x1p23f; // at which neighbouring floats are one apart
  private static final int ONES_BITS = Float.floatToRawIntBits(ONES);

  private SimdPoisson() {}

  static void counts(float[] x, int from, int n, long[] bits, int bitsFrom) {
    FloatVector one = FloatVector.broadcast(S, 1f);
    int whole = S.loopBound(n);
    for (int i = 0; i < whole; i += W) {
      FloatVector mean = FloatVector.fromArray(S, x, from + i).max(0f);
      FloatVector p = SimdMath.exp(mean.neg());
      FloatVector small = mean.fma(FloatVector.broadcast(S, -0.25f), one);
      small = mean.mul(small).fma(FloatVector.broadcast(S, -THIRD), one);
      small = mean.mul(small).fma(FloatVector.broadcast(S, -0.5f), one);
      FloatVector tail =
          one.sub(p).blend(mean.mul(small), mean.compare(VectorOperators.LT, POISSON_SMALL));
      LongVector random = LongVector.fromArray(BITS, bits, bitsFrom + i / 2);
      IntVector marks = random.reinterpretAsInts().lanewise(VectorOperators.LSHR, 1);
      // As (float) marks, which rounds once, by two halves: with the conversion of the Vector API
      // more runs left vectors on the heap.
      FloatVector high =
          marks.lanewise(VectorOperators.LSHR, 15).or(ONES_BITS).reinterpretAsFloats().sub(ONES);
      FloatVector low = marks.and(0x7FFF).or(ONES_BITS).reinterpretAsFloats().sub(ONES);
      FloatVector u = high.fma(FloatVector.broadcast(S, 0x1p15f), low).mul(0x1p-31f);
      FloatVector count = FloatVector.zero(S);
      VectorMask<Float> more = u.compare(VectorOperators.LT, tail);
      for (int c = 1; c <= POISSON_MOST && more.anyTrue(); c++) {
        count = count.add(1f, more);
        p = p.mul(mean.mul(INVERSE[c]));
        tail = tail.sub(p);
        more = u.compare(VectorOperators.LT, tail);
      }
      count.intoArray(x, from + i);
    }
    // What is left is not worth a second copy of the loop, which has to stay in one method.
    ScalarPoisson.counts(x, from + whole, n - whole, bits, bitsFrom + whole / 2);
  }
}
