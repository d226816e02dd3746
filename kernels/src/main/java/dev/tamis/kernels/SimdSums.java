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
 * added in the order of the fold. Inner products and distances on eight lanes are in {@link
 * SimdSumsOf8}.
 *
 * <p>Each reduction is one long method that calls nothing but the Vector API until its vectors are
 * one. A method of ours would not be inlined where it has a loop, or a branch leads to it that is
 * seldom taken, or the compiler has had enough; and then it would put vectors on the heap, some at
 * certain sizes only, after others had been asked for.
 *
 * <p>Masks are few for another compiler's sake, the quick one, which inlines all of it and gives up
 * on a method that needs too many registers; such a method is never compiled in earnest.
 */
final class SimdSums {
  private static final VectorSpecies<Float> S = SimdMath.S;
  private static final int W = S.length();
  static final VectorShuffle<Float> BY_8 = rotate(8);
  static final VectorShuffle<Float> BY_4 = rotate(4);
  static final VectorShuffle<Float> BY_2 = rotate(2);
  static final VectorShuffle<Float> BY_1 = rotate(1);

  private SimdSums() {}

  private static VectorShuffle<Float> rotate(int by) {
    return VectorShuffle.fromOp(S, l -> (l + by) % W);
  }

  /** The first column of a strip: 0; 0, 8; or 0, 8, 4, 12. */
  private static int firstColumn(int strip) {
    return (strip & 1) * 8 + (strip >> 1) * 4;
  }

