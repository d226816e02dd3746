package dev.tamis.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tamis.data.Interactions;
import dev.tamis.data.feature.FeatureLists;
import dev.tamis.kernels.Workers;
import dev.tamis.model.Batch;
import dev.tamis.model.Initial;
import dev.tamis.model.ItemTable;
import dev.tamis.model.PairModel;
import dev.tamis.model.Pass;
import dev.tamis.model.Table;
import dev.tamis.model.TableShape;
import dev.tamis.model.score.DotScore;
import dev.tamis.model.tower.FeatureTower;
import dev.tamis.model.tower.FeatureTowerShape;
import dev.tamis.model.tower.UserRows;
import dev.tamis.objective.SampledSoftmax;
import dev.tamis.optim.Optimizer;
import dev.tamis.optim.OptimizerName;
import dev.tamis.sample.SmallData;
import dev.tamis.sample.proposal.MixedBatchProposal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@link SharedStep} with towers on both sides. */
class TowerStepTest {
  private static final int DIM = 6;
  private static final int BATCH = 300;
  private static final Interactions TRAIN = SmallData.longTailed(120, 400, 12, 1);

  private static Table users() {
    return Initial.normal(new Table("users", TRAIN.userCount(), DIM), 3, 0.5);
  }

  private static Table items() {
    return Initial.normal(new Table("items", TRAIN.itemCount(), DIM), 3, 0.5);
  }

  private static Table bias() {
    return Initial.normal(new Table("item-bias", TRAIN.itemCount(), 1), 3, 0.5);
  }

  /** Moves the tables by some steps; returns the loss of each. */
  private static double[] run(SharedStep step) {
    PairBatches batches = new PairBatches(TRAIN, BATCH);
    Batch batch = batches.newBatch();
    double[] loss = new double[8];
    for (int t = 0; t < loss.length; t++) {
      if (t % batches.batchesPerEpoch() == 0) {
        step.updates().forEach(update -> update.updater().settleAll());
        step.beginEpoch(5, t);
      }
      batches.shuffle(5, t);
      batches.fill(batch, 0);
      loss[t] = step.run(batch, 0.02, new Pass(5, 0, t));
    }
    step.updates().forEach(update -> update.updater().settleAll());
    return loss;
  }

  private static SharedStep step(QuerySide users, ItemSide items, Workers workers, int groups) {
    return new SharedStep(
        users,
        items,
        TRAIN,
        new MixedBatchProposal(TRAIN, 150, true, true),
        List.of(),
        new SampledSoftmax(),
        BATCH,
        1,
        0.01,
        workers,
        groups);
  }

  /** Rows of their own and no features: the tower is a table, to the bit. */
  @ParameterizedTest
  @EnumSource(names = {"SGD", "ADAGRAD", "ADAM", "ADAM_LAZY", "ADAM_SPARSE", "ADAM_PYTORCH"})
  void aTowerOverOwnRowsIsATable(OptimizerName name) {
    try (Workers workers = new Workers(2)) {
      Table users = users();
      Table items = items();
      Table bias = bias();
      Optimizer rule = name.optimizer(1, 0, 0.1);
      PairModel model =
          new PairModel(new UserRows(users), new DotScore(new ItemTable(items, Optional.of(bias))));
      double[] loss =
          run(
              new SharedStep(
                  model,
                  TRAIN,
                  new MixedBatchProposal(TRAIN, 150, true, true),
                  List.of(),
                  new SampledSoftmax(),
                  rule,
                  BATCH,
                  1,
                  0.01,
                  workers,
                  4));

      FeatureTower userTower = ownRows("user", users());
      FeatureTower itemTower = ownRows("item", items());
      Table otherBias = bias();
      Table made = new Table("items", TRAIN.itemCount(), DIM);
      double[] other =
          run(
              step(
                  new TowerUsers(
                      userTower,
                      own(TRAIN.userCount()),
                      new Table("users", TRAIN.userCount(), DIM),
                      rule,
                      BATCH,
                      workers),
                  new TowerItems(
                      itemTower,
                      own(TRAIN.itemCount()),
                      new ItemTable(made, Optional.of(otherBias)),
                      rule,
                      workers),
                  workers,
                  4));

      assertThat(other).isEqualTo(loss);
      assertThat(userTower.vectors().values()).isEqualTo(users.values());
      assertThat(itemTower.vectors().values()).isEqualTo(items.values());
      assertThat(otherBias.values()).isEqualTo(bias.values());
    }
  }

  private static FeatureTower ownRows(String side, Table rows) {
    FeatureTowerShape shape = new FeatureTowerShape(side, DIM, List.of(), false, 1);
    Table table = new Table(shape.vectors(), rows.rows(), DIM, rows.values());
    return new FeatureTower(shape, rows.rows(), Map.of(table.name(), table));
  }

  private static FeatureLists own(int things) {
    boolean[] all = new boolean[things];
    java.util.Arrays.fill(all, true);
    return FeatureLists.empty(things).withOwnRows(0, all);
  }

  /** The parts of a batch are cut by its size, whoever works on them. */
  @ParameterizedTest
  @ValueSource(ints = {2, 3, 5})
  void threadsAndShardsChangeNoBit(int threads) {
    assertThat(trained(threads, threads + 1)).isDeepEqualTo(trained(1, 1));
  }

  private static float[][] trained(int threads, int groups) {
    try (Workers workers = new Workers(threads)) {
      Optimizer rule = OptimizerName.ADAM_PYTORCH.optimizer(BATCH, 0.02, 0.1);
      FeatureTower users = layered("user", TRAIN.userCount());
      FeatureTower items = layered("item", TRAIN.itemCount());
      SharedStep step =
          step(
              new TowerUsers(
                  users,
                  lists(TRAIN.userCount()),
                  new Table("users", TRAIN.userCount(), DIM),
                  rule,
                  BATCH,
                  workers),
              new TowerItems(
                  items,
                  lists(TRAIN.itemCount()),
                  new ItemTable(new Table("items", TRAIN.itemCount(), DIM), Optional.empty()),
                  rule,
                  workers),
              workers,
              groups);
      run(step);
      return step.updates().stream().map(u -> u.table().values()).toArray(float[][]::new);
    }
  }

  private static FeatureTower layered(String side, int things) {
    FeatureTowerShape shape = new FeatureTowerShape(side, DIM, List.of(9, 5), true, 4);
    Map<String, Table> tables = new TreeMap<>();
    for (TableShape layer : shape.layers()) {
      tables.put(layer.name(), Initial.normal(layer.zeros(), 2, 0.5));
    }
    Table vectors = shape.vectors(5 + things).zeros();
    tables.put(vectors.name(), Initial.normal(vectors, 2, 0.5));
    return new FeatureTower(shape, vectors.rows(), tables);
  }

  /** Two features each, and a row of its own for every other thing. */
  private static FeatureLists lists(int things) {
    int[] start = new int[things + 1];
    int[] row = new int[2 * things];
    float[] weight = new float[2 * things];
    boolean[] own = new boolean[things];
    for (int i = 0; i < things; i++) {
      start[i + 1] = 2 * i + 2;
      row[2 * i] = i % 3;
      row[2 * i + 1] = 3 + i % 2;
      weight[2 * i] = 1;
      weight[2 * i + 1] = 0.1f * (i % 7);
      own[i] = i % 2 == 0;
    }
    return new FeatureLists(start, row, weight).withOwnRows(5, own);
  }
}
