package dev.tamis.method;

import dev.tamis.config.Option;
import dev.tamis.config.Settings;
import dev.tamis.config.TamisException;
import dev.tamis.data.Interactions;
import dev.tamis.method.sampler.Sampler;
import dev.tamis.method.sampler.SamplerOffer;
import dev.tamis.method.sampler.Samplers;
import dev.tamis.method.sampler.Sampling;
import dev.tamis.objective.SampledCrossEntropy;
import dev.tamis.optim.OptimizerName;
import dev.tamis.sample.PositiveSets;
import dev.tamis.sample.Proposal;
import dev.tamis.train.MemoryPlan;
import dev.tamis.train.Run;
import java.util.List;

/**
 * Matrix factorisation by sampled softmax: a positive against many negatives at once, with scores
 * corrected by the log-probability of each draw.
 *
 * <p>Bengio, Senecal: Adaptive Importance Sampling to Accelerate Training of a Neural Probabilistic
 * Language Model, IEEE Transactions on Neural Networks 2008. In none of the papers on pair models
 * as such, but the loss that all of them point to. Negatives are drawn for each positive, or for a
 * group of rows together: then scores and gradients are matrix products, so that 256 cost less than
 * 50 of a row's own, and a user's positives are taken out. Every sampler is offered that knows the
 * log-probability of its draws, those that go by the query for negatives of a row's own. Where rows
 * share negatives, items and users may have features ({@link TowerOptions}). Defaults are our own.
 */
public final class SampledSoftmax implements TowerMethod<SampledSoftmax.Options> {
  private static final SamplerOffer SAMPLERS =
      SamplerOffer.of(
          sampler -> sampler.law() == Sampler.Law.EXACT,
          Samplers.POPULARITY,
          "how negatives are drawn");
  public static final Option<Boolean> SHARED_NEGATIVES =
      Option.flag(
          "shared-negatives",
          true,
          "whether negatives are drawn for a group of rows together, not for each positive");
  private static final List<Option<?>> OPTIONS =
      TowerOptions.after(
          PairOptions.list(
              List.of(
                  CommonOptions.DIM.withDefault(128),
                  PairOptions.NEGATIVES.withDefault(256),
                  CommonOptions.EPOCHS.withDefault(30),
                  CommonOptions.BATCH_SIZE.withDefault(4096),
                  CommonOptions.LEARNING_RATE.withDefault(0.01),
                  CommonOptions.OPTIMIZER.withDefault(OptimizerName.ADAM_SPARSE),
                  PairOptions.L2.withDefault(0.06)),
              SAMPLERS.optionsAnd(SHARED_NEGATIVES)));

  /**
   * What the model is and how it is trained, how negatives are drawn, and what towers go by.
   *
   * @param sharedNegatives the option of that name
   */
  public record Options(
      PairOptions pair, Sampling sampling, boolean sharedNegatives, TowerOptions towers) {
    /**
     * @throws TamisException of kind CONFIG if rows are to share what is drawn by their queries
     */
    public Options {
      if (sharedNegatives && !sampling.canBeShared()) {
        throw TamisException.config(
            "sampler "
                + sampling.sampler().name()
                + " draws by the query of each row, so rows cannot share negatives; set"
                + " shared-negatives=false, or choose sampler uniform or popularity");
      }
    }
  }

  @Override
  public String name() {
    return "sampled-softmax";
  }

  @Override
  public String summary() {
    return "Matrix factorisation by a softmax over drawn negatives, corrected by their"
        + " probability.";
  }

  @Override
  public String citation() {
    return "Bengio, Senecal: Adaptive Importance Sampling to Accelerate Training of a Neural"
        + " Probabilistic Language Model. IEEE Transactions on Neural Networks 2008";
  }

  @Override
  public List<Option<?>> options() {
    return OPTIONS;
  }

  @Override
  public Options readKnown(Settings given) {
    return new Options(
        PairOptions.read(given, OPTIONS),
        SAMPLERS.read(given),
        given.get(SHARED_NEGATIVES),
        TowerOptions.read(given));
  }

  @Override
  public Settings settings(Options o) {
    return SAMPLERS
        .add(o.towers().into(o.pair().settings()), o.sampling())
        .with(SHARED_NEGATIVES, o.sharedNegatives());
  }

  @Override
  public TowerOptions towers(Options o) {
    return o.towers();
  }

  @Override
  public PairOptions pair(Options o) {
    return o.pair();
  }

  @Override
  public boolean sharesCandidates(Options o) {
    return o.sharedNegatives();
  }

  @Override
  public boolean rowsShare(Options o) {
    return o.sharedNegatives();
  }

  @Override
  public Parts parts(Interactions train, Options o) {
    Proposal proposal =
        o.sharedNegatives()
            ? o.sampling().shared(train, false)
            : o.sampling().proposal(train, new PositiveSets(train), o.pair().dim());
    return new Parts(proposal, List.of(), new SampledCrossEntropy());
  }

  @Override
  public MemoryPlan plan(Interactions train, Options o, Run run) {
    MemoryPlan plan = TowerMethod.super.plan(train, o, run);
    PairOptions pair = o.pair();
    o.sampling().planForPairs(plan, train, pair.dim(), pair.batchSize(), pair.negatives(), run);
    return plan;
  }
}
