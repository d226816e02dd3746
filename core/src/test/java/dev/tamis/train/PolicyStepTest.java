package dev.tamis.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tamis.data.Interactions;
import dev.tamis.kernels.Workers;
import dev.tamis.model.Batch;
import dev.tamis.model.Initial;
import dev.tamis.model.ItemTable;
import dev.tamis.model.PairModel;
import dev.tamis.model.Pass;
import dev.tamis.model.Table;
import dev.tamis.model.score.DotScore;
import dev.tamis.model.tower.UserRows;
import dev.tamis.optim.Optimizer;
import dev.tamis.optim.OptimizerName;
import dev.tamis.optim.Sgd;
import dev.tamis.sample.SmallData;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyStepTest {
  private static final int WIDTH = 6;
  private static final double SHARE = 0.2;
  private static final Interactions TRAIN = SmallData.longTailed(23, 60, 12, 1);

  /** A generator, its step and its batches. */
  private static final class Setting {
    final Table users;
    final Table items;
    final Table bias;
    final UserBatches batches;
    final Batch batch;
    final PolicyStep step;

    Setting(Interactions train, Reward reward, Optimizer optimizer, int rows, Workers workers) {
      users = Initial.normal(new Table("users", train.userCount(), WIDTH), 3, 0.5);
      items = Initial.normal(new Table("items", train.itemCount(), WIDTH), 3, 0.5);
      bias = Initial.normal(new Table("item-bias", train.itemCount(), 1), 3, 0.5);
      ItemTable table = new ItemTable(items, Optional.of(bias));
      PairModel model = new PairModel(new UserRows(users), new DotScore(table));
      step = new PolicyStep(model, reward, SHARE, optimizer, rows, workers);
      batches = new UserBatches(train, rows);
      batch = batches.newBatch();
    }

    void train(int epochs, double rate) {
      long perEpoch = batches.batchesPerEpoch();
      for (long s = 0; s < epochs * perEpoch; s++) {
        int epoch = (int) (s / perEpoch);
        if (s % perEpoch == 0) {
          batches.shuffle(5, epoch);
        }
        batches.fill(batch, s % perEpoch);
        step.run(batch, rate, new Pass(5, epoch, s));
      }
      step.updates().forEach(update -> update.updater().settleAll());
    }

    float[][] values() {
      return new float[][] {users.values(), items.values(), bias.values()};
    }
  }

  /** Of a user and an item, between -1 and 1. */
  private static float worth(int user, int item) {
    return (user * 7 + item * 13) % 21 / 10f - 1;
  }

  private static void reward(int user, int[] items, int count, float[] out) {
    for (int k = 0; k < count; k++) {
      out[k] = worth(user, items[k]);
    }
  }

  private static double[] softmax(double[][] x, int user) {
    double[] p = new double[TRAIN.itemCount()];
    double sum = 0;
    for (int i = 0; i < p.length; i++) {
      double score = x[2][i];
      for (int k = 0; k < WIDTH; k++) {
        score += x[0][user * WIDTH + k] * x[1][i * WIDTH + k];
      }
      p[i] = Math.exp(score);
      sum += p[i];
    }
    for (int i = 0; i < p.length; i++) {
      p[i] /= sum;
    }
    return p;
  }

  /** The losses of the users of a batch for what was drawn, whose rewards are data. */
  private static double[] oracle(double[][] x, Map<Integer, int[]> drawn, double[][] start) {
    double[] losses = new double[2]; // their sum, their mean
    for (Map.Entry<Integer, int[]> row : drawn.entrySet()) {
      int user = row.getKey();
      double[] then = softmax(start, user);
      double[] now = softmax(x, user);
      for (int item : row.getValue()) {
        double positive = TRAIN.contains(user, item) ? SHARE / TRAIN.degree(user) : 0;
        double weight = then[item] / ((1 - SHARE) * then[item] + positive);
        losses[0] -= worth(user, item) * weight * Math.log(now[item]) / row.getValue().length;
      }
    }
    losses[1] = losses[0] / drawn.size();
    return losses;
  }

  private static double[][] widened(float[][] tables) {
    double[][] wide = new double[tables.length][];
    for (int t = 0; t < tables.length; t++) {
      wide[t] = new double[tables[t].length];
      for (int i = 0; i < wide[t].length; i++) {
        wide[t][i] = tables[t][i];
      }
    }
    return wide;
  }

  @ParameterizedTest
  @CsvSource({"1, 0", "5, 0", "5, 4"}) // users of a batch, batch of the epoch: the last is short
  void parametersMoveAgainstTheSlopeOfTheLoss(int rows, int inEpoch) {
    Map<Integer, int[]> drawn = new TreeMap<>();
    Reward listening =
        (user, items, count, out) -> {
          drawn.put(user, Arrays.copyOf(items, count));
          reward(user, items, count, out);
        };
    double rate = 0.5;
    try (Workers workers = new Workers(1)) {
      Setting s = new Setting(TRAIN, listening, new Sgd(0), rows, workers);
      s.batches.shuffle(5, 0);
      s.batches.fill(s.batch, inEpoch);
      double[][] start = widened(s.values());
      double loss = s.step.run(s.batch, rate, new Pass(5, 0, 0));

      assertThat(drawn).hasSize(inEpoch == 4 ? 3 : rows);
      drawn.forEach((u, items) -> assertThat(items).hasSize(2 * TRAIN.degree(u)));
      assertThat(loss).isCloseTo(oracle(start, drawn, start)[1], within(1e-5));
      double[][] x = widened(new float[][] {new float[0], new float[0], new float[0]});
      for (int t = 0; t < 3; t++) {
        x[t] = start[t].clone();
      }
      for (int t = 0; t < 3; t++) {
        for (int i = 0; i < x[t].length; i++) {
          double here = x[t][i];
          x[t][i] = here + 1e-5;
          double above = oracle(x, drawn, start)[0];
          x[t][i] = here - 1e-5;
          double slope = (above - oracle(x, drawn, start)[0]) / 2e-5;
          x[t][i] = here;
          assertThat(s.values()[t][i] - here)
              .as("table %d, number %d", t, i)
              .isCloseTo(-rate * slope, within(1e-6));
        }
      }
    }
  }

  /** With more items than a tile has. */
  @ParameterizedTest
  @CsvSource({"SGD, 1", "SGD, 5", "ADAM_LAZY, 1", "ADAM, 5", "ADAGRAD, 5"})
  void bitsDoNotDependOnThreads(OptimizerName name, int rows) {
    Interactions train = SmallData.longTailed(23, 1100, 30, 1);
    float[][][] ends = new float[3][][];
    for (int t = 0; t < 3; t++) {
      try (Workers workers = new Workers(1 + 2 * t)) {
        Setting s = new Setting(train, PolicyStepTest::reward, name.optimizer(), rows, workers);
        s.train(3, 0.05);
        ends[t] = s.values();
      }
    }
    assertThat(ends[1]).isDeepEqualTo(ends[0]);
    assertThat(ends[2]).isDeepEqualTo(ends[0]);
  }

  /** All rows move in every step, so that moves that are put off are made at once. */
  @Test
  void lazyAdamIsAdam() {
    float[][][] ends = new float[2][][];
    for (int t = 0; t < 2; t++) {
      OptimizerName name = t == 0 ? OptimizerName.ADAM : OptimizerName.ADAM_LAZY;
      try (Workers workers = new Workers(1)) {
        Setting s = new Setting(TRAIN, PolicyStepTest::reward, name.optimizer(), 3, workers);
        s.train(4, 0.01);
        ends[t] = s.values();
      }
    }
    for (int t = 0; t < 3; t++) {
      for (int i = 0; i < ends[0][t].length; i++) {
        assertThat(ends[1][t][i]).isCloseTo(ends[0][t][i], within(1e-3f));
      }
    }
  }

  @Test
  void expectedRewardRises() {
    try (Workers workers = new Workers(2)) {
      Setting s = new Setting(TRAIN, PolicyStepTest::reward, new Sgd(0), 1, workers);
      double before = expectedReward(s);
      s.train(200, 0.1);

      assertThat(before).isBetween(-0.2, 0.2);
      assertThat(expectedReward(s)).isGreaterThan(0.5);
    }
  }

  private static double expectedReward(Setting s) {
    double[][] x = widened(s.values());
    double sum = 0;
    for (int u = 0; u < TRAIN.userCount(); u++) {
      double[] p = softmax(x, u);
      for (int i = 0; i < p.length; i++) {
        sum += p[i] * worth(u, i) / TRAIN.userCount();
      }
    }
    return sum;
  }

  @Test
  void discriminatorIsSureFromMinusOneToOne() {
    Table users = Initial.normal(new Table("users", 4, WIDTH), 1, 0.7);
    Table items = Initial.normal(new Table("items", 5, WIDTH), 1, 0.7);
    Table bias = Initial.normal(new Table("item-bias", 5, 1), 1, 0.7);
    int[] ids = {3, 0, 3, 4};
    float[] out = {9, 9, 9, 9};
    new DiscriminatorReward(users, items, bias).reward(2, ids, 3, out);

    for (int k = 0; k < 3; k++) {
      double logit = bias.values()[ids[k]];
      for (int d = 0; d < WIDTH; d++) {
        logit += (double) users.values()[2 * WIDTH + d] * items.values()[ids[k] * WIDTH + d];
      }
      double expected = 2 * (1 / (1 + Math.exp(-logit)) - 0.5);
      assertThat((double) out[k]).isCloseTo(expected, within(1e-6));
    }
    assertThat(out[3]).isEqualTo(9);
  }
}
