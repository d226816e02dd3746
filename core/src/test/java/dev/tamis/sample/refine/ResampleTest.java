package dev.tamis.sample.refine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tamis.math.ChiSquare;
import dev.tamis.math.Rng;
import dev.tamis.math.Stream;
import dev.tamis.model.Candidates;
import dev.tamis.model.Candidates.Layout;
import dev.tamis.model.Pass;
import dev.tamis.objective.Blocks;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResampleTest {
  private static final int ROWS = 5;
  private static final int WIDTH = 40;

  /** A block with popularities, in whose first row some candidates are masked. */
  private static Candidates block(double deviation) {
    Candidates c = Blocks.pairs(Layout.SHARED, ROWS, WIDTH, deviation, 11);
    Rng rng = Rng.keyed(12, Stream.DEMO, 0, 0);
    for (int e = 0; e < c.logQ.length; e++) {
      c.logQ[e] = (float) rng.nextGaussian() - 7;
    }
    Arrays.fill(c.score, 3, 6, Float.NEGATIVE_INFINITY);
    c.weighted = true;
    return c;
  }

  /** The softmax of corrected scores of some places of a row, in double. */
  private static double[] softmax(Candidates c, int r, int from, int n) {
    double[] p = new double[n];
    double sum = 0;
    for (int k = 0; k < n; k++) {
      p[k] = Math.exp((double) c.score[c.at(r) + from + k] - c.logQ[from + k]);
      sum += p[k];
    }
    for (int k = 0; k < n; k++) {
      p[k] /= sum;
    }
    return p;
  }

  private static long[][] counts(Candidates c, Resample refiner, int steps) {
    long[][] counts = new long[ROWS][WIDTH];
    Rng rng = new Rng();
    for (int step = 0; step < steps; step++) {
      refiner.refine(null, c, 0, ROWS, new Pass(5, 0, step), rng);
      for (int e = 0; e < ROWS * WIDTH; e++) {
        counts[e / WIDTH][e % WIDTH] += (long) c.weight[e];
      }
    }
    return counts;
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 40, 80})
  void drawsFollowTheSoftmaxOfCorrectedScores(int draws) {
    Candidates c = block(1.5);
    int steps = 200_000 / draws;
    long[][] counts = counts(c, new Resample(draws), steps);
    for (int r = 0; r < ROWS; r++) {
      assertThat(Arrays.stream(counts[r]).sum()).isEqualTo((long) steps * draws);
      ChiSquare.assertFollows(counts[r], softmax(c, r, 0, WIDTH));
    }
  }

  @Test
  void partsAreDrawnFromEachForItself() {
    Candidates c = block(1.5);
    int tail = 13;
    long[][] counts = counts(c, new Resample(20, tail), 10_000);
    for (int r = 0; r < ROWS; r++) {
      int head = WIDTH - tail;
      ChiSquare.assertFollows(Arrays.copyOf(counts[r], head), softmax(c, r, 0, head));
      ChiSquare.assertFollows(
          Arrays.copyOfRange(counts[r], head, WIDTH), softmax(c, r, head, tail));
      assertThat(Arrays.stream(counts[r]).sum()).isEqualTo(10_000 * 40);
    }
  }

  @Test
  void rowsDrawTheSameWhateverTheRange() {
    Candidates whole = block(2);
    Candidates parts = block(2);
    Pass pass = new Pass(5, 0, 3);
    Resample refiner = new Resample(30);
    refiner.refine(null, whole, 0, ROWS, pass, new Rng());
    refiner.refine(null, parts, 3, ROWS, pass, new Rng());
    refiner.refine(null, parts, 0, 3, pass, new Rng());

    assertThat(parts.weight).isEqualTo(whole.weight);
    assertThat(Arrays.copyOf(whole.weight, WIDTH))
        .isNotEqualTo(Arrays.copyOfRange(whole.weight, WIDTH, 2 * WIDTH));
  }

  @Test
  void rowWithoutCandidatesDrawsNone() {
    Candidates c = block(1);
    Arrays.fill(c.score, 0, WIDTH, Float.NEGATIVE_INFINITY);
    new Resample(30).refine(null, c, 0, ROWS, new Pass(5, 0, 3), new Rng());

    assertThat(Arrays.copyOf(c.weight, WIDTH)).containsOnly(0f);
  }

  /**
   * Over random batches, what is drawn tends to the softmax over all items: the expectation given
   * the batch, averaged over batches, comes nearer with their size.
   */
  @Test
  void biasFallsWithTheSizeOfTheBatch() {
    int items = 50;
    Rng rng = Rng.keyed(4, Stream.DEMO, 0, 0);
    double[] s = new double[items];
    double[] p = new double[items];
    double[] cumulative = new double[items];
    double mass = 0;
    double total = 0;
    for (int i = 0; i < items; i++) {
      s[i] = rng.nextGaussian();
      p[i] = 1.0 / (1 + i);
      total += p[i];
      cumulative[i] = total;
      mass += Math.exp(s[i]);
    }
    double last = 1;
    for (int batch : new int[] {16, 128, 1024}) {
      double[] drawn = new double[items];
      int batches = 20_000_000 / batch / 16;
      int[] ids = new int[batch];
      for (int n = 0; n < batches; n++) {
        double sum = 0;
        for (int j = 0; j < batch; j++) {
          ids[j] = dev.tamis.math.Categorical.first(cumulative, 0, items, rng.nextDouble());
          sum += Math.exp(s[ids[j]]) / p[ids[j]];
        }
        for (int id : ids) {
          drawn[id] += Math.exp(s[id]) / p[id] / sum / batches;
        }
      }
      double variation = 0;
      for (int i = 0; i < items; i++) {
        variation += Math.abs(drawn[i] - Math.exp(s[i]) / mass) / 2;
      }
      assertThat(variation).as("batch of %d", batch).isLessThan(last / 2);
      last = variation;
    }
    assertThat(last).isLessThan(0.01);
  }
}
