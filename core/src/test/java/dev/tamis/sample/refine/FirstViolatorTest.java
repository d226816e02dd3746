package dev.tamis.sample.refine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tamis.data.Interactions;
import dev.tamis.math.ChiSquare;
import dev.tamis.math.Matrix;
import dev.tamis.math.Rng;
import dev.tamis.model.Batch;
import dev.tamis.model.Candidates;
import dev.tamis.model.Candidates.Layout;
import dev.tamis.model.Pass;
import dev.tamis.objective.Blocks;
import dev.tamis.sample.PositiveSets;
import dev.tamis.sample.SmallData;
import dev.tamis.sample.proposal.UniformProposal;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FirstViolatorTest {
  private static final Pass PASS = new Pass(1, 0, 0);

  private static void refine(FirstViolator refiner, Candidates c) {
    refiner.refine(null, c, 0, c.rows, PASS, new Rng());
  }

  @Test
  void keepsTheFirstThatComesWithinTheMargin() {
    Candidates c = Blocks.pairs(Layout.PER_ROW, 4, 4, 1, 1);
    Arrays.fill(c.posScore, 0, 4, 3);
    Arrays.fill(c.rowWeight, 0, 4, 0.5f);
    float[] scores = {
      1,
      2,
      2.5f,
      9, // 2 is on the margin itself
      -5,
      -7,
      Float.NEGATIVE_INFINITY,
      2,
      4,
      3,
      3,
      3,
      1,
      Float.NaN,
      4,
      4 // must not hide
    };
    System.arraycopy(scores, 0, c.score, 0, scores.length);
    refine(new FirstViolator(1, 101, 4), c);

    assertThat(Arrays.copyOf(c.weight, 16))
        .containsExactly(0, 0, 1, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0);
    float[] expected = {
      0.5f * (float) Math.log(33), 0, 0.5f * (float) Math.log(100), 0.5f * (float) Math.log(50)
    };
    assertThat(Arrays.copyOf(c.rowWeight, 4)).containsExactly(expected, within(1e-6f));
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 30, 22_000, 40_988, Integer.MAX_VALUE})
  void rankWeightIsTheCappedLogarithmOfTheEstimatedRank(int items) {
    int trials = 64;
    Candidates c = Blocks.pairs(Layout.PER_ROW, trials, trials, 0, 1);
    Arrays.fill(c.rowWeight, 1);
    for (int r = 0; r < trials; r++) {
      Arrays.fill(c.score, c.at(r), c.at(r) + r, -2); // r candidates keep the margin
    }
    refine(new FirstViolator(1, items, trials), c);

    for (int r = 0; r < trials; r++) {
      double rank = Math.floor((items - 1.0) / (r + 1));
      double expected = Math.min(10, Math.log(Math.max(1, rank)));
      assertThat((double) c.rowWeight[r]).isCloseTo(expected, within(1e-6));
    }
  }

  /** Trials are geometric in the share of violators among a user's negatives, cut off at most. */
  @Test
  void trialsFollowTheirLaw() {
    int items = 40;
    int trials = 6;
    int rows = 500;
    Interactions train = SmallData.where(1, items, (u, i) -> i % 4 == 0);
    UniformProposal proposal = new UniformProposal(new PositiveSets(train));
    Batch batch = new Batch(rows, rows);
    batch.rows = rows;
    for (int r = 0; r < rows; r++) {
      batch.posStart[r + 1] = r + 1;
    }
    Candidates c = new Candidates(Layout.PER_ROW, rows, trials);
    c.begin(batch);
    // Items from 29 up come within the margin; of those, 32 and 36 are positives.
    double share = 9.0 / 30;
    double[] p = new double[trials + 1];
    for (int t = 1; t <= trials; t++) {
      p[t] = Math.pow(1 - share, t - 1) * share;
    }
    p[0] = Math.pow(1 - share, trials);
    long[] counts = new long[trials + 1];
    FirstViolator refiner = new FirstViolator(1, items, trials);
    for (int step = 0; step < 400; step++) {
      proposal.propose(batch, 0, rows, new Matrix(rows, 1), c, new Pass(5, 0, step), new Rng());
      for (int e = 0; e < rows * trials; e++) {
        c.score[e] = c.ids[e];
      }
      Arrays.fill(c.posScore, 29.5f);
      refine(refiner, c);
      for (int r = 0; r < rows; r++) {
        int trial = 0;
        for (int k = 0; k < trials; k++) {
          trial += c.weight[c.at(r) + k] == 0 ? 0 : k + 1;
        }
        counts[trial]++;
      }
    }
    ChiSquare.assertFollows(counts, p);
  }
}
