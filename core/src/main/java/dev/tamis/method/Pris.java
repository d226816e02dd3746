package dev.tamis.method;

import dev.tamis.config.Option;
import dev.tamis.config.Settings;
import dev.tamis.data.Interactions;
import dev.tamis.method.sampler.ClusterSampler;
import dev.tamis.method.sampler.Sampler;
import dev.tamis.method.sampler.SamplerOffer;
import dev.tamis.method.sampler.Samplers;
import dev.tamis.method.sampler.Sampling;
import dev.tamis.objective.PairwiseLogistic;
import dev.tamis.sample.PositiveSets;
import dev.tamis.sample.refine.ImportanceWeights;
import dev.tamis.train.MemoryPlan;
import dev.tamis.train.Run;
import java.util.List;

/**
 * Personalised ranking with importance sampling: negatives come from a proposal {@code Q} and are
 * weighed by {@code softmax(s - ln Q)}, so that hard ones count most.
 *
 * <p>Lian, Liu, Chen: Personalized Ranking with Importance Sampling, WWW 2020, equations 5, 6 and
 * sections 4.2 and 4.3; samplers U, P, CU, CP, CUJ, CPJ and Exact. Defaults are those of its code
 * ({@link PairOptions}): there the gradient goes through the weights, which the paper does not say.
 * Other samplers than the paper's are offered beside them.
 */
public final class Pris implements PairMethod<Pris.Options> {
  private static final SamplerOffer SAMPLERS =
      SamplerOffer.of(
          sampler -> sampler.law() != Sampler.Law.UNKNOWN,
          Samplers.UNIFORM,
          "how negatives are drawn");
  private static final List<Option<?>> OPTIONS = PairOptions.list(List.of(), SAMPLERS.options());

  /** What the model is and how it is trained, and how negatives are drawn. */
  public record Options(PairOptions pair, Sampling sampling) {}

  @Override
  public String name() {
    return "pris";
  }

  @Override
  public String summary() {
    return "Pairwise ranking whose negatives are weighed by importance sampling.";
  }

  @Override
  public String citation() {
    return "Lian, Liu, Chen: Personalized Ranking with Importance Sampling. WWW 2020";
  }

  @Override
  public List<Option<?>> options() {
    return OPTIONS;
  }

  @Override
  public Options readKnown(Settings given) {
    return new Options(PairOptions.read(given, OPTIONS), SAMPLERS.read(given));
  }

  @Override
  public Settings settings(Options o) {
    return SAMPLERS.add(o.pair().settings(), o.sampling());
  }

  @Override
  public PairOptions pair(Options o) {
    return o.pair();
  }

  @Override
  public Parts parts(Interactions train, Options o) {
    boolean weightGradient = o.sampling().settings().get(ClusterSampler.WEIGHT_GRADIENT);
    return new Parts(
        o.sampling().proposal(train, new PositiveSets(train), o.pair().dim()),
        List.of(new ImportanceWeights(true, weightGradient)),
        new PairwiseLogistic());
  }

  @Override
  public MemoryPlan plan(Interactions train, Options o, Run run) {
    MemoryPlan plan = PairMethod.super.plan(train, o, run);
    PairOptions pair = o.pair();
    o.sampling().planForPairs(plan, train, pair.dim(), pair.batchSize(), pair.negatives(), run);
    return plan;
  }
}
