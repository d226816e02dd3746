package dev.tamis.kernels;

import static dev.tamis.kernels.CounterBits.*;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.XOR;

import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorSpecies;

/** {@link CounterBits}, a vector of counters at a time. */
final class SimdCounterBits {
  private static final VectorSpecies<Long> S =
      VectorSpecies.of(long.class, SimdMath.S.vectorShape());
  private static final int W = S.length();

  private SimdCounterBits() {}

  static void fill(long first, long second, long counter, long[] out, int n) {
    LongVector at = LongVector.zero(S).addIndex(1).mul(GAMMA).add(first + counter * GAMMA);
    int whole = S.loopBound(n);
    for (int i = 0; i < whole; i += W) {
      LongVector z = at.lanewise(XOR, at.lanewise(LSHR, 30)).mul(MIX1);
      z = z.lanewise(XOR, z.lanewise(LSHR, 27)).mul(MIX2);
      z = z.lanewise(XOR, z.lanewise(LSHR, 31)).lanewise(XOR, second);
      z = z.lanewise(XOR, z.lanewise(LSHR, 30)).mul(MIX1);
      z = z.lanewise(XOR, z.lanewise(LSHR, 27)).mul(MIX2);
      z.lanewise(XOR, z.lanewise(LSHR, 31)).intoArray(out, i);
      at = at.add(W * GAMMA);
    }
    for (int i = whole; i < n; i++) {
      out[i] = CounterBits.at(first, second, counter + i);
    }
  }
}
