package dev.tamis.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tamis.model.Candidates;
import dev.tamis.model.Candidates.Layout;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class BinaryCrossEntropyTest {
  private static final int ROWS = 7;
  private static final int WIDTH = 5;

  private final BinaryCrossEntropy bce = new BinaryCrossEntropy();

  /** How the candidates of a row count. */
  private enum Counting {
    EVENLY,
    BY_WEIGHT,
    BY_SOFTMAX
  }

  /**
   * The loss in double precision; {@code s} is the candidates' scores, then the positives'.
   *
   * @param start the scores at which the weights are a softmax of the scores
   */
  private static double oracle(Candidates c, Counting counting, double[] start, double[] s) {
    double loss = 0;
    for (int r = 0; r < c.rows; r++) {
      double mass = 0;
      for (int e = c.at(r); e < c.at(r + 1); e++) {
        mass += c.weight[e] * Math.exp(s[e] - start[e]);
      }
      double row = Blocks.softplus(-s[c.rows * c.width + r]);
      for (int e = c.at(r); e < c.at(r + 1); e++) {
        double count =
            switch (counting) {
              case EVENLY -> 1;
              case BY_WEIGHT -> c.width * c.weight[e];
              case BY_SOFTMAX -> c.width * c.weight[e] * Math.exp(s[e] - start[e]) / mass;
            };
        row += count * Blocks.softplus(s[e]);
      }
      loss += c.rowWeight[r] * row;
    }
    return loss;
  }

  private static double[] scores(Candidates c) {
    double[] s = Arrays.copyOf(Blocks.widened(c.score, c.rows * c.width), c.rows * (c.width + 1));
    for (int r = 0; r < c.rows; r++) {
      s[c.rows * c.width + r] = c.posScore[r];
    }
    return s;
  }

  @ParameterizedTest
  @EnumSource(Counting.class)
  void derivativesAreThoseOfTheLoss(Counting counting) {
    Candidates c = Blocks.pairs(Layout.PER_ROW, ROWS, WIDTH, 2, 1);
    c.weighted = counting != Counting.EVENLY;
    c.weightsFlow = counting == Counting.BY_SOFTMAX;
    for (int r = 0; r < ROWS; r++) {
      double mass = 0;
      for (int e = c.at(r); e < c.at(r + 1); e++) {
        c.weight[e] += 0.125f;
        mass += c.weight[e];
      }
      for (int e = c.at(r); e < c.at(r + 1); e++) {
        c.weight[e] /= (float) mass;
      }
    }
    double[] s = scores(c);
    double[] slopes = CentralDifferences.of(x -> oracle(c, counting, s, x), s);
    double expected = oracle(c, counting, s, s);
    double loss = bce.differentiate(c, 0, ROWS);

    assertThat(loss).isCloseTo(expected, within(1e-5 * expected));
    double[] given = scores(c);
    for (int i = 0; i < given.length; i++) {
      assertThat(given[i]).as("score %d", i).isCloseTo(slopes[i], within(2e-5));
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Layout.class,
      names = {"PER_ROW", "SHARED"})
  void halvesGiveTheBitsOfTheWhole(Layout layout) {
    Candidates whole = Blocks.pairs(layout, ROWS, WIDTH, 2, 3);
    Candidates halves = Blocks.pairs(layout, ROWS, WIDTH, 2, 3);
    double loss = bce.differentiate(whole, 0, ROWS);
    double second = bce.differentiate(halves, 3, ROWS);
    double first = bce.differentiate(halves, 0, 3);

    assertThat(halves.score).isEqualTo(whole.score);
    assertThat(halves.posScore).isEqualTo(whole.posScore);
    assertThat(first + second).isCloseTo(loss, within(1e-12 * loss));
    assertThat(bce.differentiate(halves, 2, 2)).isZero();
  }

  /** As in the paper: a candidate does not count less for having others beside it. */
  @Test
  void everyCandidateCountsFully() {
    Candidates one = pair(0, 0.5f);
    Candidates four = pair(0, 0.5f, 0.5f, 0.5f, 0.5f);
    double positive = Math.log(2);
    double alone = bce.differentiate(one, 0, 1) - positive;

    assertThat(bce.differentiate(four, 0, 1) - positive).isCloseTo(4 * alone, within(1e-6));
    assertThat(four.score[2]).isEqualTo(one.score[0]);
    assertThat(four.posScore[0]).isEqualTo(one.posScore[0]);
  }

  @Test
  void evenWeightsChangeNothing() {
    Candidates without = pair(0.3f, 0.5f, -1, 2, 0.125f);
    Candidates with = pair(0.3f, 0.5f, -1, 2, 0.125f);
    with.weighted = true;
    Arrays.fill(with.weight, 0, 4, 0.25f);

    assertThat(bce.differentiate(with, 0, 1)).isEqualTo(bce.differentiate(without, 0, 1));
    assertThat(with.score).isEqualTo(without.score);
  }

  @ParameterizedTest
  @ValueSource(floats = {80, 1e4f, 1e30f})
  void extremeScoresStayFinite(float far) {
    Candidates lost = pair(-far, far, Float.NEGATIVE_INFINITY);
    Candidates won = pair(far, -far, Float.NEGATIVE_INFINITY);

    assertThat(bce.differentiate(lost, 0, 1)).isCloseTo(2.0 * far, within(1e-6 * far));
    assertThat(lost.score).containsExactly(1, 0);
    assertThat(lost.posScore[0]).isEqualTo(-1);
    assertThat(bce.differentiate(won, 0, 1)).isBetween(0.0, 1e-30);
    assertThat(won.posScore[0]).isBetween(-1e-30f, 0f);
  }

  @Test
  void rowWithTwoPositivesIsRefused() {
    Candidates c = pair(1, 0);
    c.posStart[1] = 2;

    assertThatThrownBy(() -> bce.differentiate(c, 0, 1))
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
