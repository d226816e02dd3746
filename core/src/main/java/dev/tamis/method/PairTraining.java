package dev.tamis.method;

import dev.tamis.artifact.TrainedModel;
import dev.tamis.config.TamisException;
import dev.tamis.data.Interactions;
import dev.tamis.kernels.Workers;
import dev.tamis.model.Candidates;
import dev.tamis.model.FactorModel;
import dev.tamis.model.Initial;
import dev.tamis.model.ItemTable;
import dev.tamis.model.PairModel;
import dev.tamis.model.Table;
import dev.tamis.model.score.DotScore;
import dev.tamis.model.tower.UserRows;
import dev.tamis.optim.Optimizer;
import dev.tamis.sample.PositiveSets;
import dev.tamis.train.BatchTrainee;
import dev.tamis.train.MemoryPlan;
import dev.tamis.train.PairBatches;
import dev.tamis.train.PairStep;
import dev.tamis.train.Run;
import dev.tamis.train.SharedStep;
import dev.tamis.train.Step;
import dev.tamis.train.TrainingLoop;
import java.util.Optional;
import java.util.SortedMap;

/**
 * How pair models are trained, whatever their sampler and loss: normal tables, a row for each
 * positive, dot scores.
 *
 * @param method the method's name
 * @param options the method's options as text
 * @param pair what every pair model has
 * @param parts sampler and loss
 */
record PairTraining(
    String method, SortedMap<String, String> options, PairOptions pair, PairMethod.Parts parts) {
  /**
   * @throws TamisException of kind CONFIG if the parts do not go together
   */
  PairTraining {
    pair.rule(); // refuses weight decay where it cannot be
    if (parts.objective().needsLogQ() && !parts.proposal().exactLogQ()) {
      throw TamisException.config(
          "method '"
              + method
              + "' corrects each score by the log-probability of its draw, which this sampler does"
              + " not know; use sampler uniform or popularity");
    }
  }

  TrainedModel fit(Interactions train, Run run) {
    Table users = initial(new Table("users", train.userCount(), pair.dim()), run.seed());
    Table vectors = initial(new Table("items", train.itemCount(), pair.dim()), run.seed());
    Optional<Table> bias =
        pair.itemBias()
            ? Optional.of(new Table("item-bias", train.itemCount(), 1))
            : Optional.empty();
    FactorModel model = new FactorModel(users, vectors, bias);
    try (Workers workers = new Workers(run.threads())) {
      PairModel pairs =
          new PairModel(new UserRows(users), new DotScore(new ItemTable(vectors, bias)));
      Step step = step(pairs, train, workers, run.shards());
      TrainingLoop loop =
          new TrainingLoop(
              method,
              Identity.of(method, options, train, run),
              pair.epochs(),
              pair.rate(),
              run,
              Validators.of(run, train, workers));
      PairBatches batches = new PairBatches(train, pair.batchSize());
      TrainingLoop.Outcome outcome = loop.run(new BatchTrainee(batches, step, model));
      return new TrainedModel(
          method, options, run.seed(), outcome.epochs(), train, train.fingerprint(), null, model);
    }
  }

  private Step step(PairModel model, Interactions train, Workers workers, int shards) {
    Optimizer optimizer = pair.rule();
    if (parts.proposal().layout() == Candidates.Layout.SHARED) {
      return new SharedStep(
          model,
          train,
          parts.proposal(),
          parts.refiners(),
          parts.objective(),
          optimizer,
          pair.batchSize(),
          pair.negatives(),
          pair.l2(),
          workers,
          shards);
    }
    return new PairStep(
        model,
        parts.proposal(),
        parts.refiners(),
        parts.objective(),
        optimizer,
        pair.batchSize(),
        pair.negatives(),
        pair.l2(),
        workers,
        shards);
  }

  private Table initial(Table table, long seed) {
    return pair.initDeviation() > 0
        ? Initial.normal(table, seed, pair.initDeviation())
        : Initial.glorotNormal(table, seed);
  }

  /** What training holds, the sampler's own tables left out. */
  static MemoryPlan plan(Interactions train, PairOptions pair, boolean shared, Run run) {
    long parameters =
        (long) (train.userCount() + train.itemCount()) * pair.dim()
            + (pair.itemBias() ? train.itemCount() : 0);
    long cells = (long) pair.batchSize() * pair.negatives();
    long listed = shared ? (long) run.shards() * pair.negatives() : cells;
    long ofBatch =
        shared
            ? 4
                    * pair.dim()
                    * (2L * pair.batchSize() + listed + (long) run.threads() * pair.negatives())
                + 4L * run.threads() * train.itemCount()
                + 12 * cells
            : 8L * pair.batchSize() * pair.dim() + 36 * cells;
    int copies =
        1
            + pair.optimizer().optimizer().stateOfParameter()
            + (run.validation().isPresent() ? 1 : 0);
    return new MemoryPlan()
        .add("parameters, optimizer state, best model", 4 * parameters * copies)
        .add("entries by row", 24L * run.threads() * (listed + 2L * pair.batchSize()))
        .add("shuffled pairs", 8L * train.size())
        .add("signatures of positives", PositiveSets.bytes(train))
        .add("a batch", ofBatch);
  }
}
