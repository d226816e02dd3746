package dev.tamis.sample.refine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tamis.math.Rng;
import dev.tamis.math.Stream;
import dev.tamis.model.Candidates;
import dev.tamis.model.Candidates.Layout;
import dev.tamis.model.Pass;
import dev.tamis.objective.Blocks;
import dev.tamis.objective.CentralDifferences;
import dev.tamis.objective.PairwiseLogistic;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImportanceWeightsTest {
  private static final int ROWS = 6;
  private static final int WIDTH = 5;

  /** A block whose {@code logQ} is not constant. */
  private static Candidates block(Layout layout) {
    Candidates c = Blocks.pairs(layout, ROWS, WIDTH, 1.5, 11);
    Rng rng = Rng.keyed(12, Stream.DEMO, 0, 0);
    for (int e = 0; e < c.logQ.length; e++) {
      c.logQ[e] = (float) rng.nextGaussian();
    }
    return c;
  }

  private static void refine(Candidates c, boolean corrected, boolean flow) {
    ImportanceWeights refiner = new ImportanceWeights(corrected, flow);
    c.weighted = true;
    c.weightsFlow = refiner.weightsFlow();
    refiner.refine(null, c, 0, ROWS, new Pass(1, 0, 0), new Rng());
  }

  /** [rows x width] softmax of s - ln Q in double. */
  private static double[] weights(Candidates c, double[] s, boolean corrected) {
    double[] w = new double[ROWS * WIDTH];
    for (int r = 0; r < ROWS; r++) {
      double sum = 0;
      for (int k = 0; k < WIDTH; k++) {
        double x = s[r * WIDTH + k] - (corrected ? c.logQ[c.idsAt(r) + k] : 0);
        w[r * WIDTH + k] = Math.exp(x);
        sum += w[r * WIDTH + k];
      }
      for (int k = 0; k < WIDTH; k++) {
        w[r * WIDTH + k] /= sum;
      }
    }
    return w;
  }

  private static double loss(Candidates c, double[] s, double[] w) {
    double loss = 0;
    for (int e = 0; e < ROWS * WIDTH; e++) {
      int r = e / WIDTH;
      loss += c.rowWeight[r] * w[e] * Blocks.softplus(s[e] - s[ROWS * WIDTH + r]);
    }
    return loss;
  }

  @ParameterizedTest
  @CsvSource({"true, PER_ROW", "false, PER_ROW", "true, SHARED"})
  void areTheSoftmaxOfTheCorrectedScores(boolean corrected, Layout layout) {
    Candidates c = block(layout);
    double[] expected = weights(c, Blocks.widened(c.score, ROWS * WIDTH), corrected);
    refine(c, corrected, false);

    for (int e = 0; e < ROWS * WIDTH; e++) {
      assertThat((double) c.weight[e]).isCloseTo(expected[e], within(1e-6));
    }
  }

  @ParameterizedTest
  @CsvSource({"true, true", "true, false", "false, true", "false, false"})
  void gradientGoesThroughTheWeightsIfItShould(boolean corrected, boolean flow) {
    Candidates c = block(Layout.PER_ROW);
    double[] s = Arrays.copyOf(Blocks.widened(c.score, ROWS * WIDTH), ROWS * (WIDTH + 1));
    for (int r = 0; r < ROWS; r++) {
      s[ROWS * WIDTH + r] = c.posScore[r];
    }
    double[] fixed = weights(c, s, corrected);
    double[] slopes =
        CentralDifferences.of(x -> loss(c, x, flow ? weights(c, x, corrected) : fixed), s.clone());
    double expected = loss(c, s, fixed);
    refine(c, corrected, flow);
    double loss = new PairwiseLogistic().differentiate(c, 0, ROWS);

    assertThat(loss).isCloseTo(expected, within(1e-5 * expected));
    for (int e = 0; e < ROWS * WIDTH; e++) {
      assertThat((double) c.score[e]).isCloseTo(slopes[e], within(1e-5));
    }
    for (int r = 0; r < ROWS; r++) {
      assertThat((double) c.posScore[r]).isCloseTo(slopes[ROWS * WIDTH + r], within(1e-5));
    }
  }

  /** Candidates that were drawn by the softmax of their scores count the same. */
  @Test
  void areEvenWhereTheProposalIsTheSoftmax() {
    Candidates c = block(Layout.PER_ROW);
    for (int e = 0; e < ROWS * WIDTH; e++) {
      c.logQ[e] = c.score[e] - 7;
    }
    refine(c, true, true);

    for (int e = 0; e < ROWS * WIDTH; e++) {
      assertThat(c.weight[e]).isCloseTo(1f / WIDTH, within(1e-6f));
    }
  }
}
