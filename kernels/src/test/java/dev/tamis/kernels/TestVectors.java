package dev.tamis.kernels;

import java.util.SplittableRandom;

/** Random and awkward floats, all a function of a seed. */
final class TestVectors {
  private static final float[] AWKWARD = {
    Float.NaN,
    Float.POSITIVE_INFINITY,
    Float.NEGATIVE_INFINITY,
    0f,
    -0f,
    Float.MIN_VALUE,
    -Float.MIN_VALUE,
    Float.MIN_NORMAL,
    Math.nextDown(Float.MIN_NORMAL),
    Float.MAX_VALUE,
    -Float.MAX_VALUE,
    1e-30f,
    -1e30f
  };

  private TestVectors() {}

  /** Values in -2..2. */
  static float[] plain(int n, SplittableRandom random) {
    float[] x = new float[n];
    for (int i = 0; i < n; i++) {
      x[i] = (float) random.nextDouble(-2, 2);
    }
    return x;
  }

  /** Plain values among which one in {@code rarity} is infinite, NaN, subnormal, huge or a zero. */
  static float[] awkward(int n, int rarity, SplittableRandom random) {
    float[] x = plain(n, random);
    for (int i = 0; i < n; i++) {
      if (random.nextInt(rarity) == 0) {
        x[i] = AWKWARD[random.nextInt(AWKWARD.length)];
      }
    }
    return x;
  }

  /** The bits of the values, with one NaN. */
  static int[] bits(float[] x) {
    int[] bits = new int[x.length];
    for (int i = 0; i < x.length; i++) {
      bits[i] = Float.floatToIntBits(x[i]);
    }
    return bits;
  }
}
