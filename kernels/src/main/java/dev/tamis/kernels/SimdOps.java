package dev.tamis.kernels;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The kernels on the Vector API. Whole vectors first, then part of one under a mask. What is short
 * enough to be inlined into its callers calls nothing but that API with a vector, see {@link
 * SimdFunctions}.
 */
final class SimdOps implements KernelOps {
  private static final VectorSpecies<Float> S = SimdMath.S;
  private static final int W = S.length();

  @Override
  public String name() {
    return "simd-" + S.vectorBitSize();
  }

  @Override
  public GemmTile gemmTile() {
    // 512-bit vectors come with 32 registers.
    return W == 16 ? new SimdTile12() : new SimdTile6();
  }

  @Override
  public float dot(float[] a, int aFrom, float[] b, int bFrom, int n) {
    return SimdSums.dot(a, aFrom, b, bFrom, n);
  }

  @Override
  public void dotRows(
      float[] q,
      int qFrom,
      float[] table,
      int width,
      int[] rows,
      int from,
      int count,
      float[] out,
      int outFrom) {
    SimdRows.dotRows(q, qFrom, table, width, rows, from, count, out, outFrom);
  }

  @Override
  public float squaredDistance(float[] a, int aFrom, float[] b, int bFrom, int n) {
    return SimdSums.squaredDistance(a, aFrom, b, bFrom, n);
  }

  @Override
  public float sum(float[] x, int from, int n) {
    return SimdSums.sum(x, from, n);
  }

  @Override
  public float max(float[] x, int from, int n) {
    FloatVector m0 = FloatVector.broadcast(S, Float.NEGATIVE_INFINITY);
    FloatVector m1 = m0;
    FloatVector m2 = m0;
    FloatVector m3 = m0;
    int i = 0;
    for (; i + 4 * W <= n; i += 4 * W) {
      m0 = m0.max(FloatVector.fromArray(S, x, from + i));
      m1 = m1.max(FloatVector.fromArray(S, x, from + i + W));
      m2 = m2.max(FloatVector.fromArray(S, x, from + i + 2 * W));
      m3 = m3.max(FloatVector.fromArray(S, x, from + i + 3 * W));
    }
    for (; i + W <= n; i += W) {
      m0 = m0.max(FloatVector.fromArray(S, x, from + i));
    }
    if (i < n) {
      VectorMask<Float> mask = S.indexInRange(i, n);
      m0 = m0.blend(m0.max(FloatVector.fromArray(S, x, from + i, mask)), mask);
    }
    return m0.max(m1).max(m2.max(m3)).reduceLanes(VectorOperators.MAX);
  }

  @Override
  public void axpy(float alpha, float[] x, int xFrom, float[] y, int yFrom, int n) {
    FloatVector a = FloatVector.broadcast(S, alpha);
    int i = 0;
    for (; i + W <= n; i += W) {
      a.fma(FloatVector.fromArray(S, x, xFrom + i), FloatVector.fromArray(S, y, yFrom + i))
          .intoArray(y, yFrom + i);
    }
    if (i < n) {
      VectorMask<Float> mask = S.indexInRange(i, n);
      a.fma(
              FloatVector.fromArray(S, x, xFrom + i, mask),
              FloatVector.fromArray(S, y, yFrom + i, mask))
          .intoArray(y, yFrom + i, mask);
    }
  }

  @Override
  public void axpyRows(
      float[] alpha,
      int alphaFrom,
      float[] table,
      int width,
      int[] rows,
      int from,
      int count,
      float[] y,
      int yFrom) {
    SimdRows.axpyRows(alpha, alphaFrom, table, width, rows, from, count, y, yFrom);
  }

  @Override
  public void scale(float alpha, float[] x, int from, int n) {
    int i = 0;
    for (; i + W <= n; i += W) {
      FloatVector.fromArray(S, x, from + i).mul(alpha).intoArray(x, from + i);
    }
    if (i < n) {
      VectorMask<Float> mask = S.indexInRange(i, n);
      FloatVector.fromArray(S, x, from + i, mask).mul(alpha).intoArray(x, from + i, mask);
    }
  }

  @Override
  public float logSumExp(float[] x, int from, int n) {
    float max = max(x, from, n);
    return Float.isFinite(max) ? max + ScalarMath.log(SimdSums.sumExp(x, from, n, max)) : max;
  }

