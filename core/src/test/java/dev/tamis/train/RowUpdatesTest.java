package dev.tamis.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tamis.kernels.Workers;
import dev.tamis.math.Matrix;
import dev.tamis.math.Rng;
import dev.tamis.math.Stream;
import dev.tamis.model.SparseGradient;
import dev.tamis.model.Table;
import dev.tamis.optim.OptimizerName;
import dev.tamis.optim.Sgd;
import dev.tamis.optim.Updater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RowUpdatesTest {
  private static final int ROWS = 75;
  private static final int WIDTH = 6;
  private static final int SOURCES = 30;

  /** Entries that go to some rows many times and to most not at all. */
  private static SparseGradient entries(int count, long seed) {
    Rng rng = Rng.keyed(seed, Stream.DEMO, 0, 0);
    SparseGradient gradient = new SparseGradient(count);
    gradient.count = count;
    gradient.source = new Matrix(SOURCES, WIDTH);
    for (int i = 0; i < SOURCES * WIDTH; i++) {
      gradient.source.data[i] = (float) rng.nextGaussian();
    }
    for (int e = 0; e < count; e++) {
      int spread = rng.nextInt(3) == 0 ? ROWS : 9;
      gradient.row[e] = ROWS - 1 - rng.nextInt(spread);
      gradient.coefficient[e] = (float) rng.nextGaussian();
      gradient.sourceRow[e] = rng.nextInt(SOURCES);
    }
    return gradient;
  }

  private static Table table() {
    Table table = new Table("t", ROWS, WIDTH);
    for (int i = 0; i < ROWS * WIDTH; i++) {
      table.values()[i] = i % 13 - 6;
    }
    return table;
  }

  private static void step(
      RowUpdates updates, RowGroups groups, Workers workers, SparseGradient gradient, float decay) {
    updates.beginStep(0.25);
    workers.run(
        workers.threads(),
        (o, worker) -> {
          groups.group(o, gradient);
          updates.settle(o);
        });
    workers.run(workers.threads(), (o, worker) -> updates.apply(o, gradient, decay));
  }

  @ParameterizedTest
  @ValueSource(floats = {0, 0.5f})
  void sumIsThatOfTheWrittenOutGradient(float decay) {
    Table table = table();
    double[] dense = new double[ROWS * WIDTH];
    double[] expected = new double[ROWS * WIDTH];
    try (Workers workers = new Workers(1)) {
      RowGroups groups = new RowGroups(ROWS, 1);
      RowUpdates updates = new RowUpdates(table, new Sgd(0).attach(table), groups);
      for (int i = 0; i < expected.length; i++) {
        expected[i] = table.values()[i];
      }
      for (int count : new int[] {40, 3, 500, 0, 200}) {
        SparseGradient gradient = entries(count, count);
        java.util.Arrays.fill(dense, 0);
        for (int e = 0; e < count; e++) {
          for (int k = 0; k < WIDTH; k++) {
            int at = gradient.row[e] * WIDTH + k;
            dense[at] +=
                (double) gradient.coefficient[e]
                        * gradient.source.data[gradient.sourceRow[e] * WIDTH + k]
                    + decay * expected[at];
          }
        }
        for (int i = 0; i < dense.length; i++) {
          expected[i] -= 0.25 * dense[i];
        }
        step(updates, groups, workers, gradient, decay);
        for (int i = 0; i < expected.length; i++) {
          assertThat((double) table.values()[i])
              .isCloseTo(expected[i], within(2e-5 * Math.max(1, Math.abs(expected[i]))));
          expected[i] = table.values()[i];
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(OptimizerName.class)
  void bitsDoNotDependOnTheOwners(OptimizerName name) {
    float[] one = trained(name, 1);
    for (int owners = 2; owners <= 5; owners++) {
      assertThat(trained(name, owners)).as("%d owners", owners).isEqualTo(one);
    }
  }

  private static float[] trained(OptimizerName name, int owners) {
    Table table = table();
    Updater updater = name.optimizer().attach(table);
    try (Workers workers = new Workers(owners)) {
      RowGroups groups = new RowGroups(ROWS, owners);
      RowUpdates updates = new RowUpdates(table, updater, groups);
      for (int s = 0; s < 30; s++) {
        step(updates, groups, workers, entries(s * s % 90, s), 0.125f);
      }
    }
    updater.settleAll();
    return table.values();
  }

  /** A list that shrank after it was grouped is grouped again. */
  @Test
  void runTakesTheEntriesAsTheyAreNow() {
    Table stepped = table();
    Table run = table();
    try (Workers workers = new Workers(2)) {
      RowGroups groups = new RowGroups(ROWS, 2);
      RowUpdates one = new RowUpdates(stepped, new Sgd(0).attach(stepped), groups);
      RowGroups regrouped = new RowGroups(ROWS, 2);
      RowUpdates two = new RowUpdates(run, new Sgd(0).attach(run), regrouped);
      SparseGradient now = entries(50, 3);
      two.beginStep(0.25);
      SparseGradient before = entries(200, 4);
      workers.run(2, (o, worker) -> regrouped.group(o, before));
      workers.run(
          2,
          (o, worker) -> {
            regrouped.group(o, now);
            two.apply(o, now, 0);
          });
      step(one, groups, workers, now, 0);
    }
    assertThat(run.values()).isEqualTo(stepped.values());
  }
}
