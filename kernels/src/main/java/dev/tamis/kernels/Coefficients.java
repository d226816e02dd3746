package dev.tamis.kernels;

/**
 * Constants of the elementary functions, the same for {@link ScalarMath} and {@link SimdMath}.
 *
 * <p>The polynomials are our own fits, which minimise the largest relative error over the reduced
 * range and are rounded to float; the errors named are those of the rounded coefficients.
 */
final class Coefficients {
  /** Added to and taken from a small number, it rounds to an integer, left in the low bits. */
  static final float ROUND = 0x1.8p23f;

  static final int ROUND_BITS = Float.floatToRawIntBits(ROUND);
  static final int SIGN_BIT = 0x8000_0000;

  static final float LOG2_E = 1.44269504f;

  /**
   * ln 2 in two parts; the high one has nine bits, so that its product with an exponent is exact.
   */
  static final float LN2_HIGH = 0.693359375f;

  static final float LN2_LOW = (float) (0.693147180559945309 - 0.693359375);

  /** Above, exp is infinite; from 88.73 it overflows by itself. */
  static final float EXP_MAX = 89;

  /** Below, exp is less than half the smallest float. */
  static final float EXP_MIN = -104;

  // exp(r) = 1 + r + r^2 (E2 + r (E3 + ...)), |r| <= ln(2) / 2, error 4.5e-9
  static final float E2 = 0x1.fffffcp-2f;
  static final float E3 = 0x1.55549p-3f;
  static final float E4 = 0x1.5558f4p-5f;
  static final float E5 = 0x1.123a36p-7f;
  static final float E6 = 0x1.6a23a8p-10f;

  /** The bits of sqrt(1/2), where the mantissa that log sees begins. */
  static final int SQRT_HALF_BITS = Float.floatToRawIntBits(0.70710678f);

  // log(1 + f) = f - f^2 / 2 + f^3 (L3 + f (L4 + ...)), sqrt(1/2) <= 1 + f <= sqrt(2), error 3.2e-9
  static final float L3 = 0x1.555548p-2f;
  static final float L4 = -0x1.000006p-2f;
  static final float L5 = 0x1.99a4b6p-3f;
  static final float L6 = -0x1.555c4ep-3f;
  static final float L7 = 0x1.233766p-3f;
  static final float L8 = -0x1.fc22p-4f;
  static final float L9 = 0x1.e6f078p-4f;
  static final float L10 = -0x1.de3c48p-4f;
  static final float L11 = 0x1.1457c8p-4f;

  /** Below, tanh is a polynomial; from here on it comes from exp. */
  static final float TANH_SWITCH = 0.625f;

  // tanh(a) = a + a^3 (T0 + a^2 (T1 + ...)), error 8.6e-9
  static final float T0 = -0x1.555532p-2f;
  static final float T1 = 0x1.110726p-3f;
  static final float T2 = -0x1.b83c5ap-5f;
  static final float T3 = 0x1.52269cp-6f;
  static final float T4 = -0x1.75e1ccp-8f;

  // log(1 + z) = a + a^3 (P0 + a^2 (P1 + ...)), a = 2z / (2 + z), 0 <= z <= 1, error 5.0e-9
  static final float P0 = 0x1.5555p-4f;
  static final float P1 = 0x1.99d27cp-7f;
  static final float P2 = 0x1.1eb61p-9f;
  static final float P3 = 0x1.1ef87ap-11f;

  /** The greatest mean of a Poisson law; one of more counts has a probability below 1e-10. */
  static final float POISSON_MEAN = 4;

  static final int POISSON_MOST = 24;

  /** Below, 1 - exp(-x) comes from its series, for the difference would lose its last places. */
  static final float POISSON_SMALL = 0.0625f;

  static final float THIRD = 1 / 3f;

  /** [POISSON_MOST + 1] 1 / i. */
  static final float[] INVERSE = new float[POISSON_MOST + 1];

  static {
    for (int i = 1; i <= POISSON_MOST; i++) {
      INVERSE[i] = 1f / i;
    }
  }

  private Coefficients() {}
}
