package dev.tamis.kernels;

import java.util.Arrays;

/**
 * The kernels in plain Java: slow, and the definition of what every other implementation must
 * return.
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
    float[] p = new float[64];
    for (int i = 0; i < n; i++) {
      p[i & 63] = Math.fma(a[aFrom + i], b[bFrom + i], p[i & 63]);
    }
    return fold(p);
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
    for (int j = 0; j < count; j++) {
      out[outFrom + j] = dot(q, qFrom, table, rows[from + j] * width, width);
    }
  }

  @Override
  public float squaredDistance(float[] a, int aFrom, float[] b, int bFrom, int n) {
    float[] p = new float[64];
    for (int i = 0; i < n; i++) {
      float d = a[aFrom + i] - b[bFrom + i];
      p[i & 63] = Math.fma(d, d, p[i & 63]);
    }
    return fold(p);
  }

  @Override
  public float sum(float[] x, int from, int n) {
    float[] p = new float[64];
    for (int i = 0; i < n; i++) {
      p[i & 63] += x[from + i];
    }
    return fold(p);
  }

  @Override
  public float max(float[] x, int from, int n) {
    float max = Float.NEGATIVE_INFINITY;
    for (int i = 0; i < n; i++) {
      max = Math.max(max, x[from + i]);
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
    double sum = 0;
    for (int i = 0; i < n; i++) {
      sum += Math.exp(x[from + i] - max);
    }
    return (float) (max + Math.log(sum));
  }

  @Override
  public float softmax(float[] x, int from, int n) {
    float lse = logSumExp(x, from, n);
    for (int i = 0; i < n; i++) {
      x[from + i] = (float) Math.exp(x[from + i] - lse);
    }
    return lse;
  }

  @Override
  public void exp(float[] x, int xFrom, float[] y, int yFrom, int n) {
    for (int i = 0; i < n; i++) {
      y[yFrom + i] = (float) Math.exp(x[xFrom + i]);
    }
  }

  @Override
  public void log(float[] x, int xFrom, float[] y, int yFrom, int n) {
    for (int i = 0; i < n; i++) {
      y[yFrom + i] = (float) Math.log(x[xFrom + i]);
    }
  }

  @Override
  public void tanh(float[] x, int xFrom, float[] y, int yFrom, int n) {
    for (int i = 0; i < n; i++) {
      y[yFrom + i] = (float) Math.tanh(x[xFrom + i]);
    }
  }

  @Override
  public void sigmoid(float[] x, int xFrom, float[] y, int yFrom, int n) {
    for (int i = 0; i < n; i++) {
      y[yFrom + i] = (float) (1 / (1 + Math.exp(-x[xFrom + i])));
    }
  }

  @Override
  public void softplus(float[] x, int xFrom, float[] y, int yFrom, int n) {
    for (int i = 0; i < n; i++) {
      double v = x[xFrom + i];
      y[yFrom + i] = (float) (Math.max(v, 0) + Math.log1p(Math.exp(-Math.abs(v))));
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
    float b1 = step.beta1();
    float b2 = step.beta2();
    for (int i = 0; i < n; i++) {
      float weight = w[wFrom + i];
      float gradient = Math.fma(step.l2(), weight, g[gFrom + i]);
      float first = Math.fma(b1, m[mFrom + i], (1 - b1) * gradient);
      float second = Math.fma(b2, v[vFrom + i], (1 - b2) * gradient * gradient);
      m[mFrom + i] = first;
      v[vFrom + i] = second;
      float scale = (float) Math.sqrt(second * step.vScale()) + step.epsilon();
      w[wFrom + i] = weight - step.stepSize() * first / scale;
    }
  }

  @Override
  public void adamIdle(
      float[] w, int wFrom, float[] m, int mFrom, float[] v, int vFrom, int n, AdamIdle idle) {
    for (int i = 0; i < n; i++) {
      float scale = (float) Math.sqrt(v[vFrom + i] * idle.vScale()) + idle.epsilon();
      w[wFrom + i] -= idle.move() * m[mFrom + i] / scale;
      m[mFrom + i] *= idle.mDecay();
      v[vFrom + i] *= idle.vDecay();
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

  private static float fold(float[] p) {
    float[] s = Arrays.copyOf(p, 16);
    for (int l = 0; l < 16; l++) {
      s[l] = (p[l] + p[l + 16]) + (p[l + 32] + p[l + 48]);
    }
    for (int half = 8; half > 0; half >>= 1) {
      for (int l = 0; l < half; l++) {
        s[l] += s[l + half];
      }
    }
    return s[0];
  }
}
