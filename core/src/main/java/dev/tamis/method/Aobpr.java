package dev.tamis.method;

import dev.tamis.config.Option;
import dev.tamis.config.Settings;
import dev.tamis.data.Interactions;
import dev.tamis.method.sampler.FactorRankSampler;
import dev.tamis.model.Initial;
import dev.tamis.objective.PairwiseLogistic;
import dev.tamis.optim.OptimizerName;
import dev.tamis.sample.PositiveSets;
import dev.tamis.sample.proposal.FactorRankProposal;
import dev.tamis.sample.refine.ImportanceWeights;
import dev.tamis.train.MemoryPlan;
import dev.tamis.train.Reduction;
import dev.tamis.train.Run;
import java.util.List;

/**
 * Adaptive oversampling for BPR: negatives that the user would be recommended come often, drawn by
 * their rank in one factor of the model.
 *
 * <p>Rendle, Freudenthaler: Improving Pairwise Learning for Item Recommendation from Implicit
 * Feedback, WSDM 2014.
 */
public final class Aobpr implements PairMethod<Aobpr.Options> {
  public static final Option<Boolean> IMPORTANCE_WEIGHTS =
      Option.flag(
          "importance-weights", false, "whether negatives are weighed by softmax(s - ln Q)");
  private static final List<Option<?>> OPTIONS =
      PairOptions.list(
          List.of(
              PairOptions.NEGATIVES.withDefault(1),
              CommonOptions.EPOCHS.withDefault(256),
              CommonOptions.OPTIMIZER.withDefault(OptimizerName.SGD),
              CommonOptions.LEARNING_RATE.withDefault(0.05),
              PairOptions.L2.withDefault(0.005),
              PairShape.INIT_DEVIATION.withDefault(0.1)),
          FactorRankSampler.RANK_SCALE,
          IMPORTANCE_WEIGHTS,
          CommonOptions.REFRESH_STEPS);

  /**
   * What the model is and how it is trained; {@code pair} aside, each component is the option of
   * that name.
   */
  public record Options(
      PairOptions pair, double rankScale, boolean importanceWeights, int refreshSteps) {
    /**
     * @throws dev.tamis.config.TamisException of kind CONFIG if a number is out of the range of its
     *     option
     */
    public Options {
      FactorRankSampler.RANK_SCALE.check(rankScale);
      CommonOptions.REFRESH_STEPS.check(refreshSteps);
    }
  }

  @Override
  public String name() {
    return "aobpr";
  }

  @Override
  public String summary() {
    return "Pairwise ranking against items of high rank in single factors.";
  }

  @Override
  public String citation() {
    return "Rendle, Freudenthaler: Improving Pairwise Learning for Item Recommendation from"
        + " Implicit Feedback. WSDM 2014";
  }

  @Override
  public List<Option<?>> options() {
    return OPTIONS;
  }

  @Override
  public Options readKnown(Settings given) {
    return new Options(
        PairOptions.read(given, OPTIONS),
        given.get(FactorRankSampler.RANK_SCALE),
        given.get(IMPORTANCE_WEIGHTS),
        given.get(CommonOptions.REFRESH_STEPS));
  }

  @Override
  public Settings settings(Options o) {
    return o.pair()
        .settings()
        .with(FactorRankSampler.RANK_SCALE, o.rankScale())
        .with(IMPORTANCE_WEIGHTS, o.importanceWeights())
        .with(CommonOptions.REFRESH_STEPS, o.refreshSteps());
  }

  @Override
  public PairOptions pair(Options o) {
    return o.pair();
  }

  @Override
  public MemoryPlan plan(Interactions train, Options o, Run run) {
    return PairMethod.super
        .plan(train, o, run)
        .add(
            "ranks in factors",
            FactorRankProposal.bytes(train.itemCount(), o.pair().dim(), o.importanceWeights()));
  }

  @Override
  public Parts parts(Interactions train, Options o) {
    return new Parts(
        new FactorRankProposal(
            train,
            new PositiveSets(train),
            o.rankScale(),
            o.pair().dim(),
            o.importanceWeights(),
            o.refreshSteps()),
        o.importanceWeights() ? List.of(new ImportanceWeights(true, false)) : List.of(),
        new PairwiseLogistic(),
        Reduction.SUM,
        Initial::glorotNormal,
        false);
  }
}
