package dev.tamis.method;

import dev.tamis.config.Option;
import dev.tamis.config.Settings;
import dev.tamis.data.Interactions;
import dev.tamis.method.sampler.SamplerOffer;
import dev.tamis.method.sampler.Samplers;
import dev.tamis.method.sampler.Sampling;
import dev.tamis.objective.PairwiseLogistic;
import dev.tamis.sample.PositiveSets;
import java.util.List;

/**
 * Bayesian personalised ranking on matrix factorisation: a user should score an item it has above
 * items it has not.
 *
 * <p>Rendle, Freudenthaler, Gantner, Schmidt-Thieme: BPR, UAI 2009. Defaults are those with which
 * PRIS ran it as a baseline ({@link PairOptions}), with five negatives of equal weight. The
 * original has one negative and plain SGD: {@code negatives=1 optimizer=sgd batch-size=1}.
 */
public final class Bpr implements PairMethod<Bpr.Options> {
  private static final SamplerOffer SAMPLERS =
      SamplerOffer.of(
          sampler -> sampler.itemWeights().isPresent(),
          Samplers.UNIFORM,
          "how negatives are drawn");
  private static final List<Option<?>> OPTIONS = PairOptions.list(List.of(), SAMPLERS.options());

  /** What the model is and how it is trained, and how negatives are drawn. */
  public record Options(PairOptions pair, Sampling sampling) {}

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
    return new Parts(
        o.sampling().proposal(train, new PositiveSets(train), o.pair().dim()),
        List.of(),
        new PairwiseLogistic());
  }
}
