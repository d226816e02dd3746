package dev.tamis.method;

import dev.tamis.config.Option;
import dev.tamis.config.Settings;
import dev.tamis.config.TamisException;
import dev.tamis.data.Interactions;
import dev.tamis.method.sampler.SamplerOffer;
import dev.tamis.method.sampler.Samplers;
import dev.tamis.method.sampler.Sampling;
import dev.tamis.method.sampler.UserPoolSampler;
import dev.tamis.objective.PairwiseLogistic;
import dev.tamis.optim.OptimizerName;
import dev.tamis.sample.ItemDistribution;
import dev.tamis.sample.Refiner;
import dev.tamis.sample.ScoreSamples;
import dev.tamis.sample.UserPools;
import dev.tamis.sample.proposal.UserPoolProposal;
import dev.tamis.sample.proposal.UserPoolProposal.Number;
import dev.tamis.sample.refine.ImportanceWeights;
import dev.tamis.sample.refine.SampledRankWeight;
import dev.tamis.train.MemoryPlan;
import dev.tamis.train.Run;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Pairwise ranking by adaptive sampling importance resampling: each user has a pool of negatives,
 * renewed before each epoch, that follows the softmax of its scores ({@link UserPoolProposal}).
 *
 * <p>Chen, Lian, Jin, Zheng, Chen: Learning Recommenders for Implicit Feedback with Importance
 * Resampling, WWW 2022; samplers U and P, and with {@code rank-weight} AdaSIR-W. Defaults are those
 * of the paper for Gowalla (section 4.3) and of its code, where the paper is silent: a start of
 * N(0, 0.1^2), PyTorch's Adam on a loss that is summed over batches of 4,096, a weight decay of
 * 0.01 and a learning rate that shrinks by 0.95 every five epochs.
 *
 * <p>Where paper and code differ, an option has both. The paper divides by the resampling weight of
 * a negative, its code multiplies with it ({@code weight}); the paper weighs positives that rank
 * low higher, its code those that rank high ({@code rank-weight}). The code has the published
 * figures in reach, the paper's forms stay below. With {@code rank-weight=code} the loss is about
 * ten times as large, so {@code weight-decay=0.1} goes with it. Deviation: ranks are estimated with
 * the candidate scores of the renewal ({@link SampledRankWeight}).
 */
public final class AdaSir implements PairMethod<AdaSir.Options> {
  /** How the negatives of a row are weighed. */
  public enum Weight {
    /** {@code softmax(s - ln w)}, w being the weight by which an item came into the pool. */
    PAPER(Optional.of(Number.LOG_WEIGHT)),
    /** {@code softmax(s + ln w)}. */
    CODE(Optional.of(Number.NEGATED_LOG_WEIGHT)),
    /** {@code softmax(s - s')}, s' being the score by which an item came into the pool. */
    SCORE_DELTA(Optional.of(Number.SCORE)),
    /** All the same. */
    UNIFORM(Optional.empty());

    private final Optional<Number> number;

    Weight(Optional<Number> number) {
      this.number = number;
    }
  }

  /** How positives are weighed. */
  public enum RankWeight {
    /** All the same. */
    NONE(Optional.empty()),
    /** By their rank: low-ranked ones most. */
    PAPER(Optional.of(SampledRankWeight.End.HIGHEST)),
    /** By their rank: high-ranked ones most. */
    CODE(Optional.of(SampledRankWeight.End.LOWEST));

    private final Optional<SampledRankWeight.End> end;

    RankWeight(Optional<SampledRankWeight.End> end) {
      this.end = end;
    }
  }

