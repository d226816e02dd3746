package dev.tamis.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tamis.math.Rng;
import dev.tamis.math.Stream;
import dev.tamis.model.Candidates;
import dev.tamis.model.Candidates.Layout;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SampledSoftmaxTest {
  private static final int ROWS = 6;
  private static final int WIDTH = 5;

  private final SampledSoftmax softmax = new SampledSoftmax();

  private static Candidates block(Layout layout, double deviation) {
    Candidates c = Blocks.pairs(layout, ROWS, WIDTH, deviation, 21);
    Rng rng = Rng.keyed(22, Stream.DEMO, 0, 0);
    for (int e = 0; e < c.logQ.length; e++) {
      c.logQ[e] = (float) rng.nextGaussian();
    }
    for (int r = 0; r < ROWS; r++) {
      c.posLogQ[r] = (float) rng.nextGaussian();
    }
    return c;
  }

  /** The negative logarithm of the positive's share, in double. */
  private static double oracle(Candidates c, double[] s) {
    double loss = 0;
    for (int r = 0; r < ROWS; r++) {
      double own = Math.exp(s[ROWS * WIDTH + r] - c.posLogQ[r]);
      double all = own;
      for (int k = 0; k < WIDTH; k++) {
        all += Math.exp(s[r * WIDTH + k] - c.logQ[c.idsAt(r) + k]);
      }
      loss -= c.rowWeight[r] * Math.log(own / all);
    }
    return loss;
  }

  private static double[] numbers(Candidates c) {
    double[] s = Arrays.copyOf(Blocks.widened(c.score, ROWS * WIDTH), ROWS * (WIDTH + 1));
    for (int r = 0; r < ROWS; r++) {
      s[ROWS * WIDTH + r] = c.posScore[r];
    }
    return s;
  }

  @ParameterizedTest
  @CsvSource({"PER_ROW, 0.5", "PER_ROW, 4", "SHARED, 2"})
  void derivativesAreThoseOfTheLoss(Layout layout, double deviation) {
    Candidates c = block(layout, deviation);
    double[] s = numbers(c);
    double[] slopes = CentralDifferences.of(x -> oracle(c, x), s);
    double expected = oracle(c, s);
    double loss = softmax.differentiate(c, 0, ROWS);

    assertThat(loss).isCloseTo(expected, within(1e-5 * expected));
    double[] given = numbers(c);
    for (int i = 0; i < given.length; i++) {
      assertThat(given[i]).isCloseTo(slopes[i], within(1e-5));
    }
  }

  @Test
  void scoresFarApartDoNotOverflow() {
    Candidates c = block(Layout.PER_ROW, 1);
    Arrays.fill(c.score, 0, ROWS * WIDTH, 400);
    Arrays.fill(c.posScore, 0, 3, -400);
    Arrays.fill(c.posScore, 3, 6, 2000);
    double loss = softmax.differentiate(c, 0, ROWS);

    assertThat(loss).isBetween(3 * 0.25 * 790, 3 * 1.25 * 810);
    for (float slope : Arrays.copyOf(c.posScore, ROWS)) {
      assertThat(Float.isFinite(slope)).isTrue();
    }
    assertThat(c.posScore[0]).isEqualTo(-c.rowWeight[0]);
    assertThat(c.posScore[5]).isZero();
  }

  @Test
  void rowsWithoutExactlyOnePositiveAreRefused() {
    Candidates c = Blocks.histories(2, 4, 1, 1);

    assertThatThrownBy(() -> softmax.differentiate(c, 0, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("exactly one positive a row, but row 0 has 4");
  }
}
