package dev.tamis.method;

import dev.tamis.artifact.TrainedModel;
import dev.tamis.config.Option;
import dev.tamis.config.Settings;
import dev.tamis.data.Interactions;
import dev.tamis.sample.Popularity;
import dev.tamis.sample.refine.ImportanceWeights;
import dev.tamis.train.MemoryPlan;
import dev.tamis.train.Run;
import java.util.List;

/**
 * Personalised ranking with importance sampling: negatives come from a proposal {@code Q} and are
 * weighed by {@code softmax(s - ln Q)}, so that hard ones count most.
 *
 * <p>Lian, Liu, Chen: Personalized Ranking with Importance Sampling, WWW 2020, equations 5 to 7 and
 * section 4.1; samplers U and P. Defaults are those of its code ({@link PairOptions}): there the
 * gradient goes through the weights, which the paper does not say.
 */
public final class Pris implements Method<Pris.Options> {
  public static final Option<Boolean> WEIGHT_GRADIENT =
      Option.flag("weight-gradient", true, "whether the gradient goes through the weights");
  private static final List<Option<?>> OPTIONS =
      PairOptions.list(List.of(), StaticSampler.SAMPLER, StaticSampler.WEIGHTS, WEIGHT_GRADIENT);

  /** What the model is and how it is trained; each component is the option of that name. */
  public record Options(
      PairOptions pair, StaticSampler sampler, Popularity popularity, boolean weightGradient) {
    Settings settings() {
      return pair.settings()
          .with(StaticSampler.SAMPLER, sampler)
          .with(StaticSampler.WEIGHTS, popularity)
          .with(WEIGHT_GRADIENT, weightGradient);
    }
  }

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
  public boolean ranksUnseenUsers() {
    return false;
  }

  @Override
  public List<Option<?>> options() {
    return OPTIONS;
  }

  @Override
  public Options read(Settings given) {
    return new Options(
        PairOptions.read(given, OPTIONS),
        given.get(StaticSampler.SAMPLER),
        given.get(StaticSampler.WEIGHTS),
        given.get(WEIGHT_GRADIENT));
  }

  @Override
  public MemoryPlan plan(Interactions train, Options o, Run run) {
    return PairTraining.plan(train, o.pair(), run);
  }

  @Override
  public TrainedModel fit(Interactions train, Options o, Run run) {
    return new PairTraining(
            name(),
            o.settings().complete(OPTIONS),
            o.pair(),
            o.sampler().proposal(train, o.popularity()),
            List.of(new ImportanceWeights(true, o.weightGradient())),
            new dev.tamis.objective.Bpr())
        .fit(train, run);
  }
}
