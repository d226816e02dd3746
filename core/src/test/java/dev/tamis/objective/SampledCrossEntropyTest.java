package dev.tamis.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tamis.math.Rng;
import dev.tamis.math.Stream;
import dev.tamis.model.Batch;
import dev.tamis.model.Candidates;
import dev.tamis.model.Candidates.Layout;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SampledCrossEntropyTest {
  private static final int ROWS = 6;
  private static final int WIDTH = 5;

  private final SampledCrossEntropy softmax = new SampledCrossEntropy();

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
  void withoutCorrectionProbabilitiesCountNothing() {
    Candidates given = block(Layout.PER_ROW, 1);
    Candidates even = block(Layout.PER_ROW, 1);
    Arrays.fill(even.logQ, 0);
    Arrays.fill(even.posLogQ, 0);
    Arrays.fill(given.posLogQ, Float.NaN);

    assertThat(SampledCrossEntropy.uncorrected().differentiate(given, 0, ROWS))
        .isEqualTo(softmax.differentiate(even, 0, ROWS));
    assertThat(given.score).isEqualTo(even.score);
    assertThat(given.posScore).isEqualTo(even.posScore);
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

  /** Positives of a row are alternatives to the same candidates, not to each other. */
  @Test
  void theLossOfARowIsTheSumOverItsPositives() {
    int[] positives = {1, 3, 0};
    Candidates each = Blocks.pairs(Layout.PER_ROW, 4, WIDTH, 1, 3);
    Candidates rows = new Candidates(Layout.PER_ROW, 3, WIDTH);
    Batch batch = new Batch(3, 4);
    batch.rows = 3;
    for (int r = 0, p = 0; r < 3; r++) {
      p += positives[r];
      batch.posStart[r + 1] = p;
    }
    rows.begin(batch);
    for (int p = 0; p < 4; p++) {
      int row = p == 0 ? 0 : 1;
      rows.posScore[p] = each.posScore[p];
      each.rowWeight[p] = 1;
      for (int k = 0; k < WIDTH; k++) {
        rows.score[row * WIDTH + k] = each.score[row * WIDTH + k];
        each.score[p * WIDTH + k] = each.score[row * WIDTH + k];
      }
    }
    double expected = softmax.differentiate(each, 0, 4);

    assertThat(softmax.differentiate(rows, 0, 3)).isCloseTo(expected, within(1e-6));
    for (int p = 0; p < 4; p++) {
      assertThat(rows.posScore[p]).isEqualTo(each.posScore[p]);
    }
    for (int k = 0; k < WIDTH; k++) {
      float sum = each.score[WIDTH + k] + each.score[2 * WIDTH + k] + each.score[3 * WIDTH + k];
      assertThat(rows.score[k]).isEqualTo(each.score[k]);
      assertThat(rows.score[WIDTH + k]).isCloseTo(sum, within(1e-6f));
      assertThat(rows.score[2 * WIDTH + k]).isZero();
    }
  }

  /** A weight of n is n candidates that are the same. */
  @Test
  void countsAreDuplicates() {
    Candidates counted = block(Layout.PER_ROW, 1.5);
    int draws = 12;
    Candidates listed = Blocks.pairs(Layout.PER_ROW, ROWS, draws, 1, 21);
    int[][] column = new int[ROWS][draws];
    Rng rng = Rng.keyed(5, Stream.DEMO, 0, 0);
    counted.weighted = true;
    Arrays.fill(counted.weight, 0);
    for (int r = 0; r < ROWS; r++) {
      for (int k = 0; k < draws; k++) {
        column[r][k] = rng.nextInt(WIDTH - 1); // the last one never
        int e = counted.at(r) + column[r][k];
        counted.weight[e]++;
        listed.score[listed.at(r) + k] = counted.score[e];
        listed.logQ[listed.at(r) + k] = counted.logQ[e];
      }
      listed.posScore[r] = counted.posScore[r];
      listed.posLogQ[r] = counted.posLogQ[r];
      listed.rowWeight[r] = counted.rowWeight[r];
    }
    double loss = softmax.differentiate(counted, 0, ROWS);

    assertThat(loss).isCloseTo(softmax.differentiate(listed, 0, ROWS), within(1e-6 * loss));
    double[] slopes = new double[ROWS * WIDTH];
    for (int r = 0; r < ROWS; r++) {
      assertThat(counted.posScore[r]).isCloseTo(listed.posScore[r], within(1e-6f));
      for (int k = 0; k < draws; k++) {
        slopes[r * WIDTH + column[r][k]] += listed.score[listed.at(r) + k];
      }
    }
    for (int e = 0; e < ROWS * WIDTH; e++) {
      assertThat((double) counted.score[e]).isCloseTo(slopes[e], within(1e-6));
    }
  }

  /** Two samples, each with a softmax of its own; one has no candidate that counts. */
  @ParameterizedTest
  @CsvSource({"0, false", "0.3, false", "0.3, true", "1, true"})
  void derivativesAreThoseOfTheBlendedLoss(double share, boolean weighted) {
    int tail = 2;
    Candidates c = block(Layout.PER_ROW, 1.5);
    c.weighted = weighted;
    Arrays.fill(c.score, c.at(4) + WIDTH - tail, c.at(5), Float.NEGATIVE_INFINITY);
    double[] s = numbers(c);
    double[] slopes = CentralDifferences.of(x -> blended(c, x, tail, share), s);
    double expected = blended(c, s, tail, share);
    double loss = SampledCrossEntropy.blended(tail, share).differentiate(c, 0, ROWS);

    assertThat(loss).isCloseTo(expected, within(1e-5 * expected));
    double[] given = numbers(c);
    for (int i = 0; i < given.length; i++) {
      double slope = Double.isNaN(slopes[i]) ? 0 : slopes[i]; // of minus infinity
      assertThat(given[i]).as("number %d", i).isCloseTo(slope, within(1e-5));
    }
  }

  private static double blended(Candidates c, double[] s, int tail, double share) {
    double loss = 0;
    for (int r = 0; r < ROWS; r++) {
      double[] sums = new double[2];
      for (int k = 0; k < WIDTH; k++) {
        int e = r * WIDTH + k;
        sums[k < WIDTH - tail ? 0 : 1] += (c.weighted ? c.weight[e] : 1) * Math.exp(s[e]);
      }
      double own = Math.exp(s[ROWS * WIDTH + r]);
      double ofHead = Math.log(1 + sums[0] / own);
      loss += c.rowWeight[r] * ((1 - share) * ofHead + share * Math.log(1 + sums[1] / own));
    }
    return loss;
  }
}
