package dev.tamis.method;

import dev.tamis.artifact.TrainedModel;
import dev.tamis.data.Interactions;
import dev.tamis.kernels.Workers;
import dev.tamis.model.EncoderModel;
import dev.tamis.model.Initial;
import dev.tamis.model.Table;
import dev.tamis.model.tower.HistoryTower;
import dev.tamis.model.tower.TowerShape;
import dev.tamis.objective.Objective;
import dev.tamis.train.BatchTrainee;
import dev.tamis.train.KlWeight;
import dev.tamis.train.MatrixStep;
import dev.tamis.train.MemoryPlan;
import dev.tamis.train.Run;
import dev.tamis.train.TrainingLoop;
import dev.tamis.train.UserBatches;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * How the autoencoders of Mult-VAE's paper are trained, whatever their likelihood: Glorot uniform
 * weights, biases cut normal with deviation 0.001, Adam.
 *
 * @param method the method's name
 * @param options the method's options as text
 * @param net layers and training
 * @param shape the tower
 * @param objective the likelihood
 * @param kl the weight of the divergence
 * @param samples codes drawn for each history
 * @param weightDecay lambda of the sum of squared weights
 */
record AutoencoderTraining(
    String method,
    SortedMap<String, String> options,
    AutoencoderOptions net,
    TowerShape shape,
    Objective objective,
    KlWeight kl,
    int samples,
    double weightDecay) {
  private static final double BIAS_DEVIATION = 0.001;

  Fitted fit(Interactions train, Run run) {
    MatrixStep.codes(net.batchSize(), samples, shape.items()); // before anything is filled
    List<Table> tables = HistoryTower.emptyTables(shape);
    for (int t = 0; t < tables.size(); t += 2) {
      Initial.glorotUniform(tables.get(t), run.seed());
      Initial.cutNormal(tables.get(t + 1), run.seed(), BIAS_DEVIATION);
    }
    Map<String, Table> byName = new HashMap<>();
    tables.forEach(table -> byName.put(table.name(), table));
    HistoryTower.emptyUserNodes(shape)
        .ifPresent(nodes -> byName.put(nodes.name(), Initial.glorotUniform(nodes, run.seed())));
    HistoryTower tower = new HistoryTower(shape, byName);
    Table items = new Table(EncoderModel.ITEMS, shape.items(), shape.queryWidth());
    Table bias = new Table(EncoderModel.ITEM_BIAS, shape.items(), 1);
    Initial.glorotUniform(items, run.seed());
    Initial.cutNormal(bias, run.seed(), BIAS_DEVIATION);
    EncoderModel model = new EncoderModel(tower, items, bias);
    try (Workers workers = new Workers(run.threads())) {
      UserBatches batches = new UserBatches(train, net.batchSize());
      MatrixStep step =
          new MatrixStep(
              tower,
              items,
              bias,
              objective,
              net.dropout(),
              kl,
              samples,
              weightDecay,
              net.batchSize(),
              workers);
      TrainingLoop loop =
          new TrainingLoop(
              method,
              Identity.of(method, options, train, run),
              net.epochs(),
              net.rate(),
              run,
              Validators.of(run, train, workers));
      TrainingLoop.Outcome outcome = loop.run(new BatchTrainee(batches, step, () -> model));
      TrainedModel trained =
          TrainedModel.of(method, options, run.seed(), outcome.epochs(), train, model);
      return new Fitted(trained, outcome.epochs() * batches.batchesPerEpoch());
    }
  }

  /** Packed operands: those of the scores, the tower, and the tiles of each thread. */
  private static long workSpace(TowerShape shape, int batchSize, int threads) {
    long mostOfOne = 1 << 20;
    long width = shape.queryWidth();
    long scores = Math.min(mostOfOne, Math.min(batchSize, width) * shape.items());
    long small = Math.min(mostOfOne, batchSize * width);
    long blocks = 1 << 16;
    return 4 * (scores + small + threads * (small + 3 * blocks));
  }

  /**
   * @param batchSize rows of a batch, one for each code of a user
   */
  static MemoryPlan plan(Interactions train, TowerShape shape, int batchSize, Run run) {
    long parameters = shape.parameters() + (long) shape.items() * (shape.queryWidth() + 1);
    int copies = 3 + (run.validation().isPresent() ? 1 : 0);
    return new MemoryPlan()
        .add("parameters, optimizer state, best model", 4 * parameters * copies)
        .add("scores of a batch", 4L * batchSize * shape.items())
        .add("activations and gradients of a batch", 8L * batchSize * shape.outputs())
        .add("work space of matrix products", workSpace(shape, batchSize, run.threads()))
        .add(
            "entries by row",
            MemoryPlan.GROUPED_ENTRY * run.threads() * positives(train, batchSize))
        .add("order of users", 8L * train.userCount());
  }

  /** The positives of a batch, at most. */
  static long positives(Interactions train, int batchSize) {
    int most = 0;
    for (int u = 0; u < train.userCount(); u++) {
      most = Math.max(most, train.degree(u));
    }
    return Math.min(train.size(), (long) most * batchSize);
  }
}
