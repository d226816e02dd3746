package dev.tamis.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tamis.config.TamisException;
import dev.tamis.model.Candidates;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Likelihoods that are sums over all items, each on its own. */
class LikelihoodTest {
  private static final int ROWS = 4;
  private static final int ITEMS = 301; // more than a block of scratch, and odd

  private enum Likelihood {
    GAUSSIAN(new Gaussian(7, 0.5, false), s -> 3.5 * Math.pow(1 - s, 2), s -> 0.25 * s * s, 7, 0.5),
    SQUASHED(
        new Gaussian(7, 0.5, true),
        s -> 3.5 * Math.pow(1 - Math.tanh(s), 2),
        s -> 0.25 * Math.pow(Math.tanh(s), 2),
        0,
        0),
    LOGISTIC(new Logistic(), s -> Blocks.softplus(s) - s, Blocks::softplus, 1, 1);

    final Objective objective;
    final DoubleUnaryOperator observed; // the loss of an item of the history
    final DoubleUnaryOperator missing; // that of another
    final double slopeOfObserved; // far below, less its sign; of GAUSSIAN by the score
    final double slopeOfMissing; // far above

    Likelihood(
        Objective objective,
        DoubleUnaryOperator observed,
        DoubleUnaryOperator missing,
        double slopeOfObserved,
        double slopeOfMissing) {
      this.objective = objective;
      this.observed = observed;
      this.missing = missing;
      this.slopeOfObserved = slopeOfObserved;
      this.slopeOfMissing = slopeOfMissing;
    }

    double oracle(Candidates c, double[] s) {
      double loss = 0;
      for (int r = 0; r < c.rows; r++) {
        for (int e = c.at(r); e < c.at(r + 1); e++) {
          loss += c.rowWeight[r] * missing.applyAsDouble(s[e]);
        }
        for (int p = c.posStart[r]; p < c.posStart[r + 1]; p++) {
          double score = s[c.at(r) + c.posIds[p]];
          loss += c.rowWeight[r] * (observed.applyAsDouble(score) - missing.applyAsDouble(score));
        }
      }
      return loss;
    }
  }

  @ParameterizedTest
  @EnumSource(Likelihood.class)
  void derivativesAreThoseOfTheLoss(Likelihood likelihood) {
    Candidates c = Blocks.histories(ROWS, ITEMS, 1.5, 1);
    double[] s = Blocks.widened(c.score, ROWS * ITEMS);
    double[] slopes = CentralDifferences.of(x -> likelihood.oracle(c, x), s);
    double expected = likelihood.oracle(c, s);
    double loss = likelihood.objective.differentiate(c, 0, ROWS);

    assertThat(loss).isCloseTo(expected, within(1e-6 * expected));
    for (int e = 0; e < ROWS * ITEMS; e++) {
      assertThat((double) c.score[e])
          .as("score %d", e)
          .isCloseTo(slopes[e], within(1e-5 * Math.max(1, Math.abs(slopes[e]))));
    }
  }

  @ParameterizedTest
  @EnumSource(Likelihood.class)
  void halvesGiveTheBitsOfTheWhole(Likelihood likelihood) {
    Candidates whole = Blocks.histories(ROWS, ITEMS, 2, 4);
    Candidates halves = Blocks.histories(ROWS, ITEMS, 2, 4);
    double loss = likelihood.objective.differentiate(whole, 0, ROWS);
    double second = likelihood.objective.differentiate(halves, 1, ROWS);
    double first = likelihood.objective.differentiate(halves, 0, 1);

    assertThat(halves.score).isEqualTo(whole.score);
    assertThat(first + second).isCloseTo(loss, within(1e-12 * loss));
    assertThat(likelihood.objective.differentiate(halves, 2, 2)).isZero();
  }

  @ParameterizedTest
  @EnumSource(Likelihood.class)
  void rowWithoutHistoryHasTheLossOfWhatIsMissing(Likelihood likelihood) {
    Candidates c = Blocks.histories(1, ITEMS, 1, 7);
    c.posStart[1] = 0;
    double expected = likelihood.oracle(c, Blocks.widened(c.score, ITEMS));

    assertThat(likelihood.objective.differentiate(c, 0, 1))
        .isCloseTo(expected, within(1e-6 * expected));
  }

  @ParameterizedTest
  @CsvSource({"LOGISTIC, 80", "LOGISTIC, 1e30", "SQUASHED, 80", "SQUASHED, 1e30", "GAUSSIAN, 1e4"})
  void extremeScoresStayFinite(Likelihood likelihood, float far) {
    Candidates c = Blocks.histories(2, ITEMS, 0, 6);
    c.rowWeight[0] = 0;
    c.rowWeight[1] = 1;
    c.score[c.at(1) + 2] = -far; // of the history
    c.score[c.at(1) + 3] = far;
    double expected = likelihood.oracle(c, Blocks.widened(c.score, 2 * ITEMS));
    double loss = likelihood.objective.differentiate(c, 0, 2);
    double times = likelihood == Likelihood.GAUSSIAN ? far : 1;

    assertThat(loss).isFinite().isCloseTo(expected, within(1e-6 * expected));
    assertThat((double) c.score[c.at(1) + 2])
        .isCloseTo(-likelihood.slopeOfObserved * times, within(1e-3 * times));
    assertThat((double) c.score[c.at(1) + 3])
        .isCloseTo(likelihood.slopeOfMissing * times, within(1e-6 * times));
  }

  /** A square loss of one confidence for all is a square loss. */
  @Test
  void evenConfidencesOnlyScale() {
    Candidates one = Blocks.histories(ROWS, ITEMS, 1, 8);
    Candidates four = Blocks.histories(ROWS, ITEMS, 1, 8);
    double loss = new Gaussian(1, 1, false).differentiate(one, 0, ROWS);

    assertThat(new Gaussian(4, 4, false).differentiate(four, 0, ROWS))
        .isCloseTo(4 * loss, within(1e-6 * loss));
    for (int e = 0; e < ROWS * ITEMS; e++) {
      assertThat(four.score[e]).isCloseTo(4 * one.score[e], within(1e-5f));
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 2", "1, 0", "1, -1", "1, NaN", "NaN, 1", "Infinity, 1"})
  void confidencesThatMakeNoSenseAreRefused(double observed, double missing) {
    assertThatThrownBy(() -> new Gaussian(observed, missing, false))
        .isInstanceOf(TamisException.class)
        .hasMessageContaining("lower confidence-missing, or raise confidence-observed");
  }
}
