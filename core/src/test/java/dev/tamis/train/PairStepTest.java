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
import dev.tamis.objective.PairwiseLogistic;
import dev.tamis.optim.Adam;
import dev.tamis.optim.Optimizer;
import dev.tamis.optim.OptimizerName;
import dev.tamis.optim.Sgd;
import dev.tamis.sample.PositiveSets;
import dev.tamis.sample.Proposal;
import dev.tamis.sample.Refiner;
import dev.tamis.sample.SmallData;
import dev.tamis.sample.proposal.UniformProposal;
import dev.tamis.sample.refine.FirstViolator;
import dev.tamis.sample.refine.ImportanceWeights;
import dev.tamis.sample.refine.TopScored;
import dev.tamis.sample.refine.ViolationRankWeight;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class PairStepTest {
  private static final int WIDTH = 6;
  private static final int NEGATIVES = 3;
  private static final int BATCH = 32;

  private static final Interactions TRAIN = SmallData.longTailed(50, 60, 12, 1);

  /** Candidates of row r are items r, 2r and 3r, so that some rows of the table come often. */
  private record FixedProposal(int items) implements Proposal {
    @Override
    public Candidates.Layout layout() {
      return Candidates.Layout.PER_ROW;
    }

    @Override
    public void propose(
        Batch batch, int from, int to, Matrix q, Candidates out, Pass pass, Rng rng) {
      for (int e = out.at(from); e < out.at(to); e++) {
        out.ids[e] = id(e / NEGATIVES, e % NEGATIVES);
      }
    }

    int id(int row, int k) {
      return row * (k + 1) % items;
    }

    @Override
    public double[] probabilities(int user, float[] query) {
      return new double[items];
    }
  }

  /** A model, its step and its batches. */
  private static final class Setting {
    final Table users = Initial.normal(new Table("users", TRAIN.userCount(), WIDTH), 3, 0.5);
    final Table items = Initial.normal(new Table("items", TRAIN.itemCount(), WIDTH), 3, 0.5);
    final Table bias = Initial.normal(new Table("item-bias", TRAIN.itemCount(), 1), 3, 0.5);
    final PairBatches batches = new PairBatches(TRAIN, BATCH);
    final Batch batch = batches.newBatch();
    final Step step;

    Setting(Proposal proposal, Optimizer optimizer, double decay, Workers workers, int shards) {
      this(proposal, List.of(), optimizer, decay, workers, shards);
    }

    Setting(
        Proposal proposal,
        List<Refiner> refiners,
        Optimizer optimizer,
        double decay,
        Workers workers,
        int shards) {
      step =
          new StepParts(
                  proposal,
                  refiners,
                  new PairwiseLogistic(),
                  Reduction.MEAN,
                  optimizer,
                  BATCH,
                  NEGATIVES,
                  decay,
                  shards)
              .step(
                  new PairModel(
                      new UserRows(users), new DotScore(new ItemTable(items, Optional.of(bias)))),
                  TRAIN,
                  workers);
    }

    /** Runs steps and settles; returns the sum of the losses. */
    double train(int steps, double rate) {
      double loss = 0;
      long perEpoch = batches.batchesPerEpoch();
      for (int s = 0; s < steps; s++) {
        if (s % perEpoch == 0) {
          batches.shuffle(5, (int) (s / perEpoch));
        }
        batches.fill(batch, s % perEpoch);
        loss += step.run(batch, rate, new Pass(5, (int) (s / perEpoch), s));
      }
      settle();
      return loss;
    }

    void settle() {
      step.updates().forEach(update -> update.updater().settleAll());
    }

    float[][] values() {
      return new float[][] {users.values(), items.values(), bias.values()};
    }
  }

  /** The loss of a batch, regularisation included, over copies of the tables in double. */
  private static double oracle(
      double[][] tables, Batch batch, FixedProposal proposal, double decay) {
    double loss = 0;
    for (int r = 0; r < batch.rows; r++) {
      int user = batch.users[r];
      double regular = squares(tables[0], user, WIDTH);
      double positive = score(tables, user, batch.posIds[r]);
      regular +=
          squares(tables[1], batch.posIds[r], WIDTH) + squares(tables[2], batch.posIds[r], 1);
      for (int k = 0; k < NEGATIVES; k++) {
        int item = proposal.id(r, k);
        double lead = positive - score(tables, user, item);
        loss += (Math.max(-lead, 0) + Math.log1p(Math.exp(-Math.abs(lead)))) / NEGATIVES;
        regular += squares(tables[1], item, WIDTH) + squares(tables[2], item, 1);
      }
      loss += decay * regular;
    }
    return loss / batch.rows;
  }

  private static double score(double[][] tables, int user, int item) {
    double score = tables[2][item];
    for (int k = 0; k < WIDTH; k++) {
      score += tables[0][user * WIDTH + k] * tables[1][item * WIDTH + k];
    }
    return score;
  }

  private static double squares(double[] table, int row, int width) {
    double sum = 0;
    for (int i = row * width; i < (row + 1) * width; i++) {
      sum += table[i] * table[i];
    }
    return sum;
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "0.25, 0", "0.25, 2"}) // weight decay, batch of the epoch: the last is short
  void parametersMoveAgainstTheSlopeOfTheLoss(double decay, int inEpoch) {
    FixedProposal proposal = new FixedProposal(TRAIN.itemCount());
    double rate = 0.5;
    try (Workers workers = new Workers(1)) {
      Setting s = new Setting(proposal, new Sgd(0), decay, workers, 4);
      s.batches.shuffle(5, 0);
      long last = s.batches.batchesPerEpoch() - 1;
      s.batches.fill(s.batch, inEpoch == 0 ? 0 : last);
      double[][] x = new double[3][];
      for (int t = 0; t < 3; t++) {
        x[t] = widened(s.values()[t]);
      }
      double[][] slopes = new double[3][];
      for (int t = 0; t < 3; t++) {
        slopes[t] = new double[x[t].length];
        for (int i = 0; i < x[t].length; i++) {
          double here = x[t][i];
          x[t][i] = here + 1e-5;
          double above = oracle(x, s.batch, proposal, decay);
          x[t][i] = here - 1e-5;
          slopes[t][i] = (above - oracle(x, s.batch, proposal, decay)) / 2e-5;
          x[t][i] = here;
        }
      }
      double loss = s.step.run(s.batch, rate, new Pass(5, 0, 0));

      assertThat(loss).isCloseTo(oracle(x, s.batch, proposal, 0), within(1e-6));
      for (int t = 0; t < 3; t++) {
        for (int i = 0; i < x[t].length; i++) {
          assertThat(s.values()[t][i] - x[t][i])
              .as("table %d, number %d", t, i)
              .isCloseTo(-rate * slopes[t][i], within(5e-7));
        }
      }
    }
  }

  /** A proposal that wants to see the model every so many steps finds its tables settled. */
  @Test
  void modelsAreRefreshedFromAfterTheStepsAskedFor() {
    List<Integer> refreshes = new ArrayList<>();
    int[] steps = new int[1];
    Setting[] s = new Setting[1];
    Proposal proposal =
        new Proposal() {
          private final Proposal uniform = uniform();

          @Override
          public Candidates.Layout layout() {
            return uniform.layout();
          }

          @Override
          public int refreshEverySteps() {
            return 3;
          }

          @Override
          public void refresh(PairModel model, long seed, int epoch, Workers workers) {
            refreshes.add(steps[0]);
            float[] values = model.items().vectors().values();
            float[] before = values.clone();
            s[0].settle();
            assertThat(Arrays.equals(values, before)).isTrue();
          }

          @Override
          public void propose(
              Batch batch, int from, int to, Matrix q, Candidates out, Pass pass, Rng rng) {
            uniform.propose(batch, from, to, q, out, pass, rng);
          }

          @Override
          public double[] probabilities(int user, float[] query) {
            return uniform.probabilities(user, query);
          }
        };
    try (Workers workers = new Workers(1)) {
      s[0] = new Setting(proposal, OptimizerName.ADAM_LAZY.optimizer(), 0, workers, 2);
      for (int epoch = 0; epoch < 2; epoch++) {
        s[0].step.beginEpoch(5, epoch);
        s[0].batches.shuffle(5, epoch);
        for (int b = 0; b < 7; b++) {
          s[0].batches.fill(s[0].batch, b);
          steps[0]++;
          s[0].step.run(s[0].batch, 0.02, new Pass(5, epoch, steps[0]));
        }
        s[0].settle(); // as at the end of an epoch
      }
    }
    assertThat(refreshes).containsExactly(0, 3, 6, 7, 10, 13);
  }

  private static double[] widened(float[] values) {
    double[] wide = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      wide[i] = values[i];
    }
    return wide;
  }

  private static Proposal uniform() {
    return new UniformProposal(new PositiveSets(TRAIN));
  }

  private static float[][] trained(OptimizerName name, int threads, int shards, int steps) {
    try (Workers workers = new Workers(threads)) {
      Setting s = new Setting(uniform(), name.optimizer(), 0.01, workers, shards);
      s.train(steps, 0.02);
      return s.values();
    }
  }

  @ParameterizedTest
  @EnumSource(OptimizerName.class)
  void bitsDoNotDependOnThreadsOrShards(OptimizerName name) {
    float[][] one = trained(name, 1, 8, 60);
    for (int threads : new int[] {2, 3, 5}) {
      assertThat(trained(name, threads, 8, 60)).as("%d threads", threads).isDeepEqualTo(one);
    }
    for (int shards : new int[] {1, 13, 100}) {
      assertThat(trained(name, 2, shards, 60)).as("%d shards", shards).isDeepEqualTo(one);
    }
  }

  @Test
  void lossDoesNotDependOnThreads() {
    double[] losses = new double[3];
    for (int threads = 1; threads <= 3; threads++) {
      try (Workers workers = new Workers(threads)) {
        losses[threads - 1] = new Setting(uniform(), new Sgd(0), 0, workers, 8).train(20, 0.1);
      }
    }
    assertThat(losses[1]).isEqualTo(losses[0]);
    assertThat(losses[2]).isEqualTo(losses[0]);
  }

  /** Adam makes its idle moves when a row is read next; nobody can tell, whoever reads rows. */
  @ParameterizedTest
  @CsvSource({"0, 1, false", "0.01, 1, false", "0.01, 3, true"})
  void adamEndsWithTheBitsOfMovesMadeInTheirSteps(double l2, int threads, boolean selects) {
    List<Refiner> refiners = selects ? List.of(new TopScored()) : List.of();
    float[][][] ends = new float[2][][];
    for (Adam.IdleRows idle : List.of(Adam.IdleRows.MOVE, Adam.IdleRows.REPLAY)) {
      try (Workers workers = new Workers(threads)) {
        Adam adam = Adam.tensorFlow(idle, 1e-7, l2);
        Setting s = new Setting(uniform(), refiners, adam, 0.01, workers, 8);
        s.train(200, 0.02);
        ends[idle.ordinal()] = s.values();
      }
    }
    assertThat(ends[1]).isDeepEqualTo(ends[0]);
  }

  /** Rows are brought up to date before they are read, so lazy training is dense training. */
  @Test
  void lazyAdamEndsWhereDenseAdamDoes() {
    float[][] dense = trained(OptimizerName.ADAM, 1, 8, 200);
    float[][] lazy = trained(OptimizerName.ADAM_LAZY, 2, 8, 200);
    float[][] sparse = trained(OptimizerName.ADAM_SPARSE, 1, 8, 200);
    for (int t = 0; t < 3; t++) {
      assertThat(distance(lazy[t], dense[t])).isLessThan(1e-3);
      assertThat(distance(sparse[t], dense[t])).as("a different algorithm").isGreaterThan(1e-2);
    }
  }

  /**
   * Weight decay and epsilon are those of a loss that is summed over a batch, and every row moves
   * in every step: PyTorch's Adam, written out in double over all rows.
   */
  @Test
  void weightDecayIsThatOfASummedLoss() {
    FixedProposal proposal = new FixedProposal(TRAIN.itemCount());
    double decay = 0.3;
    double rate = 0.02;
    try (Workers workers = new Workers(2)) {
      Optimizer adam = OptimizerName.ADAM_PYTORCH.optimizer(BATCH, decay, 0.1);
      Setting s = new Setting(proposal, adam, 0, workers, 4);
      double[][] x = new double[3][];
      double[][] m = new double[3][];
      double[][] v = new double[3][];
      for (int t = 0; t < 3; t++) {
        x[t] = widened(s.values()[t]);
        m[t] = new double[x[t].length];
        v[t] = new double[x[t].length];
      }
      s.batches.shuffle(5, 0);
      for (int step = 1; step <= 25; step++) {
        s.batches.fill(s.batch, step % s.batches.batchesPerEpoch());
        double[][] sums = new double[3][];
        for (int t = 0; t < 3; t++) {
          sums[t] = new double[x[t].length];
          for (int i = 0; i < x[t].length; i++) {
            double here = x[t][i];
            x[t][i] = here + 1e-5;
            double above = oracle(x, s.batch, proposal, 0);
            x[t][i] = here - 1e-5;
            sums[t][i] = BATCH * (above - oracle(x, s.batch, proposal, 0)) / 2e-5;
            x[t][i] = here;
          }
        }
        for (int t = 0; t < 3; t++) {
          for (int i = 0; i < x[t].length; i++) {
            double g = sums[t][i] + decay * x[t][i];
            m[t][i] = 0.9 * m[t][i] + 0.1 * g;
            v[t][i] = 0.999 * v[t][i] + 0.001 * g * g;
            double size = rate / (1 - Math.pow(0.9, step));
            x[t][i] -= size * m[t][i] / (Math.sqrt(v[t][i] / (1 - Math.pow(0.999, step))) + 1e-8);
          }
        }
        s.step.run(s.batch, rate, new Pass(5, 0, step));
      }

      s.step.updates().forEach(update -> update.updater().settleAll());
      for (int t = 0; t < 3; t++) {
        for (int i = 0; i < x[t].length; i++) {
          assertThat((double) s.values()[t][i]).isCloseTo(x[t][i], within(1e-3));
        }
      }
    }
  }

  private static float[][] trained(
      OptimizerName name, Refiner refiner, int threads, int shards, int steps) {
    try (Workers workers = new Workers(threads)) {
      Setting s = new Setting(uniform(), List.of(refiner), name.optimizer(), 0.01, workers, shards);
      s.train(steps, 0.02);
      return s.values();
    }
  }

  static List<Refiner> refiners() {
    return List.of(
        new ImportanceWeights(true, true),
        new ImportanceWeights(false, false),
        new TopScored(),
        new FirstViolator(0, TRAIN.itemCount(), NEGATIVES), // leaves some rows out
        new ViolationRankWeight(0, TRAIN.itemCount(), NEGATIVES));
  }

  @ParameterizedTest
  @MethodSource("refiners")
  void bitsOfRefinedStepsDoNotDependOnThreadsOrShards(Refiner refiner) {
    for (OptimizerName name : List.of(OptimizerName.ADAM_LAZY, OptimizerName.ADAM_SPARSE)) {
      float[][] one = trained(name, refiner, 1, 8, 60);
      assertThat(trained(name, refiner, 3, 8, 60)).isDeepEqualTo(one);
      assertThat(trained(name, refiner, 2, 13, 60)).isDeepEqualTo(one);
    }
  }

  /** What is not selected waits like any other idle row. */
  @ParameterizedTest
  @MethodSource("refiners")
  void lazyAdamEndsWhereDenseAdamDoesWithRefiners(Refiner refiner) {
    float[][] dense = trained(OptimizerName.ADAM, refiner, 1, 8, 120);
    float[][] lazy = trained(OptimizerName.ADAM_LAZY, refiner, 2, 8, 120);
    for (int t = 0; t < 3; t++) {
      assertThat(distance(lazy[t], dense[t])).isLessThan(1e-3);
    }
  }

  @Test
  void candidatesThatAreNotSelectedStay() {
    try (Workers workers = new Workers(1)) {
      Setting s =
          new Setting(
              new FixedProposal(TRAIN.itemCount()),
              List.of(new TopScored()),
              new Sgd(0),
              0.25,
              workers,
              4);
      s.batches.shuffle(5, 0);
      s.batches.fill(s.batch, 0);
      float[] before = s.items.values().clone();
      boolean[] touched = new boolean[TRAIN.itemCount()];
      for (int r = 0; r < s.batch.rows; r++) {
        touched[s.batch.posIds[r]] = true;
        double[][] tables = {
          widened(s.users.values()), widened(s.items.values()), widened(s.bias.values())
        };
        int best = 0;
        for (int k = 1; k < NEGATIVES; k++) {
          double score = score(tables, s.batch.users[r], r * (k + 1) % TRAIN.itemCount());
          if (score > score(tables, s.batch.users[r], r * (best + 1) % TRAIN.itemCount())) {
            best = k;
          }
        }
        touched[r * (best + 1) % TRAIN.itemCount()] = true;
      }
      s.step.run(s.batch, 0.5, new Pass(5, 0, 0));

      assertMoved(before, s.items.values(), touched);
      assertThat(touched).contains(false);
    }
  }

  /** Neither loss nor weight decay touches a row in which no candidate violates the margin. */
  @Test
  void rowsOfWeightZeroAreLeftOutWhole() {
    try (Workers workers = new Workers(1)) {
      Setting s =
          new Setting(
              new FixedProposal(TRAIN.itemCount()),
              List.of(new FirstViolator(0, TRAIN.itemCount(), NEGATIVES)),
              new Sgd(0),
              0.25,
              workers,
              4);
      s.batches.shuffle(5, 0);
      s.batches.fill(s.batch, 0);
      float[] users = s.users.values().clone();
      float[] items = s.items.values().clone();
      double[][] tables = {widened(users), widened(items), widened(s.bias.values())};
      boolean[] userIn = new boolean[TRAIN.userCount()];
      boolean[] itemIn = new boolean[TRAIN.itemCount()];
      int rowsOut = 0;
      for (int r = 0; r < s.batch.rows; r++) {
        int user = s.batch.users[r];
        int k = 0;
        while (k < NEGATIVES
            && score(tables, user, r * (k + 1) % TRAIN.itemCount())
                <= score(tables, user, s.batch.posIds[r])) {
          k++;
        }
        if (k < NEGATIVES) {
          userIn[user] = true;
          itemIn[s.batch.posIds[r]] = true;
          itemIn[r * (k + 1) % TRAIN.itemCount()] = true;
        } else {
          rowsOut++;
        }
      }
      s.step.run(s.batch, 0.5, new Pass(5, 0, 0));

      assertThat(rowsOut).isBetween(5, BATCH - 5);
      assertMoved(users, s.users.values(), userIn);
      assertMoved(items, s.items.values(), itemIn);
    }
  }

  private static void assertMoved(float[] before, float[] after, boolean[] expected) {
    for (int row = 0; row < expected.length; row++) {
      boolean moved =
          !Arrays.equals(
              before, row * WIDTH, (row + 1) * WIDTH, after, row * WIDTH, (row + 1) * WIDTH);
      assertThat(moved).as("row %d moved", row).isEqualTo(expected[row]);
    }
  }

  /** The largest difference against the largest number. */
  private static double distance(float[] a, float[] b) {
    double off = 0;
    double size = 0;
    for (int i = 0; i < a.length; i++) {
      off = Math.max(off, Math.abs(a[i] - b[i]));
      size = Math.max(size, Math.abs(b[i]));
    }
    return off / size;
  }

  @Test
  void everyPairStandsInAnEpochOnce() {
    PairBatches batches = new PairBatches(TRAIN, BATCH);
    Batch batch = batches.newBatch();
    long[] orders = new long[2];
    for (int epoch = 0; epoch < 2; epoch++) {
      batches.shuffle(9, epoch);
      boolean[][] seen = new boolean[TRAIN.userCount()][TRAIN.itemCount()];
      int pairs = 0;
      for (long s = 0; s < batches.batchesPerEpoch(); s++) {
        batches.fill(batch, s);
        for (int r = 0; r < batch.rows; r++, pairs++) {
          assertThat(TRAIN.contains(batch.users[r], batch.posIds[r])).isTrue();
          assertThat(seen[batch.users[r]][batch.posIds[r]]).isFalse();
          seen[batch.users[r]][batch.posIds[r]] = true;
          orders[epoch] = orders[epoch] * 31 + batch.users[r] * 100L + batch.posIds[r];
        }
      }
      assertThat(pairs).isEqualTo(TRAIN.size());
    }
    assertThat(orders[0]).isNotEqualTo(orders[1]);
    assertThat(List.of(batches.batchesPerEpoch()))
        .containsExactly((TRAIN.size() + BATCH - 1L) / BATCH);
  }
}
