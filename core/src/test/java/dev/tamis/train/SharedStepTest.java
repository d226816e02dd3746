package dev.tamis.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tamis.data.Interactions;
import dev.tamis.kernels.Workers;
import dev.tamis.math.Matrix;
import dev.tamis.math.Rng;
import dev.tamis.model.Batch;
import dev.tamis.model.Candidates;
import dev.tamis.model.Initial;
import dev.tamis.model.ItemTable;
import dev.tamis.model.PairModel;
import dev.tamis.model.Pass;
import dev.tamis.model.Table;
import dev.tamis.model.score.DotScore;
import dev.tamis.model.tower.UserRows;
import dev.tamis.objective.CentralDifferences;
import dev.tamis.objective.SampledCrossEntropy;
import dev.tamis.optim.Optimizer;
import dev.tamis.optim.OptimizerName;
import dev.tamis.optim.Sgd;
import dev.tamis.sample.Popularity;
import dev.tamis.sample.SmallData;
import dev.tamis.sample.proposal.SharedProposal;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SharedStepTest {
  private static final int DIM = 6;
  private static final int NEGATIVES = 9;
  private static final int BATCH = 32;
  private static final int GROUPS = 3;
  private static final Interactions TRAIN = SmallData.longTailed(50, 60, 12, 1);

  /** A model, its step and its batches. */
  private static final class Setting {
    final Table users = Initial.normal(new Table("users", TRAIN.userCount(), DIM), 3, 0.5);
    final Table items = Initial.normal(new Table("items", TRAIN.itemCount(), DIM), 3, 0.5);
    final Table bias = Initial.normal(new Table("item-bias", TRAIN.itemCount(), 1), 3, 0.5);
    final SharedProposal proposal =
        new SharedProposal(Popularity.LOG.weights(TRAIN.itemCounts()), false);
    final PairBatches batches = new PairBatches(TRAIN, BATCH);
    final Batch batch = batches.newBatch();
    final Step step;

    Setting(Optimizer optimizer, double decay, Workers workers) {
      step =
          new StepParts(
                  proposal,
                  List.of(),
                  new SampledCrossEntropy(),
                  Reduction.MEAN,
                  optimizer,
                  BATCH,
                  NEGATIVES,
                  decay,
                  GROUPS)
              .step(model(), TRAIN, workers);
    }

    private PairModel model() {
      return new PairModel(
          new UserRows(users), new DotScore(new ItemTable(items, Optional.of(bias))));
    }

    float[][] trained(int steps) {
      for (int s = 0; s < steps; s++) {
        int epoch = (int) (s / batches.batchesPerEpoch());
        batches.shuffle(5, epoch);
        batches.fill(batch, s % batches.batchesPerEpoch());
        step.run(batch, 0.02, new Pass(5, epoch, s));
      }
      step.updates().forEach(update -> update.updater().settleAll());
      return values();
    }

    float[][] values() {
      return new float[][] {users.values(), items.values(), bias.values()};
    }
  }

  /** The tables one after another: users, items, bias. */
  private static double[] flat(float[][] tables) {
    double[] all = new double[tables[0].length + tables[1].length + tables[2].length];
    int n = 0;
    for (float[] table : tables) {
      for (float value : table) {
        all[n++] = value;
      }
    }
    return all;
  }

  private static double score(double[] x, int user, int item) {
    int items = TRAIN.userCount() * DIM;
    double score = x[items + TRAIN.itemCount() * DIM + item];
    for (int k = 0; k < DIM; k++) {
      score += x[user * DIM + k] * x[items + item * DIM + k];
    }
    return score;
  }

  /** [NEGATIVES] the softmax of a row's candidates among themselves and its positive. */
  private static double[] shares(double[] x, Batch batch, Candidates c, int r) {
    double[] p = new double[NEGATIVES + 1];
    double all = 0;
    int user = batch.users[r];
    for (int j = 0; j <= NEGATIVES; j++) {
      int item = j < NEGATIVES ? c.ids[c.idsAt(r) + j] : batch.posIds[r];
      float logQ = j < NEGATIVES ? c.logQ[c.idsAt(r) + j] : c.posLogQ[r];
      boolean counts = j == NEGATIVES || !TRAIN.contains(user, item);
      p[j] = counts ? Math.exp(score(x, user, item) - logQ) : 0;
      all += p[j];
    }
    for (int j = 0; j <= NEGATIVES; j++) {
      p[j] /= all;
    }
    return p;
  }

  private static double loss(double[] x, Batch batch, Candidates c) {
    double loss = 0;
    for (int r = 0; r < batch.rows; r++) {
      loss -= Math.log(shares(x, batch, c, r)[NEGATIVES]);
    }
    return loss / batch.rows;
  }

  /** Adds the decay of a table row that stands in the batch so many times. */
  private static void decay(double[] slopes, double[] x, int row, int item, double times) {
    int items = TRAIN.userCount() * DIM;
    for (int i = row * DIM; i < (row + 1) * DIM; i++) {
      slopes[i] += 2 * times * x[i];
    }
    if (item >= 0) {
      int bias = items + TRAIN.itemCount() * DIM + item;
      slopes[bias] += 2 * times * x[bias];
    }
  }

  @ParameterizedTest
  @CsvSource({"0, false", "0.25, false", "0.25, true"}) // weight decay, the short last batch
  void parametersMoveAgainstTheSlopeOfTheLoss(double decay, boolean last) {
    double rate = 0.5;
    try (Workers workers = new Workers(1)) {
      Setting s = new Setting(new Sgd(0), decay, workers);
      s.batches.shuffle(5, 0);
      s.batches.fill(s.batch, last ? s.batches.batchesPerEpoch() - 1 : 0);
      Pass pass = new Pass(5, 0, 0);
      Candidates c = new Candidates(Candidates.Layout.SHARED, BATCH, NEGATIVES, 11);
      c.begin(s.batch);
      s.proposal.propose(s.batch, 0, s.batch.rows, new Matrix(BATCH, DIM), c, pass, new Rng());
      double[] x = flat(s.values());
      double[] slopes = CentralDifferences.of(y -> loss(y, s.batch, c), x);
      int masked = 0;
      for (int r = 0; r < s.batch.rows; r++) {
        double[] p = shares(x, s.batch, c, r);
        double each = decay / s.batch.rows;
        decay(slopes, x, s.batch.users[r], -1, each);
        int positive = s.batch.posIds[r];
        decay(slopes, x, TRAIN.userCount() + positive, positive, each);
        for (int j = 0; j < NEGATIVES; j++) {
          int item = c.ids[c.idsAt(r) + j];
          decay(slopes, x, TRAIN.userCount() + item, item, each * p[j]);
          masked += p[j] == 0 ? 1 : 0;
        }
      }
      assertThat(masked).isPositive();
      double expected = loss(x, s.batch, c);
      double loss = s.step.run(s.batch, rate, pass);

      assertThat(loss).isCloseTo(expected, within(1e-6));
      double[] moved = flat(s.values());
      for (int i = 0; i < x.length; i++) {
        assertThat(moved[i] - x[i]).as("number %d", i).isCloseTo(-rate * slopes[i], within(5e-7));
      }
    }
  }

  @Test
  void groupsDrawTheirOwn() {
    Setting s = new Setting(new Sgd(0), 0, new Workers(1));
    s.batches.shuffle(5, 0);
    s.batches.fill(s.batch, 0);
    Candidates c = new Candidates(Candidates.Layout.SHARED, BATCH, NEGATIVES, 11);
    c.begin(s.batch);
    s.proposal.propose(s.batch, 0, BATCH, new Matrix(BATCH, DIM), c, new Pass(5, 0, 0), new Rng());

    assertThat(c.ids).hasSize(3 * NEGATIVES);
    assertThat(Arrays.copyOfRange(c.ids, 0, NEGATIVES))
        .isNotEqualTo(Arrays.copyOfRange(c.ids, NEGATIVES, 2 * NEGATIVES));
    assertThat(List.of(c.idsAt(0), c.idsAt(10), c.idsAt(11), c.idsAt(31)))
        .containsExactly(0, 0, NEGATIVES, 2 * NEGATIVES);
  }

  @ParameterizedTest
  @EnumSource(OptimizerName.class)
  void bitsDoNotDependOnThreads(OptimizerName name) {
    float[][] one = trained(name, 1, 60);
    for (int threads : new int[] {2, 3, 5}) {
      assertThat(trained(name, threads, 60)).as("%d threads", threads).isDeepEqualTo(one);
    }
  }

  /** Rows are brought up to date before they are read, so lazy training is dense training. */
  @Test
  void lazyAdamEndsWhereDenseAdamDoes() {
    double[] dense = flat(trained(OptimizerName.ADAM, 1, 200));
    double[] lazy = flat(trained(OptimizerName.ADAM_LAZY, 2, 200));
    double off = 0;
    double size = 0;
    for (int i = 0; i < dense.length; i++) {
      off = Math.max(off, Math.abs(lazy[i] - dense[i]));
      size = Math.max(size, Math.abs(dense[i]));
    }
    assertThat(off / size).isLessThan(1e-3);
  }

  private static float[][] trained(OptimizerName name, int threads, int steps) {
    try (Workers workers = new Workers(threads)) {
      return new Setting(name.optimizer(), 0.01, workers).trained(steps);
    }
  }
}
