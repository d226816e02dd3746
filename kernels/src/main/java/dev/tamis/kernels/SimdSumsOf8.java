package dev.tamis.kernels;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/**
 * Inner products and distances on vectors of eight lanes: the sixty-four partials of {@link
 * KernelOps} in eight vectors, so that the input is read once and enough sums are under way at a
 * time. Vector k has the eight columns from 8 k on of the rows of sixty-four that the input forms.
 *
 * <p>Masks cost much here, so one is used only where a vector is not whole; and all is written out,
 * as in {@link SimdSums}.
 */
final class SimdSumsOf8 {
  private static final VectorSpecies<Float> S = SimdMath.S;

  private SimdSumsOf8() {}

  static float dot(float[] a, int aFrom, float[] b, int bFrom, int n) {
    FloatVector p0 = FloatVector.zero(S);
    FloatVector p1 = FloatVector.zero(S);
    FloatVector p2 = FloatVector.zero(S);
    FloatVector p3 = FloatVector.zero(S);
    FloatVector p4 = FloatVector.zero(S);
    FloatVector p5 = FloatVector.zero(S);
    FloatVector p6 = FloatVector.zero(S);
    FloatVector p7 = FloatVector.zero(S);
    int i = 0;
    for (; i + 64 <= n; i += 64) {
      p0 = FloatVector.fromArray(S, a, aFrom + i).fma(FloatVector.fromArray(S, b, bFrom + i), p0);
      p1 =
          FloatVector.fromArray(S, a, aFrom + i + 8)
              .fma(FloatVector.fromArray(S, b, bFrom + i + 8), p1);
      p2 =
          FloatVector.fromArray(S, a, aFrom + i + 16)
              .fma(FloatVector.fromArray(S, b, bFrom + i + 16), p2);
      p3 =
          FloatVector.fromArray(S, a, aFrom + i + 24)
              .fma(FloatVector.fromArray(S, b, bFrom + i + 24), p3);
      p4 =
          FloatVector.fromArray(S, a, aFrom + i + 32)
              .fma(FloatVector.fromArray(S, b, bFrom + i + 32), p4);
      p5 =
          FloatVector.fromArray(S, a, aFrom + i + 40)
              .fma(FloatVector.fromArray(S, b, bFrom + i + 40), p5);
      p6 =
          FloatVector.fromArray(S, a, aFrom + i + 48)
              .fma(FloatVector.fromArray(S, b, bFrom + i + 48), p6);
      p7 =
          FloatVector.fromArray(S, a, aFrom + i + 56)
              .fma(FloatVector.fromArray(S, b, bFrom + i + 56), p7);
    }
    int left = n - i;
    if (left >= 8) {
      p0 = FloatVector.fromArray(S, a, aFrom + i).fma(FloatVector.fromArray(S, b, bFrom + i), p0);
    }
    if (left >= 16) {
      p1 =
          FloatVector.fromArray(S, a, aFrom + i + 8)
              .fma(FloatVector.fromArray(S, b, bFrom + i + 8), p1);
    }
    if (left >= 24) {
      p2 =
          FloatVector.fromArray(S, a, aFrom + i + 16)
              .fma(FloatVector.fromArray(S, b, bFrom + i + 16), p2);
    }
    if (left >= 32) {
      p3 =
          FloatVector.fromArray(S, a, aFrom + i + 24)
              .fma(FloatVector.fromArray(S, b, bFrom + i + 24), p3);
    }
    if (left >= 40) {
      p4 =
          FloatVector.fromArray(S, a, aFrom + i + 32)
              .fma(FloatVector.fromArray(S, b, bFrom + i + 32), p4);
    }
    if (left >= 48) {
      p5 =
          FloatVector.fromArray(S, a, aFrom + i + 40)
              .fma(FloatVector.fromArray(S, b, bFrom + i + 40), p5);
    }
    if (left >= 56) {
      p6 =
          FloatVector.fromArray(S, a, aFrom + i + 48)
              .fma(FloatVector.fromArray(S, b, bFrom + i + 48), p6);
    }
    if ((left & 7) != 0) {
      VectorMask<Float> mask = S.indexInRange(0, left & 7);
      FloatVector x = FloatVector.fromArray(S, a, aFrom + n - (left & 7), mask);
      FloatVector y = FloatVector.fromArray(S, b, bFrom + n - (left & 7), mask);
      switch (left >> 3) {
        case 0 -> p0 = p0.blend(x.fma(y, p0), mask);
        case 1 -> p1 = p1.blend(x.fma(y, p1), mask);
        case 2 -> p2 = p2.blend(x.fma(y, p2), mask);
        case 3 -> p3 = p3.blend(x.fma(y, p3), mask);
        case 4 -> p4 = p4.blend(x.fma(y, p4), mask);
        case 5 -> p5 = p5.blend(x.fma(y, p5), mask);
        case 6 -> p6 = p6.blend(x.fma(y, p6), mask);
        default -> p7 = p7.blend(x.fma(y, p7), mask);
      }
    }
    FloatVector s = p0.add(p2).add(p4.add(p6)).add(p1.add(p3).add(p5.add(p7)));
    s = s.add(s.rearrange(SimdSums.BY_4));
    s = s.add(s.rearrange(SimdSums.BY_2));
    return s.add(s.rearrange(SimdSums.BY_1)).lane(0);
  }

