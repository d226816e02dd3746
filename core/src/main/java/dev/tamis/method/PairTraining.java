package dev.tamis.method;

import dev.tamis.artifact.TrainedModel;
import dev.tamis.config.TamisException;
import dev.tamis.data.Interactions;
import dev.tamis.kernels.Workers;
import dev.tamis.model.Candidates;
import dev.tamis.model.PairModel;
import dev.tamis.optim.Optimizer;
import dev.tamis.optim.UnitBall;
import dev.tamis.sample.PositiveSets;
import dev.tamis.train.BatchTrainee;
import dev.tamis.train.MemoryPlan;
import dev.tamis.train.PairBatches;
import dev.tamis.train.Run;
import dev.tamis.train.SharedStep;
import dev.tamis.train.Step;
import dev.tamis.train.StepParts;
import dev.tamis.train.TrainingLoop;
import java.util.SortedMap;

/**
 * How pair models are trained, whatever their score, sampler and loss: a row for each positive.
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
    rule(pair, parts); // refuses an optimizer that cannot do what is asked of it
    if (parts.objective().needsLogQ() && !parts.proposal().exactLogQ()) {
      throw TamisException.config(
          "method '"
              + method
              + "' corrects each score by the log-probability of its draw, which this sampler does"
              + " not know; use sampler uniform or popularity");
    }
    boolean innerProduct = pair.shape().score().isInnerProduct();
    String score = "score " + PairShape.SCORE.format(pair.shape().score());
    if (parts.proposal().needsInnerProducts() && !innerProduct) {
      throw TamisException.config(
          "the sampler chosen for method '"
              + method
              + "' draws by inner products, but "
              + score
              + " is none; choose another sampler, such as uniform, or score dot or gmf");
    }
    if (parts.proposal().layout() == Candidates.Layout.SHARED && !innerProduct) {
      boolean always = parts.proposal().ofBatch(1) > 0;
      throw TamisException.config(
          "negatives that rows share are scored by inner products, but "
              + score
              + " is none; "
              + (always ? "" : "draw negatives for each row, or ")
              + "choose score dot or gmf");
    }
  }

  TrainedModel fit(Interactions train, Run run) {
    TrainablePair start = start(train, run);
    return trained(train, run, start, train(train, run, start));
  }

  /** A model with its first values. */
  TrainablePair start(Interactions train, Run run) {
    return TrainablePair.start(
        pair.shape(),
        parts.start(),
        train.userCount(),
        train.itemCount(),
        parts.objective().setsLevel(),
        run.seed());
  }

  /** Trains a model; returns after how many epochs its tables are as they are. */
  int train(Interactions train, Run run, TrainablePair model) {
    try (Workers workers = new Workers(run.threads())) {
      Step step = step(model.model(), train, workers, run.shards());
      TrainingLoop loop =
          new TrainingLoop(
              method,
              Identity.of(method, options, train, run),
              pair.epochs(),
              pair.rate(),
              run,
              Validators.of(run, train, workers));
      PairBatches batches = new PairBatches(train, pair.batchSize());
      return loop.run(new BatchTrainee(batches, step, model::servable)).epochs();
    }
  }

  /** What came of it. */
  TrainedModel trained(Interactions train, Run run, TrainablePair model, int epochs) {
    return TrainedModel.of(method, options, run.seed(), epochs, train, model.servable());
  }

  private Step step(PairModel model, Interactions train, Workers workers, int shards) {
    return stepParts(rule(pair, parts), shards).step(model, train, workers);
  }

  /** What its steps are made of, whatever makes queries and items. */
  StepParts stepParts(Optimizer rule, int shards) {
    return new StepParts(
        parts.proposal(),
        parts.refiners(),
        parts.objective(),
        parts.reduction(),
        rule,
        pair.batchSize(),
        pair.negatives(),
        pair.l2(),
        shards);
  }

  private static Optimizer rule(PairOptions pair, PairMethod.Parts parts) {
    Optimizer rule = pair.rule(parts.reduction());
    return parts.unitBall() ? new UnitBall(rule) : rule;
  }

  /**
   * What training holds, the sampler's own tables left out.
   *
   * @param shared whether rows of a group share candidates
   * @param together how many candidates all rows of a batch share, or 0
   */
  static MemoryPlan plan(
      Interactions train, PairOptions pair, boolean shared, int together, Run run) {
    PairShape shape = pair.shape();
    long parameters = TrainablePair.parameters(shape, train.userCount(), train.itemCount(), false);
    long width = shape.rowWidth();
    long cells = (long) pair.batchSize() * pair.negatives();
    long ofBatch =
        shared || together > 0
            ? SharedStep.bytes(
                pair.batchSize(),
                together > 0,
                together > 0 ? together : pair.negatives(),
                shape.rowWidth(),
                train.itemCount(),
                run.threads(),
                run.shards())
            : queriesAndCandidates(pair.batchSize(), width, cells, run.threads());
    int copies = MemoryPlan.copies(pair.optimizer().optimizer(), run);
    MemoryPlan plan =
        new MemoryPlan()
            .add("parameters, optimizer state, best model", 4 * parameters * copies)
            .add(
                "entries by row", // of users, and of positives
                2 * MemoryPlan.GROUPED_ENTRY * run.threads() * pair.batchSize())
            .add("shuffled pairs", 8L * train.size())
            .add("signatures of positives", PositiveSets.bytes(train))
            .add("a batch", ofBatch);
    if (shape.score().hasLayers()) {
      plan.add("gradients of items in a batch", 4 * (cells + pair.batchSize()) * width)
          .add("gradients of layers", 4 * shape.network().parameters() * run.shards());
    }
    return plan;
  }

  /**
   * Bytes of the queries of a batch with their gradients, and of candidates that are a row's own
   * with theirs.
   *
   * @param cells candidates of all rows together
   */
  static long queriesAndCandidates(long rows, long width, long cells, int threads) {
    return 2 * Float.BYTES * rows * width
        + (MemoryPlan.CANDIDATE + MemoryPlan.ENTRY) * cells
        + MemoryPlan.GROUPED_ENTRY * threads * cells;
  }
}
