package dev.tamis.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AliasTableTest {
  static Stream<Named<double[]>> weights() {
    double[] heavy = new double[1000];
    Arrays.fill(heavy, 1e-3);
    heavy[417] = 1e3;
    double[] half = new double[501];
    for (int i = 0; i < half.length; i++) {
      half[i] = i % 2 == 0 ? 0 : 1.0 / i;
    }
    double[] lastOnly = new double[64];
    lastOnly[63] = 3;
    double[] even = new double[777];
    Arrays.fill(even, 0.1);
    return Stream.of(
        Named.of("one entry", new double[] {5}),
        Named.of("four", new double[] {1, 2, 3, 4}),
        Named.of("one heavy", heavy),
        Named.of("every other one zero", half),
        Named.of("all on the last", lastOnly),
        Named.of("even", even));
  }

  @ParameterizedTest
  @MethodSource("weights")
  void massesAreThoseOfTheWeights(double[] weights) {
    AliasTable table = new AliasTable(weights);
    double total = Arrays.stream(weights).sum();

    for (int i = 0; i < weights.length; i++) {
      assertThat(Math.abs(table.probability(i) - weights[i] / total)).isLessThan(1e-9);
      if (weights[i] == 0) {
        assertThat(table.probability(i)).isZero();
      }
    }
    assertThat(table.size()).isEqualTo(weights.length);
  }

  @ParameterizedTest
  @MethodSource("weights")
  void drawsFollowTheWeights(double[] weights) {
    AliasTable table = new AliasTable(weights);
    Rng rng = Rng.keyed(21, dev.tamis.math.Stream.NEGATIVES, weights.length, 0);
    double total = Arrays.stream(weights).sum();
    long[] counts = new long[weights.length];
    for (int i = 0; i < 1_000_000; i++) {
      counts[table.draw(rng)]++;
    }
    int only = onlyEntry(weights);
    if (only >= 0) {
      assertThat(counts[only]).isEqualTo(1_000_000);
    } else {
      ChiSquare.assertFollows(counts, Arrays.stream(weights).map(w -> w / total).toArray());
    }
  }

  private static int onlyEntry(double[] weights) {
    int last = -1;
    for (int i = 0; i < weights.length; i++) {
      if (weights[i] > 0) {
        if (last >= 0) {
          return -1;
        }
        last = i;
      }
    }
    return last;
  }

  @Test
  void weightsThatAreNoDistributionAreRefused() {
    double[][] wrong = {
      {}, {0, 0}, {1, -1}, {Double.NaN, 1}, {1, Double.POSITIVE_INFINITY}, {1e308, 1e308, 1e308}
    };
    for (double[] weights : wrong) {
      assertThatThrownBy(() -> new AliasTable(weights))
          .as(Arrays.toString(weights))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("weight");
    }
  }
}
