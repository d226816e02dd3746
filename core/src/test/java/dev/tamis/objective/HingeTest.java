package dev.tamis.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tamis.model.Candidates;
import dev.tamis.model.Candidates.Layout;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class HingeTest {
  private static final int ROWS = 9;
  private static final int WIDTH = 5;
  private static final double MARGIN = 1.5;

  private final Hinge hinge = new Hinge(MARGIN);

  /** The loss in double precision; {@code s} is the candidates' scores, then the positives'. */
  private static double oracle(Candidates c, double[] s, double[] w) {
    double loss = 0;
    for (int e = 0; e < ROWS * WIDTH; e++) {
      int r = e / WIDTH;
      loss += c.rowWeight[r] * w[e] * Math.max(0, MARGIN - s[ROWS * WIDTH + r] + s[e]);
    }
    return loss;
  }

  private static double[] scores(Candidates c) {
    double[] s = Arrays.copyOf(Blocks.widened(c.score, ROWS * WIDTH), ROWS * (WIDTH + 1));
    for (int r = 0; r < ROWS; r++) {
      s[ROWS * WIDTH + r] = c.posScore[r];
    }
    return s;
  }

  private static double[] weights(Candidates c) {
    double[] w = Blocks.widened(c.weight, ROWS * WIDTH);
    if (!c.weighted) {
      Arrays.fill(w, 1.0 / WIDTH);
    }
    return w;
  }

  /** [rows x width] softmax of the scores. */
  private static double[] softmax(double[] s) {
    double[] w = new double[ROWS * WIDTH];
    for (int e = 0; e < ROWS * WIDTH; e++) {
      double sum = 0;
      for (int k = e / WIDTH * WIDTH; k < (e / WIDTH + 1) * WIDTH; k++) {
        sum += Math.exp(s[k]);
      }
      w[e] = Math.exp(s[e]) / sum;
    }
    return w;
  }

  private void assertDerivatives(Candidates c, double expected, double[] slopes) {
    double loss = hinge.differentiate(c, 0, ROWS);

    assertThat(loss).isCloseTo(expected, within(1e-5 * expected));
    double[] given = scores(c);
    int zeros = 0;
    for (int i = 0; i < given.length; i++) {
      assertThat(given[i]).as("number %d", i).isCloseTo(slopes[i], within(1e-5));
      zeros += slopes[i] == 0 ? 1 : 0;
    }
    assertThat(zeros).as("candidates that keep the margin, among others").isBetween(3, 40);
  }

  @ParameterizedTest
  @CsvSource({"false, PER_ROW", "true, PER_ROW", "true, SHARED"})
  void derivativesAreThoseOfTheLoss(boolean weighted, Layout layout) {
    Candidates c = Blocks.pairs(layout, ROWS, WIDTH, 2, 1);
    c.weighted = weighted;
    double[] s = scores(c);
    double[] w = weights(c);

    assertDerivatives(c, oracle(c, s, w), CentralDifferences.of(x -> oracle(c, x, w), s.clone()));
  }

  @Test
  void gradientGoesThroughWeightsThatFlow() {
    Candidates c = Blocks.pairs(Layout.PER_ROW, ROWS, WIDTH, 2, 2);
    c.weighted = true;
    c.weightsFlow = true;
    double[] s = scores(c);
    double[] w = softmax(s);
    for (int e = 0; e < ROWS * WIDTH; e++) {
      c.weight[e] = (float) w[e];
    }
    double[] slopes = CentralDifferences.of(x -> oracle(c, x, softmax(x)), s.clone());
    double loss = hinge.differentiate(c, 0, ROWS);

    assertThat(loss).isCloseTo(oracle(c, s, w), within(1e-5 * loss));
    double[] given = scores(c);
    for (int i = 0; i < given.length; i++) {
      assertThat(given[i]).isCloseTo(slopes[i], within(1e-5));
    }
  }

  @Test
  void violatorsAloneHaveALossAndAGradient() {
    Candidates c = pair(2, 0.5f, 0.75f, -1, Float.NEGATIVE_INFINITY);

    // The first lies on the kink, the second passes it by 0.25.
    assertThat(hinge.differentiate(c, 0, 1)).isEqualTo(0.25 / 4);
    assertThat(c.score).containsExactly(0, 0.25f, 0, 0);
    assertThat(c.posScore[0]).isEqualTo(-0.25f);
  }

  @ParameterizedTest
  @EnumSource(
      value = Layout.class,
      names = {"PER_ROW", "SHARED"})
  void halvesGiveTheBitsOfTheWhole(Layout layout) {
    Candidates whole = Blocks.pairs(layout, ROWS, WIDTH, 2, 3);
    Candidates halves = Blocks.pairs(layout, ROWS, WIDTH, 2, 3);
    double loss = hinge.differentiate(whole, 0, ROWS);
    double second = hinge.differentiate(halves, 4, ROWS);
    double first = hinge.differentiate(halves, 0, 4);

    assertThat(halves.score).isEqualTo(whole.score);
    assertThat(halves.posScore).isEqualTo(whole.posScore);
    assertThat(first + second).isCloseTo(loss, within(1e-12));
  }

  /** Training must notice, whichever of the scores it is. */
  @Test
  void scoreThatIsNotANumberMakesTheLossNotANumber() {
    assertThat(hinge.differentiate(pair(Float.NaN, 0), 0, 1)).isNaN();
    assertThat(hinge.differentiate(pair(0, 1, Float.NaN), 0, 1)).isNaN();
  }

  @Test
  void rowWithTwoPositivesIsRefused() {
    Candidates c = pair(1, 0);
    c.posStart[1] = 2;

    assertThatThrownBy(() -> hinge.differentiate(c, 0, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("exactly one positive a row, but row 0 has 2");
  }

  private static Candidates pair(float positive, float... negatives) {
    Candidates c = Blocks.pairs(Layout.PER_ROW, 1, negatives.length, 0, 0);
    c.rowWeight[0] = 1;
    c.posScore[0] = positive;
    System.arraycopy(negatives, 0, c.score, 0, negatives.length);
    return c;
  }
}
