package dev.tamis.artifact;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FiniteTest {
  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
  void theFirstOfSeveralIsFoundWhereverItIs(float bad) {
    float[] values = new float[10_000];
    for (int i = 0; i < values.length; i++) {
      values[i] = i % 2 == 0 ? Float.MAX_VALUE : -Float.MIN_VALUE;
    }
    assertThat(Finite.firstNonFinite(values)).isEqualTo(-1);
    assertThat(Finite.firstNonFinite(new float[0])).isEqualTo(-1);
    for (int at : new int[] {9_999, 8_192, 8_191, 4_096, 4_095, 1, 0}) {
      values[at] = bad;
      assertThat(Finite.firstNonFinite(values)).isEqualTo(at);
    }
  }
}
