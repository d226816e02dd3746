package dev.tamis.kernels;

import java.util.Arrays;
import java.util.Objects;

/**
 * The kernels in plain Java, for machines without the Vector API: loops that the compiler can
 * vectorise, and the definition of what every other implementation must return.
 */
final class ScalarOps implements KernelOps {
  @Override
  public String name() {
    return "scalar";
  }

  @Override
  public GemmTile gemmTile() {
    return new ScalarTile();
  }

  @Override
  public float dot(float[] a, int aFrom, float[] b, int bFrom, int n) {
    return ScalarSums.dot(a, aFrom, b, bFrom, n);
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
    int tableRows = width == 0 ? Integer.MAX_VALUE : table.length / width;
    for (int j = 0; j < count; j++) {
      int row = Objects.checkIndex(rows[from + j], tableRows);
      out[outFrom + j] = ScalarSums.dot(q, qFrom, table, row * width, width);
    }
  }

  @Override
  public float squaredDistance(float[] a, int aFrom, float[] b, int bFrom, int n) {
    return ScalarSums.squaredDistance(a, aFrom, b, bFrom, n);
  }

  @Override
  public float sum(float[] x, int from, int n) {
    return ScalarSums.sum(x, from, n);
  }

  @Override
  public float max(float[] x, int from, int n) {
    float max = Float.NEGATIVE_INFINITY;
    for (int i = from; i < from + n; i++) {
      if (!(x[i] <= max)) { // greater, or NaN
        if (x[i] != x[i]) {
          return Float.NaN;
        }
        max = x[i];
      }
    }
    if (max == 0) { // +0 is greater than -0
      for (int i = from; i < from + n; i++) {
        max = Math.max(max, x[i]);
      }
    }
    return max;
  }