  private static final SamplerOffer SAMPLERS =
      SamplerOffer.of(
          sampler -> sampler.itemWeights().isPresent(),
          Samplers.UNIFORM,
          "how the candidates of the pools are drawn, from all items");
  public static final Option<Weight> WEIGHT =
      Option.choice(
          "weight",
          Weight.CODE,
          "how negatives are weighed: by softmax(s - ln w) as in the paper, softmax(s + ln w) as in"
              + " its code, softmax(score now - score when the pool was made), or all the same");
  public static final Option<RankWeight> RANK_WEIGHT =
      Option.choice(
          "rank-weight",
          RankWeight.NONE,
          "how positives are weighed: all the same, those of low rank most as in the paper, those"
              + " of high rank most as in its code; needs sampler uniform");
  private static final List<Option<?>> OPTIONS =
      PairOptions.list(
          List.of(
              CommonOptions.EPOCHS.withDefault(200),
              CommonOptions.BATCH_SIZE.withDefault(4096),
              CommonOptions.RATE_DECAY.withDefault(0.95),
              CommonOptions.OPTIMIZER.withDefault(OptimizerName.ADAM_PYTORCH),
              PairOptions.L2.withDefault(0.0),
              PairOptions.WEIGHT_DECAY.withDefault(0.01),
              PairShape.INIT_DEVIATION.withDefault(0.1),
              PairShape.PREDICTION_INIT.withDefault(PairShape.PredictionInit.FAN_IN)),
          SAMPLERS.optionsAnd(
              UserPoolSampler.CANDIDATES, UserPoolSampler.POOL, WEIGHT, RANK_WEIGHT));

  /**
   * What the model is and how it is trained; {@code pair} and {@code sampling} aside, each
   * component is the option of that name.
   */
  public record Options(
      PairOptions pair,
      Sampling sampling,
      int candidates,
      int pool,
      Weight weight,
      RankWeight rankWeight) {
    /**
     * @throws dev.tamis.config.TamisException of kind CONFIG if a number is out of the range of its
     *     option
     */
    public Options {
      UserPoolSampler.CANDIDATES.check(candidates);
      UserPoolSampler.POOL.check(pool);
    }
  }

  @Override
  public String name() {
    return "adasir";
  }

  @Override
  public String summary() {
    return "Pairwise ranking against pools of hard negatives that are resampled before each epoch.";
  }

  @Override
  public String citation() {
    return "Chen, Lian, Jin, Zheng, Chen: Learning Recommenders for Implicit Feedback with"
        + " Importance Resampling. WWW 2022";
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
        given.get(UserPoolSampler.CANDIDATES),
        given.get(UserPoolSampler.POOL),
        given.get(WEIGHT),
        given.get(RANK_WEIGHT));
  }

  @Override
  public Settings settings(Options o) {
    return SAMPLERS
        .add(o.pair().settings(), o.sampling())
        .with(UserPoolSampler.CANDIDATES, o.candidates())
        .with(UserPoolSampler.POOL, o.pool())
        .with(WEIGHT, o.weight())
        .with(RANK_WEIGHT, o.rankWeight());
  }

  @Override
  public PairOptions pair(Options o) {
    return o.pair();
  }

  /**
   * @throws TamisException of kind CONFIG if ranks are to be estimated from candidates that were
   *     not drawn uniformly
   */
  @Override
  public Parts parts(Interactions train, Options o) {
    boolean uniform = o.sampling().sampler() == Samplers.UNIFORM;
    if (o.rankWeight() != RankWeight.NONE && !uniform) {
      throw TamisException.config(
          "rank-weight estimates ranks from uniformly drawn candidates, but sampler is "
              + o.sampling().sampler().name()
              + "; use sampler uniform, or rank-weight none");
    }
    int users = train.userCount();
    ItemDistribution source =
        uniform
            ? ItemDistribution.uniform(train.itemCount())
            : ItemDistribution.byWeights(o.sampling().weights(train));
    Optional<ScoreSamples> samples =
        o.rankWeight().end.map(end -> new ScoreSamples(users, o.candidates()));
    List<Refiner> refiners = new ArrayList<>();
    if (o.weight() != Weight.UNIFORM) {
      refiners.add(new ImportanceWeights(true, false));
    }
    o.rankWeight()
        .end
        .ifPresent(
            end ->
                refiners.add(new SampledRankWeight(samples.orElseThrow(), train.itemCount(), end)));
    return new Parts(
        new UserPoolProposal(
            users,
            source,
            o.candidates(),
            o.pool(),
            o.weight().number.orElse(Number.SCORE),
            samples),
        refiners,
        new PairwiseLogistic());
  }

  @Override
  public MemoryPlan plan(Interactions train, Options o, Run run) {
    MemoryPlan plan =
        PairMethod.super
            .plan(train, o, run)
            .add("pools", UserPools.bytes(train.userCount(), o.pool()));
    return o.rankWeight() == RankWeight.NONE
        ? plan
        : plan.add("candidate scores", ScoreSamples.bytes(train.userCount(), o.candidates()));
  }
}
