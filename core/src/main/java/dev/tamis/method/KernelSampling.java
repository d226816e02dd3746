package dev.tamis.method;

import dev.tamis.config.Option;
import dev.tamis.config.Settings;
import dev.tamis.data.Interactions;
import dev.tamis.method.sampler.KernelSampler;
import dev.tamis.objective.PairwiseLogistic;
import dev.tamis.objective.SampledCrossEntropy;
import dev.tamis.optim.OptimizerName;
import dev.tamis.sample.PositiveSets;
import dev.tamis.sample.index.KernelTree;
import dev.tamis.sample.proposal.KernelTreeProposal;
import dev.tamis.sample.refine.ImportanceWeights;
import dev.tamis.train.MemoryPlan;
import dev.tamis.train.Run;
import java.util.List;

/**
 * Negatives drawn in proportion to a quadratic kernel of user and item, {@code alpha (u . v)^2 +
 * 1}, and corrected by its logarithm.
 *
 * <p>Blanc, Rendle: Adaptive Sampled Softmax with Kernel Based Sampling, ICML 2018, as AdaSIR
 * (Chen, Lian, Jin, Zheng, Chen, WWW 2022, table 2) compares it: a pairwise loss whose negatives
 * are weighed by {@code softmax(s - ln K)}, with AdaSIR's settings ({@link AdaSir}) and an {@code
 * alpha} of 1. The original has a sampled softmax, {@code loss=sampled-softmax}, whose scores count
 * by their absolute value, and an {@code alpha} of 100.
 *
 * <p>Deviations: negatives are never positives of the user, scores count as they are, and item
 * vectors are taken up before each epoch or every {@code refresh-steps}, where the original updates
 * its tree in every step.
 */
public final class KernelSampling implements PairMethod<KernelSampling.Options> {
  /** What is made of the negatives. */
  public enum Loss {
    /** Pairwise, weighed by importance. */
    BPR,
    /** All at once. */
    SAMPLED_SOFTMAX;

    private Parts parts(KernelTreeProposal proposal) {
      return switch (this) {
        case BPR ->
            new Parts(
                proposal, List.of(new ImportanceWeights(true, false)), new PairwiseLogistic());
        case SAMPLED_SOFTMAX -> new Parts(proposal, List.of(), new SampledCrossEntropy());
      };
    }
  }

  public static final Option<Loss> LOSS =
      Option.choice("loss", Loss.BPR, "pairwise with importance weights, or a sampled softmax");
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
          LOSS,
          KernelSampler.ALPHA,
          KernelSampler.LEAF_ITEMS,
          CommonOptions.REFRESH_STEPS);

  /**
   * What the model is and how it is trained; {@code pair} aside, each component is the option of
   * that name.
   */
  public record Options(
      PairOptions pair, Loss loss, double alpha, int leafItems, int refreshSteps) {
    /**
     * @throws dev.tamis.config.TamisException of kind CONFIG if a number is out of the range of its
     *     option
     */
    public Options {
      KernelSampler.ALPHA.check(alpha);
      KernelSampler.LEAF_ITEMS.check(leafItems);
      CommonOptions.REFRESH_STEPS.check(refreshSteps);
    }

    /** The most items of a leaf. */
    int leaf() {
      return KernelSampler.leaf(leafItems, pair.dim());
    }
  }

  @Override
  public String name() {
    return "kernel-sampling";
  }

  @Override
  public String summary() {
    return "Ranking against negatives drawn by a quadratic kernel of user and item.";
  }

  @Override
  public String citation() {
    return "Blanc, Rendle: Adaptive Sampled Softmax with Kernel Based Sampling. ICML 2018";
  }

  @Override
  public List<Option<?>> options() {
    return OPTIONS;
  }

  @Override
  public Options readKnown(Settings given) {
    return new Options(
        PairOptions.read(given, OPTIONS),
        given.get(LOSS),
        given.get(KernelSampler.ALPHA),
        given.get(KernelSampler.LEAF_ITEMS),
        given.get(CommonOptions.REFRESH_STEPS));
  }

  @Override
  public Settings settings(Options o) {
    return o.pair()
        .settings()
        .with(LOSS, o.loss())
        .with(KernelSampler.ALPHA, o.alpha())
        .with(KernelSampler.LEAF_ITEMS, o.leafItems())
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
        .add("kernel tree", KernelTree.bytes(train.itemCount(), o.pair().dim(), o.leaf()));
  }

  @Override
  public Parts parts(Interactions train, Options o) {
    return o.loss()
        .parts(
            new KernelTreeProposal(
                new PositiveSets(train), o.alpha(), o.leaf(), o.pair().dim(), o.refreshSteps()));
  }
}
