package dev.tamis.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The elementary functions against double precision, over all magnitudes and signs. */
class ElementaryFunctionAccuracyTest {
  /** About 2.1 million floats: every 2039th bit pattern, a prime, so that mantissas vary. */
  private static final int STRIDE = 2039;

  private interface FloatFunction {
    float apply(float x);
  }

  enum Function {
    EXP(ScalarMath::exp, StrictMath::exp, 1.02),
    LOG(ScalarMath::log, StrictMath::log, 0.83),
    TANH(ScalarMath::tanh, StrictMath::tanh, 1.34),
    SIGMOID(ScalarMath::sigmoid, Function::exactSigmoid, 2.38),
    SOFTPLUS(ScalarMath::softplus, Function::exactSoftplus, 2.88);

    private final FloatFunction function;
    private final DoubleUnaryOperator exact;
    private final double statedUlps;

    Function(FloatFunction function, DoubleUnaryOperator exact, double statedUlps) {
      this.function = function;
      this.exact = exact;
      this.statedUlps = statedUlps;
    }

    private static double exactSigmoid(double x) {
      return x >= 0 ? 1 / (1 + StrictMath.exp(-x)) : StrictMath.exp(x) / (1 + StrictMath.exp(x));
    }

    private static double exactSoftplus(double x) {
      return Math.max(x, 0) + StrictMath.log1p(StrictMath.exp(-Math.abs(x)));
    }

    private void check(float x) {
      float y = function.apply(x);
      double exact = this.exact.applyAsDouble(x);
      float nearest = (float) exact;
      if (Double.isNaN(exact) || Double.isInfinite(exact) || exact == 0) {
        assertThat(Float.compare(y, nearest)).as("%s(%s) is %s", this, x, y).isZero();
      } else if (Float.isInfinite(nearest)) {
        assertThat(y >= Float.MAX_VALUE).as("%s(%s) is %s", this, x, y).isTrue();
      } else {
        double error = Math.abs(y - exact) / Math.ulp(nearest);
        if (!(error <= statedUlps)) {
          throw new AssertionError(
              "%s(%s) is %s, but %s: %.3f ulp".formatted(this, x, y, exact, error));
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void errorStaysWithinWhatIsStatedOverTheWholeRange(Function f) {
    for (long bits = 0; bits < 1L << 32; bits += STRIDE) {
      f.check(Float.intBitsToFloat((int) bits));
    }
  }

  @ParameterizedTest
  @EnumSource
  void errorStaysWithinWhatIsStatedWhereModelsLive(Function f) {
    for (int i = -400_000; i <= 400_000; i++) {
      f.check(i * 5e-5f);
    }
  }

  @ParameterizedTest
  @EnumSource
  void errorStaysWithinWhatIsStatedAroundTheThresholds(Function f) {
    float[] thresholds = {
      0,
      0.625f,
      1,
      2,
      8.66f,
      9.01f,
      16.6f,
      44.4f,
      52,
      87.34f,
      88.7228f,
      89,
      103.28f,
      103.98f,
      104,
      0.70710678f,
      1.41421356f,
      0.34657359f,
      Float.MIN_NORMAL,
      1e-7f,
      150,
      Float.MAX_VALUE
    };
    for (float threshold : thresholds) {
      for (int ulps = -2000; ulps <= 2000; ulps++) {
        float x = Float.intBitsToFloat(Math.max(0, Float.floatToIntBits(threshold) + ulps));
        f.check(x);
        f.check(-x);
      }
    }
  }

  @Test
  void limitsAreExact() {
    float infinity = Float.POSITIVE_INFINITY;
    assertThat(ScalarMath.exp(0)).isEqualTo(1);
    assertThat(ScalarMath.exp(infinity)).isEqualTo(infinity);
    assertThat(ScalarMath.exp(-infinity)).isEqualTo(0f);
    assertThat(ScalarMath.log(1)).isEqualTo(0f);
    assertThat(ScalarMath.log(0f)).isEqualTo(-infinity);
    assertThat(ScalarMath.log(-0f)).isEqualTo(-infinity);
    assertThat(ScalarMath.log(-1)).isNaN();
    assertThat(ScalarMath.log(infinity)).isEqualTo(infinity);
    assertThat(ScalarMath.tanh(infinity)).isEqualTo(1);
    assertThat(ScalarMath.tanh(-infinity)).isEqualTo(-1);
    assertThat(Float.floatToIntBits(ScalarMath.tanh(-0f))).isEqualTo(Float.floatToIntBits(-0f));
    assertThat(ScalarMath.sigmoid(0)).isEqualTo(0.5f);
    assertThat(ScalarMath.sigmoid(-infinity)).isEqualTo(0f);
    assertThat(ScalarMath.sigmoid(infinity)).isEqualTo(1);
    assertThat(ScalarMath.softplus(-infinity)).isEqualTo(0f);
    assertThat(ScalarMath.softplus(infinity)).isEqualTo(infinity);
    for (Function f : Function.values()) {
      assertThat(f.function.apply(Float.NaN)).as(f.name()).isNaN();
    }
  }
}
