package dev.tamis.method;

import dev.tamis.artifact.TrainedModel;
import dev.tamis.config.Option;
import dev.tamis.config.Settings;
import dev.tamis.data.Interactions;
import dev.tamis.kernels.Workers;
import dev.tamis.model.FactorModel;
import dev.tamis.model.Initial;
import dev.tamis.model.ItemTable;
import dev.tamis.model.Table;
import dev.tamis.model.score.DotScore;
import dev.tamis.model.tower.UserRows;
import dev.tamis.optim.LearningRate;
import dev.tamis.optim.OptimizerName;
import dev.tamis.sample.Popularity;
import dev.tamis.sample.PositiveSets;
import dev.tamis.sample.Proposal;
import dev.tamis.sample.proposal.PopularityProposal;
import dev.tamis.sample.proposal.UniformProposal;
import dev.tamis.train.BatchTrainee;
import dev.tamis.train.MemoryPlan;
import dev.tamis.train.PairBatches;
import dev.tamis.train.PairStep;
import dev.tamis.train.Run;
import dev.tamis.train.TrainingLoop;
import java.util.List;
import java.util.Optional;

/**
 * Bayesian personalised ranking on matrix factorisation: a user should score an item it has above
 * items it has not.
 *
 * <p>Rendle, Freudenthaler, Gantner, Schmidt-Thieme: BPR, UAI 2009. Defaults are those with which
 * PRIS (Lian, Liu, Chen 2020, section 5.1 and its code) ran it as a baseline: five negatives of
 * equal weight, mini-batches of 128, Adam at 0.001 in TensorFlow's form, L2 of 1/128 an occurrence
 * averaged over the batch, Glorot normal start, 60 epochs. The original has one negative and plain
 * SGD: {@code negatives=1 optimizer=sgd batch-size=1}.
 */
public final class Bpr implements Method<Bpr.Options> {
  /** How negatives are drawn. */
  public enum Sampler {
    UNIFORM,
    POPULARITY
  }

  public static final Option<Integer> NEGATIVES =
      Option.whole("negatives", 5, 1, 10_000, "negatives drawn for each positive");
  public static final Option<Sampler> SAMPLER =
      Option.choice("sampler", Sampler.UNIFORM, "how negatives are drawn");
  public static final Option<Popularity> POPULARITY =
      Option.choice(
          "popularity",
          Popularity.LOG,
          "what sampler popularity draws by: count, ln(1 + count), or count^0.75");
  public static final Option<Double> L2 =
      Option.real(
              "l2",
              1.0 / 128,
              0,
              1e6,
              "weight of the squared length of each vector in a batch, once for each time it stands"
                  + " there")
          .orKnownAs("regularization", "reg_weight", "weight_decay", "regParam");
  public static final Option<Boolean> ITEM_BIAS =
      Option.flag("item-bias", false, "whether an item has a bias");

  /** What the model is and how it is trained; each component is the option of that name. */
  public record Options(
      int dim,
      int negatives,
      Sampler sampler,
      Popularity popularity,
      int epochs,
      int batchSize,
      double learningRate,
      double rateDecay,
      int rateDecayEpochs,
      OptimizerName optimizer,
      double l2,
      boolean itemBias) {
    Settings settings() {
      return Settings.none()
          .with(CommonOptions.DIM, dim)
          .with(NEGATIVES, negatives)
          .with(SAMPLER, sampler)
          .with(POPULARITY, popularity)
          .with(CommonOptions.EPOCHS, epochs)
          .with(CommonOptions.BATCH_SIZE, batchSize)
          .with(CommonOptions.LEARNING_RATE, learningRate)
          .with(CommonOptions.RATE_DECAY, rateDecay)
          .with(CommonOptions.RATE_DECAY_EPOCHS, rateDecayEpochs)
          .with(CommonOptions.OPTIMIZER, optimizer)
          .with(L2, l2)
          .with(ITEM_BIAS, itemBias);
    }
  }

  @Override
  public String name() {
    return "bpr";
  }

  @Override
  public String summary() {
    return "Matrix factorisation that ranks a user's items above others, pair by pair.";
  }

