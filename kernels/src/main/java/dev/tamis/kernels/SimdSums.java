package dev.tamis.kernels;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * The reductions of {@link KernelOps} on vectors of 4, 8 or 16 lanes.
 *
 * <p>A strip is what one vector holds of the sixteen columns that the input forms when it is
 * written in rows of sixteen. It keeps the four partials of each column that {@link KernelOps} asks
 * for in four vectors. Sixteen lanes need one strip; eight lanes two, four lanes four, which are
 * added in the order of the fold.
 *
 * <p>Each reduction is one long method, because a method with a loop that returned a vector would
 * not be inlined, and would put that vector on the heap.
 */
final class SimdSums {
  private static final VectorSpecies<Float> S = SimdMath.S;
  private static final int W = S.length();
  private static final VectorShuffle<Float> BY_8 = rotate(8);
  private static final VectorShuffle<Float> BY_4 = rotate(4);
  private static final VectorShuffle<Float> BY_2 = rotate(2);
  private static final VectorShuffle<Float> BY_1 = rotate(1);

  private SimdSums() {}

  private static VectorShuffle<Float> rotate(int by) {
    return VectorShuffle.fromOp(S, l -> (l + by) % W);
  }

  /** Lane 0 of the lanes added in halves. */
  static float fold(FloatVector s) {
    if (W == 16) {
      s = s.add(s.rearrange(BY_8));
    }
    if (W >= 8) {
      s = s.add(s.rearrange(BY_4));
    }
    s = s.add(s.rearrange(BY_2));
    return s.add(s.rearrange(BY_1)).lane(0);
  }

  /** The first column of a strip: 0; 0, 8; or 0, 8, 4, 12. */
  private static int firstColumn(int strip) {
    return (strip & 1) * 8 + (strip >> 1) * 4;
  }

  static float dot(float[] a, int aFrom, float[] b, int bFrom, int n) {
    FloatVector total = FloatVector.zero(S);
    FloatVector even = FloatVector.zero(S);
    for (int strip = 0; strip < 16 / W; strip++) {
      FloatVector p0 = FloatVector.zero(S);
      FloatVector p1 = FloatVector.zero(S);
      FloatVector p2 = FloatVector.zero(S);
      FloatVector p3 = FloatVector.zero(S);
      int i = firstColumn(strip);
      for (; i + 48 + W <= n; i += 64) {
        p0 = FloatVector.fromArray(S, a, aFrom + i).fma(FloatVector.fromArray(S, b, bFrom + i), p0);
        p1 =
            FloatVector.fromArray(S, a, aFrom + i + 16)
                .fma(FloatVector.fromArray(S, b, bFrom + i + 16), p1);
        p2 =
            FloatVector.fromArray(S, a, aFrom + i + 32)
                .fma(FloatVector.fromArray(S, b, bFrom + i + 32), p2);
        p3 =
            FloatVector.fromArray(S, a, aFrom + i + 48)
                .fma(FloatVector.fromArray(S, b, bFrom + i + 48), p3);
      }
      if (i < n) {
        p0 = dotPart(p0, a, aFrom, b, bFrom, i, n);
      }
      if (i + 16 < n) {
        p1 = dotPart(p1, a, aFrom, b, bFrom, i + 16, n);
      }
      if (i + 32 < n) {
        p2 = dotPart(p2, a, aFrom, b, bFrom, i + 32, n);
      }
      if (i + 48 < n) {
        p3 = dotPart(p3, a, aFrom, b, bFrom, i + 48, n);
      }
      FloatVector s = p0.add(p1).add(p2.add(p3));
      if (W == 16) {
        total = s;
      } else if ((strip & 1) == 0) {
        even = s;
      } else {
        total = strip == 1 ? even.add(s) : total.add(even.add(s));
      }
    }
    return fold(total);
  }

  private static FloatVector dotPart(
      FloatVector p, float[] a, int aFrom, float[] b, int bFrom, int i, int n) {
    VectorMask<Float> mask = S.indexInRange(i, n);
    FloatVector x = FloatVector.fromArray(S, a, aFrom + i, mask);
    return p.blend(x.fma(FloatVector.fromArray(S, b, bFrom + i, mask), p), mask);
  }

