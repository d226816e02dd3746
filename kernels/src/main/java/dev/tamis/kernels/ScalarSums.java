package dev.tamis.kernels;

/**
 * The reductions of {@link KernelOps} in plain Java.
 *
 * <p>The eight partials that end in {@code s[l] + s[l+8]} are eight local variables of one pass
 * over the input with a stride of 64; eight such passes make a sum, without an array of partials.
 */
final class ScalarSums {
  private ScalarSums() {}

  static float dot(float[] a, int aFrom, float[] b, int bFrom, int n) {
    float t0 = dotPass(a, aFrom, b, bFrom, n, 0);
    float t1 = dotPass(a, aFrom, b, bFrom, n, 1);
    float t2 = dotPass(a, aFrom, b, bFrom, n, 2);
    float t3 = dotPass(a, aFrom, b, bFrom, n, 3);
    float t4 = dotPass(a, aFrom, b, bFrom, n, 4);
    float t5 = dotPass(a, aFrom, b, bFrom, n, 5);
    float t6 = dotPass(a, aFrom, b, bFrom, n, 6);
    float t7 = dotPass(a, aFrom, b, bFrom, n, 7);
    return ((t0 + t4) + (t2 + t6)) + ((t1 + t5) + (t3 + t7));
  }

  private static float dotPass(float[] a, int aFrom, float[] b, int bFrom, int n, int l) {
    float p0 = 0;
    float p1 = 0;
    float p2 = 0;
    float p3 = 0;
    float p4 = 0;
    float p5 = 0;
    float p6 = 0;
    float p7 = 0;
    int i = l;
    for (; i + 56 < n; i += 64) {
      p0 = Math.fma(a[aFrom + i], b[bFrom + i], p0);
      p1 = Math.fma(a[aFrom + i + 8], b[bFrom + i + 8], p1);
      p2 = Math.fma(a[aFrom + i + 16], b[bFrom + i + 16], p2);
      p3 = Math.fma(a[aFrom + i + 24], b[bFrom + i + 24], p3);
      p4 = Math.fma(a[aFrom + i + 32], b[bFrom + i + 32], p4);
      p5 = Math.fma(a[aFrom + i + 40], b[bFrom + i + 40], p5);
      p6 = Math.fma(a[aFrom + i + 48], b[bFrom + i + 48], p6);
      p7 = Math.fma(a[aFrom + i + 56], b[bFrom + i + 56], p7);
    }
    if (i < n) {
      p0 = Math.fma(a[aFrom + i], b[bFrom + i], p0);
    }
    if (i + 8 < n) {
      p1 = Math.fma(a[aFrom + i + 8], b[bFrom + i + 8], p1);
    }
    if (i + 16 < n) {
      p2 = Math.fma(a[aFrom + i + 16], b[bFrom + i + 16], p2);
    }
    if (i + 24 < n) {
      p3 = Math.fma(a[aFrom + i + 24], b[bFrom + i + 24], p3);
    }
    if (i + 32 < n) {
      p4 = Math.fma(a[aFrom + i + 32], b[bFrom + i + 32], p4);
    }
    if (i + 40 < n) {
      p5 = Math.fma(a[aFrom + i + 40], b[bFrom + i + 40], p5);
    }
    if (i + 48 < n) {
      p6 = Math.fma(a[aFrom + i + 48], b[bFrom + i + 48], p6);
    }
    return ((p0 + p2) + (p4 + p6)) + ((p1 + p3) + (p5 + p7));
  }

  static float squaredDistance(float[] a, int aFrom, float[] b, int bFrom, int n) {
    float t0 = squaredDistancePass(a, aFrom, b, bFrom, n, 0);
    float t1 = squaredDistancePass(a, aFrom, b, bFrom, n, 1);
    float t2 = squaredDistancePass(a, aFrom, b, bFrom, n, 2);
    float t3 = squaredDistancePass(a, aFrom, b, bFrom, n, 3);
    float t4 = squaredDistancePass(a, aFrom, b, bFrom, n, 4);
    float t5 = squaredDistancePass(a, aFrom, b, bFrom, n, 5);
    float t6 = squaredDistancePass(a, aFrom, b, bFrom, n, 6);
    float t7 = squaredDistancePass(a, aFrom, b, bFrom, n, 7);
    return ((t0 + t4) + (t2 + t6)) + ((t1 + t5) + (t3 + t7));
  }

  private static float squaredDistancePass(
      float[] a, int aFrom, float[] b, int bFrom, int n, int l) {
    float p0 = 0;
    float p1 = 0;
    float p2 = 0;
    float p3 = 0;
    float p4 = 0;
    float p5 = 0;
    float p6 = 0;
    float p7 = 0;
    int i = l;
    for (; i + 56 < n; i += 64) {
      p0 = addSquare(a[aFrom + i] - b[bFrom + i], p0);
      p1 = addSquare(a[aFrom + i + 8] - b[bFrom + i + 8], p1);
      p2 = addSquare(a[aFrom + i + 16] - b[bFrom + i + 16], p2);
      p3 = addSquare(a[aFrom + i + 24] - b[bFrom + i + 24], p3);
      p4 = addSquare(a[aFrom + i + 32] - b[bFrom + i + 32], p4);
      p5 = addSquare(a[aFrom + i + 40] - b[bFrom + i + 40], p5);
      p6 = addSquare(a[aFrom + i + 48] - b[bFrom + i + 48], p6);
      p7 = addSquare(a[aFrom + i + 56] - b[bFrom + i + 56], p7);
    }
    if (i < n) {
      p0 = addSquare(a[aFrom + i] - b[bFrom + i], p0);
    }
    if (i + 8 < n) {
      p1 = addSquare(a[aFrom + i + 8] - b[bFrom + i + 8], p1);
    }
    if (i + 16 < n) {
      p2 = addSquare(a[aFrom + i + 16] - b[bFrom + i + 16], p2);
    }
    if (i + 24 < n) {
      p3 = addSquare(a[aFrom + i + 24] - b[bFrom + i + 24], p3);
    }
    if (i + 32 < n) {
      p4 = addSquare(a[aFrom + i + 32] - b[bFrom + i + 32], p4);
    }
    if (i + 40 < n) {
      p5 = addSquare(a[aFrom + i + 40] - b[bFrom + i + 40], p5);
    }
    if (i + 48 < n) {
      p6 = addSquare(a[aFrom + i + 48] - b[bFrom + i + 48], p6);
    }
    return ((p0 + p2) + (p4 + p6)) + ((p1 + p3) + (p5 + p7));
  }