  @Override
  public void axpy(float alpha, float[] x, int xFrom, float[] y, int yFrom, int n) {
    for (int i = 0; i < n; i++) {
      y[yFrom + i] = Math.fma(alpha, x[xFrom + i], y[yFrom + i]);
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
    if (width > 0) {
      int tableRows = table.length / width;
      for (int j = 0; j < count; j++) {
        Objects.checkIndex(rows[from + j], tableRows);
      }
    }
    for (int j = 0; j < count; j++) {
      axpy(alpha[alphaFrom + j], table, rows[from + j] * width, y, yFrom, width);
    }
  }

  @Override
  public void scale(float alpha, float[] x, int from, int n) {
    for (int i = 0; i < n; i++) {
      x[from + i] *= alpha;
    }
  }

  @Override
  public float logSumExp(float[] x, int from, int n) {
    float max = max(x, from, n);
    return Float.isFinite(max) ? max + ScalarMath.log(ScalarSums.sumExp(x, from, n, max)) : max;
  }

  @Override
  public float softmax(float[] x, int from, int n) {
    float max = max(x, from, n);
    if (!Float.isFinite(max)) {
      Arrays.fill(x, from, from + n, max == Float.NEGATIVE_INFINITY ? 0 : Float.NaN);
      return max;
    }
    for (int i = from; i < from + n; i++) {
      x[i] = ScalarMath.exp(x[i] - max);
    }
    float sum = ScalarSums.sum(x, from, n);
    scale(1 / sum, x, from, n);
    return max + ScalarMath.log(sum);
  }

  @Override
  public void exp(float[] x, int xFrom, float[] y, int yFrom, int n) {
    for (int i = 0; i < n; i++) {
      y[yFrom + i] = ScalarMath.exp(x[xFrom + i]);
    }
  }

  @Override
  public void log(float[] x, int xFrom, float[] y, int yFrom, int n) {
    for (int i = 0; i < n; i++) {
      y[yFrom + i] = ScalarMath.log(x[xFrom + i]);
    }
  }

  @Override
  public void tanh(float[] x, int xFrom, float[] y, int yFrom, int n) {
    for (int i = 0; i < n; i++) {
      y[yFrom + i] = ScalarMath.tanh(x[xFrom + i]);
    }
  }

  @Override
  public void sigmoid(float[] x, int xFrom, float[] y, int yFrom, int n) {
    for (int i = 0; i < n; i++) {
      y[yFrom + i] = ScalarMath.sigmoid(x[xFrom + i]);
    }
  }

  @Override
  public void softplus(float[] x, int xFrom, float[] y, int yFrom, int n) {
    for (int i = 0; i < n; i++) {
      y[yFrom + i] = ScalarMath.softplus(x[xFrom + i]);
    }
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
    float b1 = (float) step.beta1();
    float b2 = (float) step.beta2();
    float c1 = (float) (1 - step.beta1());
    float c2 = (float) (1 - step.beta2());
    float l2 = step.l2();
    float size = step.stepSize();
    float vScale = step.vScale();
    float epsilon = step.epsilon();
    for (int i = 0; i < n; i++) {
      float weight = w[wFrom + i];
      float gradient = Math.fma(l2, weight, g[gFrom + i]);
      float first = Math.fma(b1, m[mFrom + i], c1 * gradient);
      float second = Math.fma(b2, v[vFrom + i], c2 * gradient * gradient);
      m[mFrom + i] = first;
      v[vFrom + i] = second;
      float scale = (float) Math.sqrt(second * vScale) + epsilon;
      w[wFrom + i] = weight - size * first / scale;
    }
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
    for (int i = 0; i < n; i++) {
      float first = m[mFrom + i];
      float second = v[vFrom + i];
      float scale = (float) Math.sqrt(second * vScale) + epsilon;
      w[wFrom + i] -= move * first / scale;
      m[mFrom + i] = first * mDecay;
      v[vFrom + i] = second * vDecay;
    }
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
    for (int i = 0; i < n; i++) {
      float weight = w[wFrom + i];
      float gradient = Math.fma(l2, weight, g[gFrom + i]);
      float square = Math.fma(gradient, gradient, a[aFrom + i]);
      a[aFrom + i] = square;
      w[wFrom + i] = weight - rate * gradient / ((float) Math.sqrt(square) + epsilon);
    }
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
    float b1 = (float) steps.beta1;
    float b2 = (float) steps.beta2;
    float c1 = (float) (1 - steps.beta1);
    float c2 = (float) (1 - steps.beta2);
    for (int t = from; t < to; t++) {
      float size = steps.stepSize[t];
      float vScale = steps.vScale[t];
      for (int i = 0; i < n; i++) {
        float weight = w[wFrom + i];
        float gradient = Math.fma(steps.l2, weight, 0f);
        float first = Math.fma(b1, m[mFrom + i], c1 * gradient);
        float second = Math.fma(b2, v[vFrom + i], c2 * gradient * gradient);
        m[mFrom + i] = first;
        v[vFrom + i] = second;
        float scale = (float) Math.sqrt(second * vScale) + steps.epsilon;
        w[wFrom + i] = weight - size * first / scale;
      }
    }
  }

  @Override
  public int selectAbove(float[] x, int from, int n, float threshold, int[] out, int outFrom) {
    int count = 0;
    for (int i = 0; i < n; i++) {
      if (x[from + i] > threshold) {
        out[outFrom + count++] = i;
      }
    }
    return count;
  }

  @Override
  public int countAbove(float[] x, int from, int n, float threshold) {
    int count = 0;
    for (int i = 0; i < n; i++) {
      if (x[from + i] > threshold) {
        count++;
      }
    }
    return count;
  }

  @Override
  public void poisson(float[] x, int from, int n, long[] bits, int bitsFrom) {
    ScalarPoisson.counts(x, from, n, bits, bitsFrom);
  }

  @Override
  public void searchRows(
      int[] sums, int width, int[] marks, int marksFrom, int[] found, int foundFrom, int n) {
    ScalarSearch.rows(sums, width, marks, marksFrom, found, foundFrom, n);
  }

  @Override
  public void counterBits(long first, long second, long counter, long[] out, int n) {
    for (int i = 0; i < n; i++) {
      out[i] = CounterBits.at(first, second, counter + i);
    }
  }
}