  static float squaredDistance(float[] a, int aFrom, float[] b, int bFrom, int n) {
    FloatVector total = FloatVector.zero(S);
    FloatVector even = FloatVector.zero(S);
    for (int strip = 0; strip < 16 / W; strip++) {
      FloatVector p0 = FloatVector.zero(S);
      FloatVector p1 = FloatVector.zero(S);
      FloatVector p2 = FloatVector.zero(S);
      FloatVector p3 = FloatVector.zero(S);
      int i = firstColumn(strip);
      for (; i + 48 + W <= n; i += 64) {
        p0 =
            square(
                FloatVector.fromArray(S, a, aFrom + i).sub(FloatVector.fromArray(S, b, bFrom + i)),
                p0);
        p1 =
            square(
                FloatVector.fromArray(S, a, aFrom + i + 16)
                    .sub(FloatVector.fromArray(S, b, bFrom + i + 16)),
                p1);
        p2 =
            square(
                FloatVector.fromArray(S, a, aFrom + i + 32)
                    .sub(FloatVector.fromArray(S, b, bFrom + i + 32)),
                p2);
        p3 =
            square(
                FloatVector.fromArray(S, a, aFrom + i + 48)
                    .sub(FloatVector.fromArray(S, b, bFrom + i + 48)),
                p3);
      }
      if (i < n) {
        p0 = squaredDistancePart(p0, a, aFrom, b, bFrom, i, n);
      }
      if (i + 16 < n) {
        p1 = squaredDistancePart(p1, a, aFrom, b, bFrom, i + 16, n);
      }
      if (i + 32 < n) {
        p2 = squaredDistancePart(p2, a, aFrom, b, bFrom, i + 32, n);
      }
      if (i + 48 < n) {
        p3 = squaredDistancePart(p3, a, aFrom, b, bFrom, i + 48, n);
      }
      FloatVector s = p0.add(p1).add(p2.add(p3));
      if (W == 16) {
        total = s;
      } else if ((strip & 1) == 0) {
        even = s;
      } else {
        total = strip == 1 ? even.add(s) : total.add(even.add(s));
      }
    }
    return fold(total);
  }

  private static FloatVector square(FloatVector x, FloatVector p) {
    return x.fma(x, p);
  }

  private static FloatVector squaredDistancePart(
      FloatVector p, float[] a, int aFrom, float[] b, int bFrom, int i, int n) {
    VectorMask<Float> mask = S.indexInRange(i, n);
    FloatVector x = FloatVector.fromArray(S, a, aFrom + i, mask);
    return p.blend(square(x.sub(FloatVector.fromArray(S, b, bFrom + i, mask)), p), mask);
  }

  static float sum(float[] x, int from, int n) {
    FloatVector total = FloatVector.zero(S);
    FloatVector even = FloatVector.zero(S);
    for (int strip = 0; strip < 16 / W; strip++) {
      FloatVector p0 = FloatVector.zero(S);
      FloatVector p1 = FloatVector.zero(S);
      FloatVector p2 = FloatVector.zero(S);
      FloatVector p3 = FloatVector.zero(S);
      int i = firstColumn(strip);
      for (; i + 48 + W <= n; i += 64) {
        p0 = p0.add(FloatVector.fromArray(S, x, from + i));
        p1 = p1.add(FloatVector.fromArray(S, x, from + i + 16));
        p2 = p2.add(FloatVector.fromArray(S, x, from + i + 32));
        p3 = p3.add(FloatVector.fromArray(S, x, from + i + 48));
      }
      if (i < n) {
        p0 = sumPart(p0, x, from, i, n);
      }
      if (i + 16 < n) {
        p1 = sumPart(p1, x, from, i + 16, n);
      }
      if (i + 32 < n) {
        p2 = sumPart(p2, x, from, i + 32, n);
      }
      if (i + 48 < n) {
        p3 = sumPart(p3, x, from, i + 48, n);
      }
      FloatVector s = p0.add(p1).add(p2.add(p3));
      if (W == 16) {
        total = s;
      } else if ((strip & 1) == 0) {
        even = s;
      } else {
        total = strip == 1 ? even.add(s) : total.add(even.add(s));
      }
    }
    return fold(total);
  }

  private static FloatVector sumPart(FloatVector p, float[] x, int from, int i, int n) {
    VectorMask<Float> mask = S.indexInRange(i, n);
    return p.blend(p.add(FloatVector.fromArray(S, x, from + i, mask)), mask);
  }

  /**
   * The sum of {@code exp(x - shift)}. The four partials change places at every vector, so that the
   * body has exp once.
   */
  static float sumExp(float[] x, int from, int n, float shift) {
    FloatVector total = FloatVector.zero(S);
    FloatVector even = FloatVector.zero(S);
    FloatVector nothing = FloatVector.broadcast(S, Float.NEGATIVE_INFINITY);
    for (int strip = 0; strip < 16 / W; strip++) {
      FloatVector p0 = FloatVector.zero(S);
      FloatVector p1 = FloatVector.zero(S);
      FloatVector p2 = FloatVector.zero(S);
      FloatVector p3 = FloatVector.zero(S);
      int first = firstColumn(strip);
      // On until each partial is in its place: past the end is exp(-infinity), which is +0.
      for (int i = first; i < n || (i - first & 63) != 0; i += 16) {
        FloatVector v;
        if (i + W <= n) {
          v = FloatVector.fromArray(S, x, from + i);
        } else {
          int at = Math.min(i, n);
          VectorMask<Float> mask = S.indexInRange(at, n);
          v = nothing.blend(FloatVector.fromArray(S, x, from + at, mask), mask);
        }
        FloatVector p = p0.add(SimdMath.exp(v.sub(shift)));
        p0 = p1;
        p1 = p2;
        p2 = p3;
        p3 = p;
      }
      FloatVector s = p0.add(p1).add(p2.add(p3));
      if (W == 16) {
        total = s;
      } else if ((strip & 1) == 0) {
        even = s;
      } else {
        total = strip == 1 ? even.add(s) : total.add(even.add(s));
      }
    }
    return fold(total);
  }
}
