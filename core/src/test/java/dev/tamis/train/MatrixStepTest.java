package dev.tamis.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tamis.data.Interactions;
import dev.tamis.kernels.Workers;
import dev.tamis.model.Batch;
import dev.tamis.model.Initial;
import dev.tamis.model.Pass;
import dev.tamis.model.Table;
import dev.tamis.model.tower.HistoryTower;
import dev.tamis.model.tower.TowerShape;
import dev.tamis.objective.Multinomial;
import dev.tamis.sample.SmallData;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class MatrixStepTest {
  private static final int ITEMS = 12;

  /** A tower, its item table, their step and the batches of some data. */
  private static final class Setting {
    final MatrixStep step;
    final UserBatches batches;
    final Batch batch;

    Setting(
        Interactions train,
        TowerShape shape,
        double dropout,
        KlSchedule kl,
        int samples,
        double weightDecay,
        int rows,
        Workers workers) {
      List<Table> tables = HistoryTower.emptyTables(shape);
      Table items = new Table("items", shape.items(), shape.queryWidth());
      Table bias = new Table("item-bias", shape.items(), 1);
      tables.forEach(table -> Initial.normal(table, 1, 0.4));
      Initial.normal(items, 1, 0.4);
      Initial.normal(bias, 1, 0.4);
      Stream<Table> all = Stream.concat(tables.stream(), userNodes(shape));
      HistoryTower tower =
          new HistoryTower(shape, all.collect(Collectors.toMap(Table::name, Function.identity())));
      step =
          new MatrixStep(
              tower,
              items,
              bias,
              new Multinomial(),
              dropout,
              kl,
              samples,
              weightDecay,
              rows,
              workers);
      batches = new UserBatches(train, rows);
      batch = batches.newBatch();
    }

    private static Stream<Table> userNodes(TowerShape shape) {
      return HistoryTower.emptyUserNodes(shape)
          .map(nodes -> Initial.normal(nodes, 1, 0.4))
          .stream();
    }

    float[][] train(int steps) {
      long perEpoch = batches.batchesPerEpoch();
      for (int s = 0; s < steps; s++) {
        if (s % perEpoch == 0) {
          batches.shuffle(2, (int) (s / perEpoch));
        }
        batches.fill(batch, s % perEpoch);
        step.run(batch, 0.01, new Pass(2, 0, s));
      }
      step.updates().forEach(update -> update.updater().settleAll());
      return step.updates().stream().map(u -> u.table().values()).toArray(float[][]::new);
    }
  }

  static Stream<Arguments> nets() {
    return Stream.of(
        Arguments.of(new TowerShape(ITEMS, List.of(5), 3, List.of(4)), 0.5, 1, 0.0),
        Arguments.of(new TowerShape(ITEMS, List.of(6, 5), 3, List.of(4, 7)), 0.25, 1, 0.0),
        Arguments.of(new TowerShape(ITEMS, List.of(6, 5), 3, List.of(4, 7)), 0.25, 3, 0.0),
        Arguments.of(new TowerShape(ITEMS, List.of(), 3, List.of()), 0.5, 1, 0.0),
        Arguments.of(new TowerShape(ITEMS, List.of(), 3, List.of()), 0.5, 2, 0.0),
        Arguments.of(new TowerShape(ITEMS, List.of(5), 0, List.of()), 0.5, 1, 0.01),
        Arguments.of(new TowerShape(ITEMS, List.of(5, 3), 0, List.of(5)), 0.0, 1, 0.01),
        Arguments.of(new TowerShape(ITEMS, List.of(5), 0, List.of(), false, 9), 0.5, 1, 0.01),
        Arguments.of(new TowerShape(ITEMS, List.of(4), 3, List.of(), true, 9), 0.5, 2, 0.0));
  }

  /** Adam's first moments after one step are a tenth of the gradients. */
  @ParameterizedTest
  @MethodSource("nets")
  void gradientsAreTheSlopesOfTheLoss(
      TowerShape shape, double dropout, int samples, double weightDecay) {
    Interactions train = SmallData.longTailed(9, ITEMS, 8, 4);
    Pass pass = new Pass(7, 0, 4);
    KlSchedule kl = new KlSchedule(0.5, 20);
    AutoencoderOracle oracle = new AutoencoderOracle(shape, dropout, 0.2, weightDecay, samples);
    try (Workers workers = new Workers(2)) {
      Setting s = new Setting(train, shape, dropout, kl, samples, weightDecay, 9, workers);
      s.batches.shuffle(1, 0);
      s.batches.fill(s.batch, 0);
      List<TableUpdates> updates = s.step.updates();
      double[][] x = new double[updates.size()][];
      for (int t = 0; t < x.length; t++) {
        x[t] = widened(updates.get(t).table().values());
      }
      double loss = s.step.run(s.batch, 0.1, pass);
      updates.forEach(update -> update.updater().settleAll());

      double decayed = oracle.loss(x, s.batch, pass);
      double plain = new AutoencoderOracle(shape, dropout, 0.2, 0, samples).loss(x, s.batch, pass);
      assertThat(loss).isCloseTo(plain, within(1e-5 * plain));
      assertThat(decayed >= plain).isTrue();
      for (int t = 0; t < x.length; t++) {
        float[] first = (float[]) updates.get(t).updater().state().get("first");
        for (int i = 0; i < x[t].length; i++) {
          double here = x[t][i];
          x[t][i] = here + 1e-5;
          double above = oracle.loss(x, s.batch, pass);
          x[t][i] = here - 1e-5;
          double slope = (above - oracle.loss(x, s.batch, pass)) / 2e-5;
          x[t][i] = here;
          assertThat(first[i] / (1 - 0.9f))
              .as("%s, number %d", updates.get(t).table().name(), i)
              .isCloseTo((float) slope, within(1e-5f));
        }
      }
    }
  }

  private static double[] widened(float[] values) {
    double[] wide = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      wide[i] = values[i];
    }
    return wide;
  }

  /** More items than a tile holds, batches that end short, more rows than a task. */
  private static float[][] trained(int threads, double weightDecay, int samples, int steps) {
    Interactions train = SmallData.longTailed(90, 600, 20, 4);
    TowerShape shape = new TowerShape(600, List.of(17), 5, List.of(17), true, 90);
    try (Workers workers = new Workers(threads)) {
      KlSchedule kl = new KlSchedule(0.2, 100);
      return new Setting(train, shape, 0.5, kl, samples, weightDecay, 40, workers).train(steps);
    }
  }

  @Test
  void bitsDoNotDependOnThreads() {
    for (double weightDecay : new double[] {0, 1e-3}) {
      float[][] one = trained(1, weightDecay, 2, 6);
      for (int threads : new int[] {2, 3, 5}) {
        assertThat(trained(threads, weightDecay, 2, 6)).isDeepEqualTo(one);
      }
    }
  }

  /** Without decay idle rows of first layer and users wait; with next to none they do not. */
  @Test
  void waitingRowsOfTheFirstLayerEndWhereMovedOnesDo() {
    float[][] lazy = trained(1, 0, 1, 60);
    float[][] dense = trained(1, 1e-30, 1, 60);
    for (int t = 0; t < lazy.length; t++) {
      double off = 0;
      double size = 0;
      for (int i = 0; i < lazy[t].length; i++) {
        off = Math.max(off, Math.abs(lazy[t][i] - dense[t][i]));
        size = Math.max(size, Math.abs(dense[t][i]));
      }
      assertThat(off / size).isLessThan(1e-3);
    }
  }

  @Test
  void everyUserWithAHistoryStandsInAnEpochOnce() {
    Interactions train =
        SmallData.of(5, new int[] {1, 3}, new int[0], new int[] {0}, new int[] {2, 3, 4});
    UserBatches batches = new UserBatches(train, 2);
    Batch batch = batches.newBatch();
    batches.shuffle(1, 0);
    int[] seen = new int[4];
    for (long s = 0; s < batches.batchesPerEpoch(); s++) {
      batches.fill(batch, s);
      for (int r = 0; r < batch.rows; r++) {
        int user = batch.users[r];
        seen[user]++;
        assertThat(batch.posStart[r + 1] - batch.posStart[r]).isEqualTo(train.degree(user));
        for (int p = batch.posStart[r]; p < batch.posStart[r + 1]; p++) {
          assertThat(train.contains(user, batch.posIds[p])).isTrue();
        }
      }
    }
    assertThat(seen).containsExactly(1, 0, 1, 1);
  }
}