  @Override
  public String citation() {
    return "Rendle, Freudenthaler, Gantner, Schmidt-Thieme: BPR: Bayesian Personalized Ranking from"
        + " Implicit Feedback. UAI 2009";
  }

  @Override
  public boolean ranksUnseenUsers() {
    return false;
  }

  @Override
  public List<Option<?>> options() {
    return List.of(
        CommonOptions.DIM,
        NEGATIVES,
        SAMPLER,
        POPULARITY,
        CommonOptions.EPOCHS,
        CommonOptions.BATCH_SIZE,
        CommonOptions.LEARNING_RATE,
        CommonOptions.RATE_DECAY,
        CommonOptions.RATE_DECAY_EPOCHS,
        CommonOptions.OPTIMIZER,
        L2,
        ITEM_BIAS);
  }

  @Override
  public Options read(Settings given) {
    return new Options(
        given.get(CommonOptions.DIM),
        given.get(NEGATIVES),
        given.get(SAMPLER),
        given.get(POPULARITY),
        given.get(CommonOptions.EPOCHS),
        given.get(CommonOptions.BATCH_SIZE),
        given.get(CommonOptions.LEARNING_RATE),
        given.get(CommonOptions.RATE_DECAY),
        given.get(CommonOptions.RATE_DECAY_EPOCHS),
        given.get(CommonOptions.OPTIMIZER),
        given.get(L2),
        given.get(ITEM_BIAS));
  }

  @Override
  public MemoryPlan plan(Interactions train, Options o, Run run) {
    long parameters =
        (long) (train.userCount() + train.itemCount()) * o.dim()
            + (o.itemBias() ? train.itemCount() : 0);
    long cells = (long) o.batchSize() * o.negatives();
    int copies =
        1 + o.optimizer().optimizer().stateOfParameter() + (run.validation().isPresent() ? 1 : 0);
    return new MemoryPlan()
        .add("parameters, optimizer state, best model", 4 * parameters * copies)
        .add("entries by row", 24L * run.threads() * (cells + 2L * o.batchSize()))
        .add("shuffled pairs", 8L * train.size())
        .add("signatures of positives", PositiveSets.bytes(train))
        .add("a batch", 8L * o.batchSize() * o.dim() + 36 * cells);
  }

  @Override
  public TrainedModel fit(Interactions train, Options o, Run run) {
    Table users = Initial.glorotNormal(new Table("users", train.userCount(), o.dim()), run.seed());
    Table vectors =
        Initial.glorotNormal(new Table("items", train.itemCount(), o.dim()), run.seed());
    Optional<Table> bias =
        o.itemBias() ? Optional.of(new Table("item-bias", train.itemCount(), 1)) : Optional.empty();
    FactorModel model = new FactorModel(users, vectors, bias);
    var options = o.settings().complete(options());
    try (Workers workers = new Workers(run.threads())) {
      PairBatches batches = new PairBatches(train, o.batchSize());
      PairStep step =
          new PairStep(
              new UserRows(users),
              new DotScore(new ItemTable(vectors, bias)),
              proposal(train, o),
              new dev.tamis.objective.Bpr(),
              o.optimizer().optimizer(),
              o.batchSize(),
              o.negatives(),
              o.l2(),
              workers,
              run.shards());
      TrainingLoop loop =
          new TrainingLoop(
              name(),
              Identity.of(name(), options, train, run),
              o.epochs(),
              new LearningRate(o.learningRate(), o.rateDecay(), o.rateDecayEpochs()),
              run,
              Validators.of(run, train, workers));
      TrainingLoop.Outcome outcome = loop.run(new BatchTrainee(batches, step, model));
      return new TrainedModel(
          name(), options, run.seed(), outcome.epochs(), train, train.fingerprint(), null, model);
    }
  }

  private static Proposal proposal(Interactions train, Options o) {
    PositiveSets positives = new PositiveSets(train);
    return switch (o.sampler()) {
      case UNIFORM -> new UniformProposal(train, positives);
      case POPULARITY -> new PopularityProposal(train, positives, o.popularity());
    };
  }
}
