package dev.tamis.kernels;

import static dev.tamis.kernels.Coefficients.*;

/** Poisson counts by inversion: from the upper tail down, which keeps the ratios of rare counts. */
final class ScalarPoisson {
  private ScalarPoisson() {}

  static void counts(float[] x, int from, int n, long[] bits, int bitsFrom) {
    for (int i = 0; i < n; i++) {
      float mean = Math.max(x[from + i], 0f);
      float p = ScalarMath.exp(-mean);
      float tail = mean < POISSON_SMALL ? oneMinusExpOfMinus(mean) : 1 - p;
      float u = ((int) (bits[bitsFrom + i / 2] >>> 32 * (i & 1)) >>> 1) * 0x1p-31f;
      int count = 0;
      while (u < tail && count < POISSON_MOST) {
        count++;
        p *= mean * INVERSE[count];
        tail -= p;
      }
      x[from + i] = count;
    }
  }

  /** {@code 1 - exp(-x)} for {@code x} from 0 to {@link Coefficients#POISSON_SMALL}. */
  private static float oneMinusExpOfMinus(float x) {
    float y = Math.fma(x, -0.25f, 1f);
    y = Math.fma(x * y, -THIRD, 1f);
    y = Math.fma(x * y, -0.5f, 1f);
    return x * y;
  }
}