  private static float addSquare(float difference, float sum) {
    return Math.fma(difference, difference, sum);
  }

  static float sum(float[] x, int from, int n) {
    float t0 = sumPass(x, from, n, 0);
    float t1 = sumPass(x, from, n, 1);
    float t2 = sumPass(x, from, n, 2);
    float t3 = sumPass(x, from, n, 3);
    float t4 = sumPass(x, from, n, 4);
    float t5 = sumPass(x, from, n, 5);
    float t6 = sumPass(x, from, n, 6);
    float t7 = sumPass(x, from, n, 7);
    return ((t0 + t4) + (t2 + t6)) + ((t1 + t5) + (t3 + t7));
  }

  private static float sumPass(float[] x, int from, int n, int l) {
    float p0 = 0;
    float p1 = 0;
    float p2 = 0;
    float p3 = 0;
    float p4 = 0;
    float p5 = 0;
    float p6 = 0;
    float p7 = 0;
    int i = l;
    for (; i + 56 < n; i += 64) {
      p0 += x[from + i];
      p1 += x[from + i + 8];
      p2 += x[from + i + 16];
      p3 += x[from + i + 24];
      p4 += x[from + i + 32];
      p5 += x[from + i + 40];
      p6 += x[from + i + 48];
      p7 += x[from + i + 56];
    }
    if (i < n) {
      p0 += x[from + i];
    }
    if (i + 8 < n) {
      p1 += x[from + i + 8];
    }
    if (i + 16 < n) {
      p2 += x[from + i + 16];
    }
    if (i + 24 < n) {
      p3 += x[from + i + 24];
    }
    if (i + 32 < n) {
      p4 += x[from + i + 32];
    }
    if (i + 40 < n) {
      p5 += x[from + i + 40];
    }
    if (i + 48 < n) {
      p6 += x[from + i + 48];
    }
    return ((p0 + p2) + (p4 + p6)) + ((p1 + p3) + (p5 + p7));
  }

  /** The sum of exp(x - shift). */
  static float sumExp(float[] x, int from, int n, float shift) {
    float t0 = sumExpPass(x, from, n, shift, 0);
    float t1 = sumExpPass(x, from, n, shift, 1);
    float t2 = sumExpPass(x, from, n, shift, 2);
    float t3 = sumExpPass(x, from, n, shift, 3);
    float t4 = sumExpPass(x, from, n, shift, 4);
    float t5 = sumExpPass(x, from, n, shift, 5);
    float t6 = sumExpPass(x, from, n, shift, 6);
    float t7 = sumExpPass(x, from, n, shift, 7);
    return ((t0 + t4) + (t2 + t6)) + ((t1 + t5) + (t3 + t7));
  }

  private static float sumExpPass(float[] x, int from, int n, float shift, int l) {
    float p0 = 0;
    float p1 = 0;
    float p2 = 0;
    float p3 = 0;
    float p4 = 0;
    float p5 = 0;
    float p6 = 0;
    float p7 = 0;
    int i = l;
    for (; i + 56 < n; i += 64) {
      p0 += ScalarMath.exp(x[from + i] - shift);
      p1 += ScalarMath.exp(x[from + i + 8] - shift);
      p2 += ScalarMath.exp(x[from + i + 16] - shift);
      p3 += ScalarMath.exp(x[from + i + 24] - shift);
      p4 += ScalarMath.exp(x[from + i + 32] - shift);
      p5 += ScalarMath.exp(x[from + i + 40] - shift);
      p6 += ScalarMath.exp(x[from + i + 48] - shift);
      p7 += ScalarMath.exp(x[from + i + 56] - shift);
    }
    if (i < n) {
      p0 += ScalarMath.exp(x[from + i] - shift);
    }
    if (i + 8 < n) {
      p1 += ScalarMath.exp(x[from + i + 8] - shift);
    }
    if (i + 16 < n) {
      p2 += ScalarMath.exp(x[from + i + 16] - shift);
    }
    if (i + 24 < n) {
      p3 += ScalarMath.exp(x[from + i + 24] - shift);
    }
    if (i + 32 < n) {
      p4 += ScalarMath.exp(x[from + i + 32] - shift);
    }
    if (i + 40 < n) {
      p5 += ScalarMath.exp(x[from + i + 40] - shift);
    }
    if (i + 48 < n) {
      p6 += ScalarMath.exp(x[from + i + 48] - shift);
    }
    return ((p0 + p2) + (p4 + p6)) + ((p1 + p3) + (p5 + p7));
  }
}
