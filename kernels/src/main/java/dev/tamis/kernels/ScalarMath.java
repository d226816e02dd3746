package dev.tamis.kernels;

import static dev.tamis.kernels.Coefficients.*;

/**
 * The elementary functions of one float, by polynomials with fused multiply-adds. {@link SimdMath}
 * does the same operations in the same order.
 *
 * <p>Largest error over all floats, in units of the last place of the true result (subnormal
 * results included): exp 1.02, log 0.83, tanh 1.34, sigmoid 2.38, softplus 2.88. NaN gives NaN.
 */
final class ScalarMath {
  private ScalarMath() {}

  static float exp(float x) {
    float z = Math.fma(x, LOG2_E, ROUND);
    float n = z - ROUND;
    float r = Math.fma(n, -LN2_LOW, Math.fma(n, -LN2_HIGH, x));
    float q = Math.fma(E6, r, E5);
    q = Math.fma(q, r, E4);
    q = Math.fma(q, r, E3);
    q = Math.fma(q, r, E2);
    float y = Math.fma(r * r, q, r) + 1;
    // Two factors: 2^n itself may be too large or too small for a float.
    int exponent = Float.floatToRawIntBits(z) - ROUND_BITS;
    int half = exponent >> 1;
    y = y * Float.intBitsToFloat((half + 127) << 23);
    y = y * Float.intBitsToFloat((exponent - half + 127) << 23);
    return x > EXP_MAX ? Float.POSITIVE_INFINITY : x < EXP_MIN ? 0 : y;
  }

  static float log(float x) {
    boolean small = x < Float.MIN_NORMAL;
    float v = small ? x * 0x1p25f : x;
    int bits = Float.floatToRawIntBits(v);
    int exponent = (bits - SQRT_HALF_BITS) >> 23;
    float f = Float.intBitsToFloat(bits - (exponent << 23)) - 1;
    float e = small ? exponent - 25f : exponent;
    float q = Math.fma(L11, f, L10);
    q = Math.fma(q, f, L9);
    q = Math.fma(q, f, L8);
    q = Math.fma(q, f, L7);
    q = Math.fma(q, f, L6);
    q = Math.fma(q, f, L5);
    q = Math.fma(q, f, L4);
    q = Math.fma(q, f, L3);
    float low = Math.fma(f * f, Math.fma(q, f, -0.5f), e * LN2_LOW);
    // high + f, and what that sum rounded away.
    float high = e * LN2_HIGH;
    float sum = high + f;
    float y = sum + (low + (f - (sum - high)));
    y = x < Float.POSITIVE_INFINITY ? y : x;
    y = x == 0 ? Float.NEGATIVE_INFINITY : y;
    return x < 0 ? Float.NaN : y;
  }

  static float tanh(float x) {
    float a = Math.abs(x);
    float y;
    if (a < TANH_SWITCH) {
      float u = a * a;
      float q = Math.fma(T4, u, T3);
      q = Math.fma(q, u, T2);
      q = Math.fma(q, u, T1);
      q = Math.fma(q, u, T0);
      y = Math.fma(a * u, q, a);
    } else {
      y = 1 - 2 / (exp(a + a) + 1);
    }
    return Float.intBitsToFloat(
        Float.floatToRawIntBits(y) | (Float.floatToRawIntBits(x) & SIGN_BIT));
  }

  static float sigmoid(float x) {
    float z = exp(-Math.abs(x));
    return (x < 0 ? z : 1) / (z + 1);
  }

  static float softplus(float x) {
    float z = exp(-Math.abs(x));
    float a = (z + z) / (z + 2);
    float u = a * a;
    float q = Math.fma(P3, u, P2);
    q = Math.fma(q, u, P1);
    q = Math.fma(q, u, P0);
    return Math.fma(a * u, q, a) + (x > 0 ? x : 0);
  }
}
