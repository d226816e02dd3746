package dev.tamis.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tamis.model.Candidates;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MultinomialTest {
  private static final int ROWS = 5;
  private static final int ITEMS = 37;

  private final Multinomial multinomial = new Multinomial();

  private static double oracle(Candidates c, double[] s) {
    double loss = 0;
    for (int r = 0; r < c.rows; r++) {
      double max = Double.NEGATIVE_INFINITY;
      for (int e = c.at(r); e < c.at(r + 1); e++) {
        max = Math.max(max, s[e]);
      }
      double sum = 0;
      for (int e = c.at(r); e < c.at(r + 1); e++) {
        sum += Math.exp(s[e] - max);
      }
      for (int p = c.posStart[r]; p < c.posStart[r + 1]; p++) {
        loss += c.rowWeight[r] * (max + Math.log(sum) - s[c.at(r) + c.posIds[p]]);
      }
    }
    return loss;
  }

  @Test
  void derivativesAreThoseOfTheLoss() {
    Candidates c = Blocks.histories(ROWS, ITEMS, 1.5, 1);
    double[] s = Blocks.widened(c.score, ROWS * ITEMS);
    double[] slopes = CentralDifferences.of(x -> oracle(c, x), s);
    double loss = multinomial.differentiate(c, 0, ROWS);

    assertThat(loss).isCloseTo(oracle(c, s), within(1e-6 * oracle(c, s)));
    for (int r = 0; r < ROWS; r++) {
      double scale = c.rowWeight[r] * (c.posStart[r + 1] - c.posStart[r]);
      for (int e = c.at(r); e < c.at(r + 1); e++) {
        assertThat((double) c.score[e]).isCloseTo(slopes[e], within(1e-5 * scale));
      }
    }
  }

  @Test
  void derivativesOfARowSumToZero() {
    Candidates c = Blocks.histories(ROWS, ITEMS, 2, 2);
    multinomial.differentiate(c, 0, ROWS);

    for (int r = 0; r < ROWS; r++) {
      double sum = 0;
      for (int e = c.at(r); e < c.at(r + 1); e++) {
        sum += c.score[e];
      }
      assertThat(sum).isCloseTo(0, within(1e-6 * ITEMS));
    }
  }

  @Test
  void shiftOfAllScoresChangesNothing() {
    Candidates c = Blocks.histories(ROWS, ITEMS, 1, 3);
    Candidates shifted = Blocks.histories(ROWS, ITEMS, 1, 3);
    for (int e = 0; e < ROWS * ITEMS; e++) {
      shifted.score[e] += 16;
    }
    double loss = multinomial.differentiate(c, 0, ROWS);

    assertThat(multinomial.differentiate(shifted, 0, ROWS)).isCloseTo(loss, within(1e-5 * loss));
    for (int e = 0; e < ROWS * ITEMS; e++) {
      assertThat(shifted.score[e]).isCloseTo(c.score[e], within(1e-4f));
    }
  }

  @Test
  void halvesGiveTheBitsOfTheWhole() {
    Candidates whole = Blocks.histories(ROWS, ITEMS, 2, 4);
    Candidates halves = Blocks.histories(ROWS, ITEMS, 2, 4);
    double loss = multinomial.differentiate(whole, 0, ROWS);
    double second = multinomial.differentiate(halves, 2, ROWS);
    double first = multinomial.differentiate(halves, 0, 2);

    assertThat(halves.score).isEqualTo(whole.score);
    assertThat(first + second).isCloseTo(loss, within(1e-12 * loss));
  }

  @Test
  void rowWeightMultipliesLossAndDerivatives() {
    Candidates one = Blocks.histories(1, ITEMS, 1, 5);
    Candidates half = Blocks.histories(1, ITEMS, 1, 5);
    one.rowWeight[0] = 1;
    half.rowWeight[0] = 0.5f;
    double loss = multinomial.differentiate(one, 0, 1);

    assertThat(multinomial.differentiate(half, 0, 1)).isCloseTo(loss / 2, within(1e-12 * loss));
    for (int e = 0; e < ITEMS; e++) {
      assertThat(half.score[e]).isCloseTo(one.score[e] / 2, within(1e-6f));
    }
  }

  @ParameterizedTest
  @ValueSource(floats = {80, 1e4f, 1e30f})
  void extremeScoresStayFinite(float far) {
    Candidates c = Blocks.histories(1, ITEMS, 1, 6);
    c.rowWeight[0] = 1;
    c.score[3] = far;
    c.score[4] = -far;
    double expected = oracle(c, Blocks.widened(c.score, ITEMS));
    double loss = multinomial.differentiate(c, 0, 1);

    assertThat(loss).isFinite().isCloseTo(expected, within(1e-6 * expected));
    for (int e = 0; e < ITEMS; e++) {
      assertThat(c.score[e]).isEqualTo(e == 3 ? ITEMS - 1f : -1f);
    }
  }

  @Test
  void rowWithoutHistoryHasNoLossAndNoGradient() {
    Candidates c = Blocks.histories(1, ITEMS, 1, 7);
    c.posStart[1] = 0;

    assertThat(multinomial.differentiate(c, 0, 1)).isZero();
    for (int e = 0; e < ITEMS; e++) {
      assertThat(c.score[e]).isZero();
    }
  }
}
