package dev.tamis.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tamis.data.Interactions;
import dev.tamis.kernels.Workers;
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
import dev.tamis.objective.SampledCrossEntropy;
import dev.tamis.optim.Optimizer;
import dev.tamis.optim.OptimizerName;
import dev.tamis.optim.Sgd;
import dev.tamis.sample.CountedFrequency;
import dev.tamis.sample.Refiner;
import dev.tamis.sample.SmallData;
import dev.tamis.sample.proposal.BatchProposal;
import dev.tamis.sample.proposal.MixedBatchProposal;
import dev.tamis.sample.refine.Resample;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@link SharedStep} where one list of candidates serves a batch of several parts. */
class BatchListTest {
  private static final int DIM = 6;
  private static final int BATCH = 300; // three parts
  private static final Interactions TRAIN = SmallData.longTailed(120, 70, 12, 1);
  private static final CountedFrequency FREQUENCY = new CountedFrequency(TRAIN);

  /** Gives a weight to one candidate in so many. */
  private record Every(int one) implements Refiner {
    static float weight(int one, int row, int column) {
      return (row + column) % one == 0 ? 1 + (row + column) % 3 : 0;
    }

    @Override
    public void refine(Batch batch, Candidates c, int from, int to, Pass pass, Rng rng) {
      for (int r = from; r < to; r++) {
        for (int j = 0; j < c.width; j++) {
          c.weight[c.at(r) + j] = weight(one, r, j);
        }
      }
    }
  }

  private static final class Setting implements AutoCloseable {
    final Table users = Initial.normal(new Table("users", TRAIN.userCount(), DIM), 3, 0.5);
    final Table items = Initial.normal(new Table("items", TRAIN.itemCount(), DIM), 3, 0.5);
    final Table bias = Initial.normal(new Table("item-bias", TRAIN.itemCount(), 1), 3, 0.5);
    final PairBatches batches;
    final Batch batch;
    final Workers workers;
    final Step step;

    Setting(boolean keep, List<Refiner> refiners, Optimizer optimizer, int threads, int groups) {
      this(BATCH, keep, refiners, optimizer, threads, groups);
    }

    Setting(
        int batchRows,
        boolean keep,
        List<Refiner> refiners,
        Optimizer optimizer,
        int threads,
        int groups) {
      batches = new PairBatches(TRAIN, batchRows);
      batch = batches.newBatch();
      workers = new Workers(threads);
      step =
          new StepParts(
                  refiners.stream().anyMatch(Resample.class::isInstance)
                      ? new MixedBatchProposal(TRAIN, 150, true, keep)
                      : new BatchProposal(TRAIN, FREQUENCY, keep),
                  refiners,
                  new SampledCrossEntropy(),
                  Reduction.MEAN,
                  optimizer,
                  batchRows,
                  1,
                  0.01,
                  groups)
              .step(
                  new PairModel(
                      new UserRows(users), new DotScore(new ItemTable(items, Optional.of(bias)))),
                  TRAIN,
                  workers);
    }

    void fill(long b) {
      batches.shuffle(5, 0);
      batches.fill(batch, b);
    }

    @Override
    public void close() {
      workers.close();
    }

    float[][] values() {
      return new float[][] {users.values(), items.values(), bias.values()};
    }
  }

  private static float[][] trained(List<Refiner> refiners, int threads, int groups) {
    OptimizerName adam = OptimizerName.ADAM_PYTORCH;
    try (Setting s =
        new Setting(true, refiners, adam.optimizer(BATCH, 0.02, 0.1), threads, groups)) {
      for (int t = 0; t < 12; t++) {
        s.fill(t % (int) s.batches.batchesPerEpoch());
        s.step.run(s.batch, 0.02, new Pass(5, 0, t));
      }
      s.step.updates().forEach(update -> update.updater().settleAll());
      return s.values();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 9, 450})
  void bitsDoNotDependOnThreadsOrGroups(int draws) {
    List<Refiner> refiners = draws == 0 ? List.of() : List.of(new Resample(draws));
    float[][] one = trained(refiners, 1, 8);
    for (int threads : new int[] {2, 3, 5}) {
      assertThat(trained(refiners, threads, 3)).as("%d threads", threads).isDeepEqualTo(one);
    }
  }

