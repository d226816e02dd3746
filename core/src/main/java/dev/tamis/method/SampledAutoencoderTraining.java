package dev.tamis.method;

import dev.tamis.artifact.TrainedModel;
import dev.tamis.data.Interactions;
import dev.tamis.kernels.Workers;
import dev.tamis.model.EncoderModel;
import dev.tamis.model.Initial;
import dev.tamis.model.ItemTable;
import dev.tamis.model.Table;
import dev.tamis.model.score.DotScore;
import dev.tamis.model.tower.HistoryTower;
import dev.tamis.model.tower.TowerShape;
import dev.tamis.objective.Objective;
import dev.tamis.objective.SampledCrossEntropy;
import dev.tamis.optim.Optimizer;
import dev.tamis.sample.PositiveSets;
import dev.tamis.sample.Proposal;
import dev.tamis.train.BatchTrainee;
import dev.tamis.train.HistorySide;
import dev.tamis.train.KlWeight;
import dev.tamis.train.MemoryPlan;
import dev.tamis.train.QuerySide;
import dev.tamis.train.Reduction;
import dev.tamis.train.Run;
import dev.tamis.train.SharedStep;
import dev.tamis.train.Step;
import dev.tamis.train.StepParts;
import dev.tamis.train.TrainingLoop;
import dev.tamis.train.UserBatches;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Collectors;

/**
 * How autoencoders of histories are trained by a softmax over drawn items: a row a user, of the
 * tables of items only the rows that stand in a batch.
 *
 * @param method the method's name
 * @param texts the method's options as text
 * @param options what every such autoencoder has
 * @param kl the weight of the divergence
 * @param proposal draws the items of a row, or of a group of rows
 */
record SampledAutoencoderTraining(
    String method,
    SortedMap<String, String> texts,
    SampledAutoencoderOptions options,
    KlWeight kl,
    Proposal proposal) {

  SampledAutoencoderTraining {
    options.rule(); // refuses an optimizer that cannot do what is asked of it
  }

  Fitted fit(Interactions train, Run run) {
    TowerShape shape = options.shape(train.itemCount());
    Map<String, Table> tables =
        HistoryTower.emptyTables(shape).stream()
            .collect(Collectors.toMap(Table::name, table -> table));
    HistoryTower tower = new HistoryTower(shape, tables);
    for (int t = 0; t < tower.tables().size(); t += 2) { // biases stay 0
      start(tower.tables().get(t), t == 0 ? options.initDeviation() : 0, run.seed());
    }
    Table items = new Table(EncoderModel.ITEMS, shape.items(), shape.queryWidth());
    start(items, options.initDeviation(), run.seed());
    Table bias = new Table(EncoderModel.ITEM_BIAS, shape.items(), 1);
    EncoderModel model = new EncoderModel(tower, items, bias);
    DotScore score =
        new DotScore(new ItemTable(items, Optional.of(bias).filter(b -> options.itemBias())));
    try (Workers workers = new Workers(run.threads())) {
      Step step = step(tower, score, train, workers, run.shards());
      TrainingLoop loop =
          new TrainingLoop(
              method,
              Identity.of(method, texts, train, run),
              options.epochs(),
              options.rate(),
              run,
              Validators.of(run, train, workers));
      UserBatches batches = new UserBatches(train, options.batchSize(), options.hiddenShare());
      int epochs = loop.run(new BatchTrainee(batches, step, () -> model)).epochs();
      TrainedModel trained = TrainedModel.of(method, texts, run.seed(), epochs, train, model);
      return new Fitted(trained, epochs * batches.batchesPerEpoch());
    }
  }

  private static void start(Table table, double deviation, long seed) {
    if (deviation > 0) {
      Initial.normal(table, seed, deviation);
    } else {
      Initial.glorotUniform(table, seed);
    }
  }

  private Step step(
      HistoryTower tower, DotScore score, Interactions train, Workers workers, int shards) {
    Optimizer rule = options.rule();
    QuerySide queries =
        new HistorySide(
            tower, options.dropouts(), kl, rule, rule, rule, options.batchSize(), workers);
    Objective softmax =
        proposal.exactLogQ() ? new SampledCrossEntropy() : SampledCrossEntropy.uncorrected();
    StepParts parts =
        new StepParts(
            proposal,
            List.of(),
            softmax,
            Reduction.MEAN,
            rule,
            options.batchSize(),
            options.negatives(),
            options.l2(),
            shards);
    return parts.step(queries, score, train, workers);
  }

  /** What training holds, the sampler's own tables left out; nothing grows as batch x items. */
  static MemoryPlan plan(
      Interactions train, SampledAutoencoderOptions o, HistorySampling sampling, Run run) {
    TowerShape shape = o.shape(train.itemCount());
    long batch = o.batchSize();
    long width = shape.queryWidth();
    long positives = AutoencoderTraining.positives(train, o.batchSize());
    long cells = batch * o.negatives();
    boolean shared = sampling.sharedNegatives();
    long ofBatch =
        shared
            ? SharedStep.bytes(
                o.batchSize(),
                false,
                o.negatives(),
                shape.queryWidth(),
                shape.items(),
                run.threads(),
                run.shards())
            : PairTraining.queriesAndCandidates(batch, width, cells, run.threads());
    long parameters = shape.parameters() + (long) shape.items() * (width + 1);
    int copies = MemoryPlan.copies(o.optimizer().optimizer(), run);
    // In the gradients of the first layer and of the items.
    long groupedTwice = 2 * MemoryPlan.GROUPED_ENTRY * run.threads();
    return new MemoryPlan()
        .add("parameters, optimizer state, best model", 4 * parameters * copies)
        .add("activations and gradients of a batch", 8 * batch * shape.outputs())
        .add("positives of a batch", (MemoryPlan.POSITIVE + groupedTwice) * positives)
        .add("drawn items, queries and gradients", ofBatch)
        .add(
            "signatures of positives",
            sampling.removeAccidentalHits() ? PositiveSets.bytes(train) : 0)
        .add("order of users", 8L * train.userCount());
  }
}