  static float dot(float[] a, int aFrom, float[] b, int bFrom, int n) {
    if (W == 8) {
      return SimdSumsOf8.dot(a, aFrom, b, bFrom, n);
    }
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
      int left = n - i;
      if (left >= W) {
        p0 = FloatVector.fromArray(S, a, aFrom + i).fma(FloatVector.fromArray(S, b, bFrom + i), p0);
      }
      if (left >= 16 + W) {
        p1 =
            FloatVector.fromArray(S, a, aFrom + i + 16)
                .fma(FloatVector.fromArray(S, b, bFrom + i + 16), p1);
      }
      if (left >= 32 + W) {
        p2 =
            FloatVector.fromArray(S, a, aFrom + i + 32)
                .fma(FloatVector.fromArray(S, b, bFrom + i + 32), p2);
      }
      if (left > 0 && (left & 15) < W && (left & 15) != 0) {
        int at = n - (left & 15);
        VectorMask<Float> mask = S.indexInRange(at, n);
        FloatVector x = FloatVector.fromArray(S, a, aFrom + at, mask);
        FloatVector y = FloatVector.fromArray(S, b, bFrom + at, mask);
        switch (left >> 4) {
          case 0 -> p0 = p0.blend(x.fma(y, p0), mask);
          case 1 -> p1 = p1.blend(x.fma(y, p1), mask);
          case 2 -> p2 = p2.blend(x.fma(y, p2), mask);
          default -> p3 = p3.blend(x.fma(y, p3), mask);
        }
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
    if (W == 16) {
      total = total.add(total.rearrange(BY_8));
    }
    if (W >= 8) {
      total = total.add(total.rearrange(BY_4));
    }
    total = total.add(total.rearrange(BY_2));
    return total.add(total.rearrange(BY_1)).lane(0);
  }

  static float squaredDistance(float[] a, int aFrom, float[] b, int bFrom, int n) {
    if (W == 8) {
      return SimdSumsOf8.squaredDistance(a, aFrom, b, bFrom, n);
    }
    FloatVector total = FloatVector.zero(S);
    FloatVector even = FloatVector.zero(S);
    for (int strip = 0; strip < 16 / W; strip++) {
      FloatVector p0 = FloatVector.zero(S);
      FloatVector p1 = FloatVector.zero(S);
      FloatVector p2 = FloatVector.zero(S);
      FloatVector p3 = FloatVector.zero(S);
      int i = firstColumn(strip);
      for (; i + 48 + W <= n; i += 64) {
        FloatVector d0 =
            FloatVector.fromArray(S, a, aFrom + i).sub(FloatVector.fromArray(S, b, bFrom + i));
        p0 = d0.fma(d0, p0);
        FloatVector d1 =
            FloatVector.fromArray(S, a, aFrom + i + 16)
                .sub(FloatVector.fromArray(S, b, bFrom + i + 16));
        p1 = d1.fma(d1, p1);
        FloatVector d2 =
            FloatVector.fromArray(S, a, aFrom + i + 32)
                .sub(FloatVector.fromArray(S, b, bFrom + i + 32));
        p2 = d2.fma(d2, p2);
        FloatVector d3 =
            FloatVector.fromArray(S, a, aFrom + i + 48)
                .sub(FloatVector.fromArray(S, b, bFrom + i + 48));
        p3 = d3.fma(d3, p3);
      }
      int left = n - i;
      if (left >= W) {
        FloatVector d0 =
            FloatVector.fromArray(S, a, aFrom + i).sub(FloatVector.fromArray(S, b, bFrom + i));
        p0 = d0.fma(d0, p0);
      }
      if (left >= 16 + W) {
        FloatVector d1 =
            FloatVector.fromArray(S, a, aFrom + i + 16)
                .sub(FloatVector.fromArray(S, b, bFrom + i + 16));
        p1 = d1.fma(d1, p1);
      }
      if (left >= 32 + W) {
        FloatVector d2 =
            FloatVector.fromArray(S, a, aFrom + i + 32)
                .sub(FloatVector.fromArray(S, b, bFrom + i + 32));
        p2 = d2.fma(d2, p2);
      }
      if (left > 0 && (left & 15) < W && (left & 15) != 0) {
        int at = n - (left & 15);
        VectorMask<Float> mask = S.indexInRange(at, n);
        FloatVector y = FloatVector.fromArray(S, b, bFrom + at, mask);
        FloatVector x = FloatVector.fromArray(S, a, aFrom + at, mask).sub(y);
        switch (left >> 4) {
          case 0 -> p0 = p0.blend(x.fma(x, p0), mask);
          case 1 -> p1 = p1.blend(x.fma(x, p1), mask);
          case 2 -> p2 = p2.blend(x.fma(x, p2), mask);
          default -> p3 = p3.blend(x.fma(x, p3), mask);
        }
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
    if (W == 16) {
      total = total.add(total.rearrange(BY_8));
    }
    if (W >= 8) {
      total = total.add(total.rearrange(BY_4));
    }
    total = total.add(total.rearrange(BY_2));
    return total.add(total.rearrange(BY_1)).lane(0);
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
        VectorMask<Float> mask = S.indexInRange(i, n);
        p0 = p0.blend(p0.add(FloatVector.fromArray(S, x, from + i, mask)), mask);
      }
      if (i + 16 < n) {
        VectorMask<Float> mask = S.indexInRange(i + 16, n);
        p1 = p1.blend(p1.add(FloatVector.fromArray(S, x, from + i + 16, mask)), mask);
      }
      if (i + 32 < n) {
        VectorMask<Float> mask = S.indexInRange(i + 32, n);
        p2 = p2.blend(p2.add(FloatVector.fromArray(S, x, from + i + 32, mask)), mask);
      }
      if (i + 48 < n) {
        VectorMask<Float> mask = S.indexInRange(i + 48, n);
        p3 = p3.blend(p3.add(FloatVector.fromArray(S, x, from + i + 48, mask)), mask);
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
    if (W == 16) {
      total = total.add(total.rearrange(BY_8));
    }
    if (W >= 8) {
      total = total.add(total.rearrange(BY_4));
    }
    total = total.add(total.rearrange(BY_2));
    return total.add(total.rearrange(BY_1)).lane(0);
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
    if (W == 16) {
      total = total.add(total.rearrange(BY_8));
    }
    if (W >= 8) {
      total = total.add(total.rearrange(BY_4));
    }
    total = total.add(total.rearrange(BY_2));
    return total.add(total.rearrange(BY_1)).lane(0);
  }
}
