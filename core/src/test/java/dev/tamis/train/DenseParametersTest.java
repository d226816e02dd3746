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
import dev.tamis.model.TableShape;
import dev.tamis.model.score.BiasedScore;
import dev.tamis.model.score.DotScore;
import dev.tamis.model.score.NeuralLayers;
import dev.tamis.model.score.NeuralScore;
import dev.tamis.model.score.NeuralShape;
import dev.tamis.model.score.ScoreFunction;
import dev.tamis.model.tower.UserRows;
import dev.tamis.model.tower.UserTower;
import dev.tamis.model.tower.WeightedUserRows;
import dev.tamis.objective.BinaryCrossEntropy;
import dev.tamis.objective.SampledCrossEntropy;
import dev.tamis.optim.Optimizer;
import dev.tamis.optim.OptimizerName;
import dev.tamis.optim.Sgd;
import dev.tamis.sample.Popularity;
import dev.tamis.sample.PositiveSets;
import dev.tamis.sample.SmallData;
import dev.tamis.sample.proposal.SharedProposal;
import dev.tamis.sample.proposal.UniformProposal;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Steps of models with parameters that every pair uses. */
class DenseParametersTest {
  private static final int WIDTH = 6;
  private static final int NEGATIVES = 4;
  private static final int BATCH = 64;
  private static final int SHARDS = 5;
  private static final Interactions TRAIN = SmallData.longTailed(50, 60, 12, 1);

  /** The tables of a model, each with first values of its own. */
  private static final class Tables {
    final TreeMap<String, Table> byName = new TreeMap<>();

    Table get(String name, int rows, int width) {
      return get(new TableShape(name, rows, width));
    }

    Table get(TableShape shape) {
      return byName.computeIfAbsent(shape.name(), n -> Initial.normal(shape.zeros(), 3, 0.5));
    }

    float[][] values() {
      return byName.values().stream().map(Table::values).toArray(float[][]::new);
    }
  }

  private static PairModel weighted(Tables t) {
    Table users = t.get("users", TRAIN.userCount(), WIDTH);
    return model(new WeightedUserRows(users, t.get("weights", 1, WIDTH)), t);
  }

  private static PairModel model(UserTower tower, Tables t) {
    Table items = t.get("items", TRAIN.itemCount(), WIDTH);
    return new PairModel(tower, new DotScore(new ItemTable(items, Optional.empty())));
  }

  private static PairModel neural(Tables t) {
    NeuralShape shape = new NeuralShape(2, WIDTH - 2, List.of(5, 3));
    shape.tables().forEach(t::get);
    ScoreFunction score =
        new NeuralScore(
            new ItemTable(t.get("items", TRAIN.itemCount(), WIDTH), Optional.empty()),
            new NeuralLayers(shape, t.byName));
    return new PairModel(
        new UserRows(t.get("users", TRAIN.userCount(), WIDTH)),
        new BiasedScore(score, t.get("score-bias", 1, 1)));
  }

  private static Step step(boolean shared, PairModel model, Optimizer optimizer, Workers workers) {
    StepParts parts =
        new StepParts(
            shared
                ? new SharedProposal(Popularity.LOG.weights(TRAIN.itemCounts()), false)
                : new UniformProposal(new PositiveSets(TRAIN)),
            List.of(),
            shared ? new SampledCrossEntropy() : new BinaryCrossEntropy(),
            Reduction.MEAN,
            optimizer,
            BATCH,
            NEGATIVES,
            0,
            SHARDS);
    return parts.step(model, TRAIN, workers);
  }

  private static void run(Step step, int steps, double rate) {
    PairBatches batches = new PairBatches(TRAIN, BATCH);
    Batch batch = batches.newBatch();
    batches.shuffle(5, 0);
    for (int s = 0; s < steps; s++) {
      batches.fill(batch, s % batches.batchesPerEpoch());
      step.run(batch, rate, new Pass(5, 0, s));
    }
    step.updates().forEach(update -> update.updater().settleAll());
  }

  /**
   * With weights of 1 queries are the users' rows, so users and items move as without weights. And
   * {@code dLoss/dw = sum over users of p_u o dLoss/dp_u}.
   */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void weightsOfUsersMoveByWhatTheUsersDo(boolean shared) {
    Tables with = new Tables();
    Tables without = new Tables();
    PairModel weighted = weighted(with);
    java.util.Arrays.fill(with.byName.get("weights").values(), 1);
    PairModel plain = model(new UserRows(without.get("users", TRAIN.userCount(), WIDTH)), without);
    float[] before = without.byName.get("users").values().clone();
    try (Workers workers = new Workers(2)) {
      run(step(shared, weighted, new Sgd(0), workers), 1, 0.5);
      run(step(shared, plain, new Sgd(0), workers), 1, 0.5);
    }
    float[] after = without.byName.get("users").values();
    assertThat(with.byName.get("users").values()).isEqualTo(after);
    assertThat(with.byName.get("items").values()).isEqualTo(without.byName.get("items").values());
    for (int k = 0; k < WIDTH; k++) {
      double moved = 1;
      for (int u = 0; u < TRAIN.userCount(); u++) {
        moved += (double) before[u * WIDTH + k] * (after[u * WIDTH + k] - before[u * WIDTH + k]);
      }
      float weight = with.byName.get("weights").values()[k];
      assertThat((double) weight).isCloseTo(moved, within(1e-6)).isNotCloseTo(1, within(1e-5));
    }
  }

  /** A bias of all scores moves by the sum of their derivatives, which the reported loss shows. */
  @ParameterizedTest
  @EnumSource(
      value = OptimizerName.class,
      names = {"SGD", "ADAM"})
  void lossFallsWhenAllParametersMove(OptimizerName name) {
    Tables t = new Tables();
    double[] loss = new double[2];
    try (Workers workers = new Workers(1)) {
      Step step = step(false, neural(t), name.optimizer(), workers);
      PairBatches batches = new PairBatches(TRAIN, BATCH);
      Batch batch = batches.newBatch();
      batches.shuffle(5, 0);
      batches.fill(batch, 0);
      for (int s = 0; s < 2; s++) {
        loss[s] = step.run(batch, 1e-3, new Pass(5, 0, 0));
      }
    }
    assertThat(loss[1]).isLessThan(loss[0]);
  }

  @ParameterizedTest
  @CsvSource({
    "gmf, false, ADAM_LAZY",
    "gmf, true, ADAM_LAZY",
    "neumf, false, ADAM_LAZY",
    "neumf, false, ADAM_SPARSE",
    "neumf, false, SGD"
  })
  void bitsDoNotDependOnThreads(String model, boolean shared, OptimizerName name) {
    float[][] one = trained(model, shared, name, 1);
    for (int threads : new int[] {2, 3, 5}) {
      assertThat(trained(model, shared, name, threads)).isDeepEqualTo(one);
    }
  }

  private static float[][] trained(String model, boolean shared, OptimizerName name, int threads) {
    Tables t = new Tables();
    PairModel pairs = model.equals("gmf") ? weighted(t) : neural(t);
    try (Workers workers = new Workers(threads)) {
      run(step(shared, pairs, name.optimizer(), workers), 40, 0.02);
    }
    return t.values();
  }
}
