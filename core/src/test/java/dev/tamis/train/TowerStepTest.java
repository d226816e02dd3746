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
import dev.tamis.objective.Objective;
import dev.tamis.objective.PairwiseLogistic;
import dev.tamis.objective.SampledCrossEntropy;
import dev.tamis.optim.Optimizer;
import dev.tamis.optim.OptimizerName;
import dev.tamis.sample.PositiveSets;
import dev.tamis.sample.Refiner;
import dev.tamis.sample.SmallData;
import dev.tamis.sample.proposal.MidxProposal;
import dev.tamis.sample.proposal.MixedBatchProposal;
import dev.tamis.sample.refine.TopScored;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Steps with towers on both sides. */
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
  private static double[] run(Step step) {
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

  enum Candidates {
    OF_THE_BATCH {
      @Override
      StepParts parts(Optimizer rule, int shards) {
        return new StepParts(
            new MixedBatchProposal(TRAIN, 150, true, true),
            List.of(),
            new SampledCrossEntropy(),
            Reduction.MEAN,
            rule,
            BATCH,
            1,
            0.01,
            shards);
      }
    },
    OF_EACH_ROW {
      @Override
      StepParts parts(Optimizer rule, int shards) {
        return each(List.of(), new SampledCrossEntropy(), rule, shards);
      }
    },
    THE_BEST_OF_EACH_ROW {
      @Override
      StepParts parts(Optimizer rule, int shards) {
        return each(List.of(new TopScored()), new PairwiseLogistic(), rule, shards);
      }
    };

    abstract StepParts parts(Optimizer rule, int shards);

    Step step(QuerySide users, ItemSide items, Optimizer rule, Workers workers, int shards) {
      return parts(rule, shards).step(users, items, new DotScore(items.table()), TRAIN, workers);
    }

    /** By an index over the items' vectors, which must be there when an epoch begins. */
    private static StepParts each(
        List<Refiner> refiners, Objective objective, Optimizer rule, int shards) {
      double[] even = new double[TRAIN.itemCount()];
      Arrays.fill(even, 1);
      return new StepParts(
          MidxProposal.weighed(new PositiveSets(TRAIN), even, 7, DIM),
          refiners,
          objective,
          Reduction.MEAN,
          rule,
          BATCH,
          5,
          0.01,
          shards);
    }
  }

  /** Where idle rows stay as they are, one that is drawn and left out is idle in a table alone. */
  static Stream<Arguments> rulesAndCandidates() {
    Set<OptimizerName> leaveIdle = Set.of(OptimizerName.ADAM_LAZY, OptimizerName.ADAM_SPARSE);
    return Stream.of(
            OptimizerName.SGD,
            OptimizerName.ADAGRAD,
            OptimizerName.ADAM,
            OptimizerName.ADAM_LAZY,
            OptimizerName.ADAM_SPARSE,
            OptimizerName.ADAM_PYTORCH)
        .flatMap(rule -> Stream.of(Candidates.values()).map(c -> Arguments.of(rule, c)))
        .filter(
            a -> a.get()[1] != Candidates.THE_BEST_OF_EACH_ROW || !leaveIdle.contains(a.get()[0]));
  }

  /** Rows of their own and no features: the tower is a table, to the bit. */
  @ParameterizedTest
  @MethodSource("rulesAndCandidates")
  void aTowerOverOwnRowsIsATable(OptimizerName name, Candidates candidates) {
    try (Workers workers = new Workers(2)) {
      Table users = users();
      Table items = items();
      Table bias = bias();
      Optimizer rule = name.optimizer(1, 0, 0.1);
      PairModel model =
          new PairModel(new UserRows(users), new DotScore(new ItemTable(items, Optional.of(bias))));
      double[] loss =
          run(
              candidates.step(
                  new UserSide(model, rule, BATCH, 4, workers),
                  new ItemRows(model.score().items(), rule, workers),
                  rule,
                  workers,
                  4));

      FeatureTower userTower = ownRows("user", users());
      FeatureTower itemTower = ownRows("item", items());
      Table otherBias = bias();
      Table made = new Table("items", TRAIN.itemCount(), DIM);
      double[] other =
          run(
              candidates.step(
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
                  rule,
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
    Arrays.fill(all, true);
    return FeatureLists.empty(things).withOwnRows(0, all);
  }

  /** The parts of a batch are cut by its size, whoever works on them. */
  @ParameterizedTest
  @CsvSource({"2, OF_THE_BATCH", "3, OF_THE_BATCH", "5, OF_THE_BATCH", "3, OF_EACH_ROW"})
  void threadsAndShardsChangeNoBit(int threads, Candidates candidates) {
    // Gradients of layers of a pair's score are summed by shards, but there are none here.
    assertThat(trained(candidates, threads, threads + 1)).isDeepEqualTo(trained(candidates, 1, 1));
  }

  private static float[][] trained(Candidates candidates, int threads, int groups) {
    try (Workers workers = new Workers(threads)) {
      Optimizer rule = OptimizerName.ADAM_PYTORCH.optimizer(BATCH, 0.02, 0.1);
      FeatureTower users = layered("user", TRAIN.userCount());
      FeatureTower items = layered("item", TRAIN.itemCount());
      Step step =
          candidates.step(
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
              rule,
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