  static float squaredDistance(float[] a, int aFrom, float[] b, int bFrom, int n) {
    FloatVector p0 = FloatVector.zero(S);
    FloatVector p1 = FloatVector.zero(S);
    FloatVector p2 = FloatVector.zero(S);
    FloatVector p3 = FloatVector.zero(S);
    FloatVector p4 = FloatVector.zero(S);
    FloatVector p5 = FloatVector.zero(S);
    FloatVector p6 = FloatVector.zero(S);
    FloatVector p7 = FloatVector.zero(S);
    int i = 0;
    for (; i + 64 <= n; i += 64) {
      FloatVector d0 =
          FloatVector.fromArray(S, a, aFrom + i).sub(FloatVector.fromArray(S, b, bFrom + i));
      p0 = d0.fma(d0, p0);
      FloatVector d1 =
          FloatVector.fromArray(S, a, aFrom + i + 8)
              .sub(FloatVector.fromArray(S, b, bFrom + i + 8));
      p1 = d1.fma(d1, p1);
      FloatVector d2 =
          FloatVector.fromArray(S, a, aFrom + i + 16)
              .sub(FloatVector.fromArray(S, b, bFrom + i + 16));
      p2 = d2.fma(d2, p2);
      FloatVector d3 =
          FloatVector.fromArray(S, a, aFrom + i + 24)
              .sub(FloatVector.fromArray(S, b, bFrom + i + 24));
      p3 = d3.fma(d3, p3);
      FloatVector d4 =
          FloatVector.fromArray(S, a, aFrom + i + 32)
              .sub(FloatVector.fromArray(S, b, bFrom + i + 32));
      p4 = d4.fma(d4, p4);
      FloatVector d5 =
          FloatVector.fromArray(S, a, aFrom + i + 40)
              .sub(FloatVector.fromArray(S, b, bFrom + i + 40));
      p5 = d5.fma(d5, p5);
      FloatVector d6 =
          FloatVector.fromArray(S, a, aFrom + i + 48)
              .sub(FloatVector.fromArray(S, b, bFrom + i + 48));
      p6 = d6.fma(d6, p6);
      FloatVector d7 =
          FloatVector.fromArray(S, a, aFrom + i + 56)
              .sub(FloatVector.fromArray(S, b, bFrom + i + 56));
      p7 = d7.fma(d7, p7);
    }
    int left = n - i;
    if (left >= 8) {
      FloatVector d0 =
          FloatVector.fromArray(S, a, aFrom + i).sub(FloatVector.fromArray(S, b, bFrom + i));
      p0 = d0.fma(d0, p0);
    }
    if (left >= 16) {
      FloatVector d1 =
          FloatVector.fromArray(S, a, aFrom + i + 8)
              .sub(FloatVector.fromArray(S, b, bFrom + i + 8));
      p1 = d1.fma(d1, p1);
    }
    if (left >= 24) {
      FloatVector d2 =
          FloatVector.fromArray(S, a, aFrom + i + 16)
              .sub(FloatVector.fromArray(S, b, bFrom + i + 16));
      p2 = d2.fma(d2, p2);
    }
    if (left >= 32) {
      FloatVector d3 =
          FloatVector.fromArray(S, a, aFrom + i + 24)
              .sub(FloatVector.fromArray(S, b, bFrom + i + 24));
      p3 = d3.fma(d3, p3);
    }
    if (left >= 40) {
      FloatVector d4 =
          FloatVector.fromArray(S, a, aFrom + i + 32)
              .sub(FloatVector.fromArray(S, b, bFrom + i + 32));
      p4 = d4.fma(d4, p4);
    }
    if (left >= 48) {
      FloatVector d5 =
          FloatVector.fromArray(S, a, aFrom + i + 40)
              .sub(FloatVector.fromArray(S, b, bFrom + i + 40));
      p5 = d5.fma(d5, p5);
    }
    if (left >= 56) {
      FloatVector d6 =
          FloatVector.fromArray(S, a, aFrom + i + 48)
              .sub(FloatVector.fromArray(S, b, bFrom + i + 48));
      p6 = d6.fma(d6, p6);
    }
    if ((left & 7) != 0) {
      VectorMask<Float> mask = S.indexInRange(0, left & 7);
      FloatVector y = FloatVector.fromArray(S, b, bFrom + n - (left & 7), mask);
      FloatVector x = FloatVector.fromArray(S, a, aFrom + n - (left & 7), mask).sub(y);
      switch (left >> 3) {
        case 0 -> p0 = p0.blend(x.fma(x, p0), mask);
        case 1 -> p1 = p1.blend(x.fma(x, p1), mask);
        case 2 -> p2 = p2.blend(x.fma(x, p2), mask);
        case 3 -> p3 = p3.blend(x.fma(x, p3), mask);
        case 4 -> p4 = p4.blend(x.fma(x, p4), mask);
        case 5 -> p5 = p5.blend(x.fma(x, p5), mask);
        case 6 -> p6 = p6.blend(x.fma(x, p6), mask);
        default -> p7 = p7.blend(x.fma(x, p7), mask);
      }
    }
    FloatVector s = p0.add(p2).add(p4.add(p6)).add(p1.add(p3).add(p5.add(p7)));
    s = s.add(s.rearrange(SimdSums.BY_4));
    s = s.add(s.rearrange(SimdSums.BY_2));
    return s.add(s.rearrange(SimdSums.BY_1)).lane(0);
  }
}