  @Override
  public float softmax(float[] x, int from, int n) {
    float max = max(x, from, n);
    if (!Float.isFinite(max)) {
      Arrays.fill(x, from, from + n, max == Float.NEGATIVE_INFINITY ? 0 : Float.NaN);
      return max;
    }
    SimdFunctions.exp(x, from, max, x, from, n);
    float sum = SimdSums.sum(x, from, n);
    scale(1 / sum, x, from, n);
    return max + ScalarMath.log(sum);
  }

  @Override
  public void exp(float[] x, int xFrom, float[] y, int yFrom, int n) {
    SimdFunctions.exp(x, xFrom, 0, y, yFrom, n);
  }

  @Override
  public void log(float[] x, int xFrom, float[] y, int yFrom, int n) {
    SimdMath.log(x, xFrom, y, yFrom, n);
  }

  @Override
  public void tanh(float[] x, int xFrom, float[] y, int yFrom, int n) {
    SimdFunctions.tanh(x, xFrom, y, yFrom, n);
  }

  @Override
  public void sigmoid(float[] x, int xFrom, float[] y, int yFrom, int n) {
    SimdFunctions.sigmoid(x, xFrom, y, yFrom, n);
  }

  @Override
  public void softplus(float[] x, int xFrom, float[] y, int yFrom, int n) {
    SimdFunctions.softplus(x, xFrom, y, yFrom, n);
  }

  @Override
  public void adam(
      float[] w,
      int wFrom,
      float[] m,
      int mFrom,
      float[] v,
      int vFrom,
      float[] g,
      int gFrom,
      int n,
      AdamStep step) {
    SimdAdam.step(w, wFrom, m, mFrom, v, vFrom, g, gFrom, n, step);
  }

  @Override
  public void adamIdle(
      float[] w,
      int wFrom,
      float[] m,
      int mFrom,
      float[] v,
      int vFrom,
      int n,
      float move,
      float vScale,
      float epsilon,
      float mDecay,
      float vDecay) {
    SimdAdam.idle(w, wFrom, m, mFrom, v, vFrom, n, move, vScale, epsilon, mDecay, vDecay);
  }

  @Override
  public void adagrad(
      float[] w,
      int wFrom,
      float[] a,
      int aFrom,
      float[] g,
      int gFrom,
      int n,
      float rate,
      float l2,
      float epsilon) {
    SimdAdagrad.step(w, wFrom, a, aFrom, g, gFrom, n, rate, l2, epsilon);
  }

  @Override
  public void adamIdleSteps(
      float[] w,
      int wFrom,
      float[] m,
      int mFrom,
      float[] v,
      int vFrom,
      int n,
      AdamSteps steps,
      int from,
      int to) {
    SimdAdam.idleSteps(w, wFrom, m, mFrom, v, vFrom, n, steps, from, to);
  }

  @Override
  public int selectAbove(float[] x, int from, int n, float threshold, int[] out, int outFrom) {
    int count = outFrom;
    int i = 0;
    for (; i + W <= n; i += W) {
      VectorMask<Float> above =
          FloatVector.fromArray(S, x, from + i).compare(VectorOperators.GT, threshold);
      for (long bits = above.toLong(); bits != 0; bits &= bits - 1) {
        out[count++] = i + Long.numberOfTrailingZeros(bits);
      }
    }
    for (; i < n; i++) {
      if (x[from + i] > threshold) {
        out[count++] = i;
      }
    }
    return count - outFrom;
  }

  @Override
  public int countAbove(float[] x, int from, int n, float threshold) {
    int count = 0;
    int i = 0;
    for (; i + W <= n; i += W) {
      count +=
          FloatVector.fromArray(S, x, from + i).compare(VectorOperators.GT, threshold).trueCount();
    }
    for (; i < n; i++) {
      if (x[from + i] > threshold) {
        count++;
      }
    }
    return count;
  }

  @Override
  public void poisson(float[] x, int from, int n, long[] bits, int bitsFrom) {
    SimdPoisson.counts(x, from, n, bits, bitsFrom);
  }

  @Override
  public void searchRows(
      int[] sums, int width, int[] marks, int marksFrom, int[] found, int foundFrom, int n) {
    if (W >= SimdSearch.FEWEST_LANES) {
      SimdSearch.rows(sums, width, marks, marksFrom, found, foundFrom, n);
    } else {
      ScalarSearch.rows(sums, width, marks, marksFrom, found, foundFrom, n);
    }
  }

  @Override
  public void counterBits(long first, long second, long counter, long[] out, int n) {
    SimdCounterBits.fill(first, second, counter, out, n);
  }
}
