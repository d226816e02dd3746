package dev.tamis.model.tower;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tamis.config.TamisException;
import dev.tamis.kernels.Workers;
import dev.tamis.math.Matrix;
import dev.tamis.math.Rng;
import dev.tamis.math.Stream;
import dev.tamis.model.Batch;
import dev.tamis.model.Initial;
import dev.tamis.model.Pass;
import dev.tamis.model.Table;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class HistoryTowerTest {
  private static final int ITEMS = 50;

  private static HistoryTower tower(TowerShape shape) {
    List<Table> tables = HistoryTower.emptyTables(shape);
    tables.forEach(table -> Initial.normal(table, 1, 0.4));
    return new HistoryTower(
        shape, tables.stream().collect(Collectors.toMap(Table::name, Function.identity())));
  }

  private static Batch histories(int rows) {
    Batch batch = new Batch(rows, rows * ITEMS);
    batch.rows = rows;
    Rng rng = Rng.keyed(5, Stream.DEMO, 0, 0);
    int n = 0;
    for (int r = 0; r < rows; r++) {
      for (int i = rng.nextInt(3); i < ITEMS; i += 1 + rng.nextInt(9)) {
        batch.posIds[n++] = i;
      }
      batch.posStart[r + 1] = n;
    }
    return batch;
  }

  private static float[] used(Matrix m) {
    return Arrays.copyOf(m.data, m.rows * m.width);
  }

  @Test
  void historyIsEncodedTheSameAloneAndAmongOthers() {
    HistoryTower tower = tower(new TowerShape(ITEMS, List.of(17), 6, List.of(9)));
    Batch batch = histories(33);
    float[] together = used(tower.newEncoding(33).encode(batch.posStart, batch.posIds, 33));
    HistoryTower.Encoding one = tower.newEncoding(1);
    for (int r = 0; r < 33; r++) {
      int[] items = Arrays.copyOfRange(batch.posIds, batch.posStart[r], batch.posStart[r + 1]);
      float[] alone = used(one.encode(new int[] {0, items.length}, items, 1));
      assertThat(alone).isEqualTo(Arrays.copyOfRange(together, r * 9, (r + 1) * 9));
    }
  }

  @Test
  void trainingWithoutDropoutAndNoiseReadsWhatServingReads() {
    HistoryTower tower = tower(new TowerShape(ITEMS, List.of(17, 6), 0, List.of(17)));
    Batch batch = histories(33);
    try (Workers workers = new Workers(2)) {
      TowerTraining training = new TowerTraining(tower, 40, new Dropout(0, 0), 1, workers);

      assertThat(training.forward(batch, new Pass(1, 0, 0))).isZero();
      assertThat(used(training.query()))
          .isEqualTo(used(tower.newEncoding(33).encode(batch.posStart, batch.posIds, 33)));
    }
  }

  @Test
  void emptyHistoryIsEncodedFromTheBiasesAlone() {
    HistoryTower tower = tower(new TowerShape(ITEMS, List.of(4), 0, List.of()));
    float[] out = used(tower.newEncoding(1).encode(new int[] {0, 0}, new int[0], 1));

    for (int k = 0; k < 4; k++) {
      assertThat(out[k])
          .isFinite()
          .isEqualTo(
              (float) Math.tanh(tower.tables().get(1).values()[k]),
              org.assertj.core.api.Assertions.within(1e-6f));
    }
  }

  /** Dropped items count 0 and kept ones more, so that the mean stays. */
  @Test
  void dropoutKeepsTheMeanOfAHistory() {
    TowerShape shape = new TowerShape(ITEMS, List.of(3), 0, List.of());
    Batch batch = histories(33);
    int steps = 400;
    double dropout = 0.3;
    try (Workers workers = new Workers(1)) {
      TowerTraining training =
          new TowerTraining(tower(shape), 33, new Dropout(dropout, 0), 1, workers);
      double[] sum = new double[33];
      for (int step = 0; step < steps; step++) {
        training.forward(batch, new Pass(1, 0, step));
        Arrays.fill(training.queryGradient().data, 0);
        training.backward(0);
        for (int e = 0; e < training.sparseGradient().count; e++) {
          sum[training.sparseGradient().sourceRow[e]] += training.sparseGradient().coefficient[e];
        }
      }
      for (int r = 0; r < 33; r++) {
        int n = batch.posStart[r + 1] - batch.posStart[r];
        double deviation = Math.sqrt(dropout / (1 - dropout) / steps);
        assertThat(Math.abs(sum[r] / steps - Math.sqrt(n))).isLessThan(4.9 * deviation);
      }
    }
  }

  @Test
  void shapeIsReadBackFromItsTexts() {
    for (TowerShape shape :
        List.of(
            new TowerShape(9, List.of(600, 20), 200, List.of(600)),
            new TowerShape(9, List.of(), 2, List.of()),
            new TowerShape(9, List.of(7), 0, List.of()),
            new TowerShape(9, List.of(7), 0, List.of(), false, 3))) {
      assertThat(TowerShape.of(shape.attributes())).isEqualTo(shape);
    }
    TreeMap<String, String> broken =
        new TreeMap<>(new TowerShape(9, List.of(), 2, List.of()).attributes());
    broken.put("encoder", "6 x");
    assertThatThrownBy(() -> TowerShape.of(broken)).isInstanceOf(TamisException.class);
    broken.put("encoder", "6");
    broken.put("scaled", "no");
    assertThatThrownBy(() -> TowerShape.of(broken)).isInstanceOf(TamisException.class);
    broken.remove("scaled");
    assertThat(TowerShape.of(broken).scaled()).isTrue();
    broken.remove("encoder");
    assertThatThrownBy(() -> TowerShape.of(broken)).isInstanceOf(TamisException.class);
  }

  @Test
  void towerOverTablesOfAnotherShapeIsRefused() {
    TowerShape shape = new TowerShape(9, List.of(4), 2, List.of());
    TreeMap<String, Table> tables = new TreeMap<>();
    HistoryTower.emptyTables(shape).forEach(table -> tables.put(table.name(), table));
    tables.put("latent-weights", new Table("latent-weights", 4, 5));

    assertThatThrownBy(() -> new HistoryTower(shape, tables))
        .isInstanceOf(TamisException.class)
        .hasMessageContaining(
            "a tower over histories needs a table 'latent-weights' of 4 x 4, but has one of 4 x 5");
    TowerShape many = new TowerShape(9, List.of(4), 2, List.of(), true, Integer.MAX_VALUE);
    assertThatThrownBy(() -> new HistoryTower(many, tables)) // before memory is taken for it
        .isInstanceOf(TamisException.class);
    tables.remove("latent-weights");
    assertThatThrownBy(() -> new HistoryTower(shape, tables))
        .isInstanceOf(TamisException.class)
        .hasMessageContaining("of 4 x 4, but there is none (there are: ");
  }
}
