package dev.tamis.kernels;

/** The reductions as {@link KernelOps} words them, with an array of 64 partials. */
final class NaiveSums {
  private final float[] p = new float[64];

  static float dot(float[] a, int aFrom, float[] b, int bFrom, int n) {
    NaiveSums sums = new NaiveSums();
    for (int i = 0; i < n; i++) {
      sums.p[i % 64] = Math.fma(a[aFrom + i], b[bFrom + i], sums.p[i % 64]);
    }
    return sums.fold();
  }

  static float squaredDistance(float[] a, int aFrom, float[] b, int bFrom, int n) {
    NaiveSums sums = new NaiveSums();
    for (int i = 0; i < n; i++) {
      float d = a[aFrom + i] - b[bFrom + i];
      sums.p[i % 64] = Math.fma(d, d, sums.p[i % 64]);
    }
    return sums.fold();
  }

  static float sum(float[] x, int from, int n) {
    NaiveSums sums = new NaiveSums();
    for (int i = 0; i < n; i++) {
      sums.p[i % 64] += x[from + i];
    }
    return sums.fold();
  }

  private float fold() {
    float[] s = new float[16];
    for (int l = 0; l < 16; l++) {
      s[l] = (p[l] + p[l + 16]) + (p[l + 32] + p[l + 48]);
    }
    for (int half = 8; half > 0; half /= 2) {
      for (int l = 0; l < half; l++) {
        s[l] += s[l + half];
      }
    }
    return s[0];
  }
}
