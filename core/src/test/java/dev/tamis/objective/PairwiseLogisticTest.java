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

class PairwiseLogisticTest {
  private static final int ROWS = 7;
  private static final int WIDTH = 5;

  private final PairwiseLogistic bpr = new PairwiseLogistic();

  /** The loss in double precision; {@code s} is the candidates' scores, then the positives'. */
  private static double oracle(Candidates c, double[] s) {
    double loss = 0;
    for (int r = 0; r < c.rows; r++) {
      double positive = s[c.rows * c.width + r];
      for (int e = c.at(r); e < c.at(r) + c.width; e++) {
        double weight = c.weighted ? c.weight[e] : 1.0 / c.width;
        loss += c.rowWeight[r] * weight * Blocks.softplus(s[e] - positive);
      }
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
  @ValueSource(booleans = {false, true})
  void derivativesAreThoseOfTheLoss(boolean weighted) {
    Candidates c = Blocks.pairs(Layout.PER_ROW, ROWS, WIDTH, 2, 1);
    c.weighted = weighted;
    double[] s = scores(c);
    double[] slopes = CentralDifferences.of(x -> oracle(c, x), s);
    double loss = bpr.differentiate(c, 0, ROWS);

    assertThat(loss).isCloseTo(oracle(c, s), within(1e-5 * oracle(c, s)));
    double[] given = scores(c);
    for (int i = 0; i < given.length; i++) {
      assertThat(given[i]).isCloseTo(slopes[i], within(1e-5));
    }
  }

  @Test
  void derivativesOfARowSumToZero() {
    Candidates c = Blocks.pairs(Layout.PER_ROW, ROWS, WIDTH, 3, 2);
    bpr.differentiate(c, 0, ROWS);

    for (int r = 0; r < ROWS; r++) {
      double sum = c.posScore[r];
      for (int e = c.at(r); e < c.at(r + 1); e++) {
        sum += c.score[e];
        assertThat(c.score[e]).isBetween(0f, c.rowWeight[r] / WIDTH * 1.000001f);
      }
      assertThat(sum).isCloseTo(0, within(1e-6));
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Layout.class,
      names = {"PER_ROW", "SHARED"})
  void halvesGiveTheBitsOfTheWhole(Layout layout) {
    Candidates whole = Blocks.pairs(layout, ROWS, WIDTH, 2, 3);
    Candidates halves = Blocks.pairs(layout, ROWS, WIDTH, 2, 3);
    double loss = bpr.differentiate(whole, 0, ROWS);
    double second = bpr.differentiate(halves, 3, ROWS);
    double first = bpr.differentiate(halves, 0, 3);

    assertThat(halves.score).isEqualTo(whole.score);
    assertThat(halves.posScore).isEqualTo(whole.posScore);
    assertThat(first + second).isCloseTo(loss, within(1e-12));
    assertThat(bpr.differentiate(halves, 2, 2)).isZero();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void sharedCandidatesCountAsThoseOfEachRow(boolean weighted) {
    Candidates own = Blocks.pairs(Layout.PER_ROW, ROWS, WIDTH, 2, 4);
    Candidates shared = Blocks.pairs(Layout.SHARED, ROWS, WIDTH, 2, 4);
    own.weighted = weighted;
    shared.weighted = weighted;

    assertThat(bpr.differentiate(shared, 0, ROWS)).isEqualTo(bpr.differentiate(own, 0, ROWS));
    assertThat(shared.score).isEqualTo(own.score);
    assertThat(shared.posScore).isEqualTo(own.posScore);
  }

  @Test
  void weightOfTwoIsACandidateTwice() {
    Candidates twice = pair(1, 0.5f, 0.5f, -0.25f);
    Candidates weighted = pair(1, 0.5f, -0.25f);
    weighted.weighted = true;
    weighted.weight[0] = 2f / 3;
    weighted.weight[1] = 1f / 3;
    double loss = bpr.differentiate(twice, 0, 1);

    assertThat(bpr.differentiate(weighted, 0, 1)).isCloseTo(loss, within(1e-6));
    assertThat(weighted.score[0]).isCloseTo(twice.score[0] + twice.score[1], within(1e-6f));
    assertThat(weighted.score[1]).isCloseTo(twice.score[2], within(1e-6f));
    assertThat(weighted.posScore[0]).isCloseTo(twice.posScore[0], within(1e-6f));
  }

  @Test
  void weightOfZeroTakesACandidateOut() {
    Candidates with = pair(1, 0.5f, 70, -0.25f);
    Candidates without = pair(1, 0.5f, -0.25f);
    with.weighted = true;
    without.weighted = true;
    System.arraycopy(new float[] {0.5f, 0, 0.5f}, 0, with.weight, 0, 3);
    System.arraycopy(new float[] {0.5f, 0.5f}, 0, without.weight, 0, 2);

    assertThat(bpr.differentiate(with, 0, 1)).isEqualTo(bpr.differentiate(without, 0, 1));
    assertThat(with.score).containsExactly(without.score[0], 0, without.score[1]);
  }

  @Test
  void equalNegativesAreOneNegative() {
    Candidates many = pair(0.3f, 0.9f, 0.9f, 0.9f, 0.9f);
    Candidates one = pair(0.3f, 0.9f);

    assertThat(bpr.differentiate(many, 0, 1)).isEqualTo(bpr.differentiate(one, 0, 1));
    assertThat(many.posScore[0]).isEqualTo(one.posScore[0]);
  }

  @Test
  void gradientVanishesAsThePositiveWins() {
    float before = 1;
    for (float lead = 0; lead <= 80; lead += 5) {
      Candidates c = pair(lead, 0);
      double loss = bpr.differentiate(c, 0, 1);
      assertThat(c.score[0]).isLessThan(before).isNotNegative();
      assertThat(loss).isCloseTo(Blocks.softplus(-lead), within(1e-6 * Blocks.softplus(-lead)));
      before = c.score[0];
    }
    assertThat(before).isLessThan(1e-34f);
  }

  @ParameterizedTest
  @ValueSource(floats = {80, 1e4f, 1e30f})
  void extremeScoresStayFinite(float far) {
    Candidates lost = pair(-far, far);
    Candidates won = pair(far, -far);

    assertThat(bpr.differentiate(lost, 0, 1)).isCloseTo(2.0 * far, within(1e-6 * far));
    assertThat(lost.score[0]).isEqualTo(1);
    assertThat(lost.posScore[0]).isEqualTo(-1);
    assertThat(bpr.differentiate(won, 0, 1)).isBetween(0.0, 1e-30);
    assertThat(won.score[0]).isBetween(0f, 1e-30f);
  }

  @Test
  void excludedCandidateHasNoLossAndNoGradient() {
    Candidates c = pair(0, Float.NEGATIVE_INFINITY, 0);

    assertThat(bpr.differentiate(c, 0, 1)).isCloseTo(Math.log(2) / 2, within(1e-6));
    assertThat(c.score).containsExactly(0, 0.25f);
  }

  @Test
  void rowWithTwoPositivesIsRefused() {
    Candidates c = pair(1, 0);
    c.posStart[1] = 2;

    assertThatThrownBy(() -> bpr.differentiate(c, 0, 1))
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