  /**
   * Against a plain loop in double: with accidental hits or without, in a whole batch and the short
   * last one, with all weights, some (by matrix products) and few (cell by cell).
   */
  @ParameterizedTest
  @CsvSource({
    "true, 0, false",
    "false, 0, true",
    "true, 2, false",
    "false, 2, false",
    "true, 11, false",
    "false, 11, true"
  })
  void parametersMoveAgainstTheSlopeOfTheLoss(boolean keep, int one, boolean last) {
    List<Refiner> refiners = one == 0 ? List.of() : List.of(new Every(one));
    try (Setting s = new Setting(keep, refiners, new Sgd(0), 2, 4)) {
      s.fill(last ? s.batches.batchesPerEpoch() - 1 : 0);
      assertMovesAgainstTheSlope(s, keep, one);
      assertThat(s.batch.rows < BATCH).isEqualTo(last);
    }
  }

  /** More rows of a shorter list fit into the cells that a thread has. */
  @Test
  void aBatchMayBeMuchShorterThanTheLongest() {
    try (Setting s = new Setting(3000, true, List.of(), new Sgd(0), 2, 4)) {
      s.fill(0);
      assertThat(s.batch.rows).isBetween(600, 900);
      assertMovesAgainstTheSlope(s, true, 0);
    }
  }

  private static void assertMovesAgainstTheSlope(Setting s, boolean keep, int one) {
    float[] users = s.users.values().clone();
    float[] items = s.items.values().clone();
    float[] bias = s.bias.values().clone();
    double[][] slope = new double[3][];
    slope[0] = new double[users.length];
    slope[1] = new double[items.length];
    slope[2] = new double[bias.length];
    double expected = 0;
    int rows = s.batch.rows;
    for (int r = 0; r < rows; r++) {
      int user = s.batch.users[r];
      double[] p = new double[rows + 1];
      double sum = 0;
      for (int j = 0; j <= rows; j++) {
        int item = s.batch.posIds[j < rows ? j : r];
        boolean counts = j == rows || keep || !TRAIN.contains(user, item);
        double weight = j == rows || one == 0 ? 1 : Every.weight(one, r, j);
        double score = bias[item] - FREQUENCY.log(item);
        for (int k = 0; k < DIM; k++) {
          score += users[user * DIM + k] * items[item * DIM + k];
        }
        p[j] = counts ? weight * Math.exp(score) : 0;
        sum += p[j];
      }
      expected -= Math.log(p[rows] / sum) / rows;
      for (int k = 0; k < DIM; k++) {
        slope[0][user * DIM + k] += 0.02 * users[user * DIM + k] / rows;
      }
      for (int j = 0; j <= rows; j++) {
        int item = s.batch.posIds[j < rows ? j : r];
        double share = p[j] / sum;
        double d = (share - (j == rows ? 1 : 0)) / rows;
        double decay = 0.02 * (j == rows ? 1 : share) / rows;
        for (int k = 0; k < DIM; k++) {
          slope[0][user * DIM + k] += d * items[item * DIM + k];
          slope[1][item * DIM + k] += d * users[user * DIM + k] + decay * items[item * DIM + k];
        }
        slope[2][item] += d + decay * bias[item];
      }
    }
    double loss = s.step.run(s.batch, 0.5, new Pass(5, 0, 0));

    assertThat(loss).isCloseTo(expected, within(1e-5));
    float[][] before = {users, items, bias};
    for (int t = 0; t < 3; t++) {
      for (int i = 0; i < before[t].length; i++) {
        double moved = s.values()[t][i] - before[t][i];
        assertThat(moved).as("table %d, %d", t, i).isCloseTo(-0.5 * slope[t][i], within(1e-6));
      }
    }
  }
}
