package dev.tamis.method;

import dev.tamis.config.Option;
import dev.tamis.config.Settings;
import dev.tamis.data.Interactions;
import dev.tamis.objective.PairwiseLogistic;
import dev.tamis.sample.Popularity;
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
  private static final List<Option<?>> OPTIONS =
      PairOptions.list(List.of(), StaticSampler.SAMPLER, StaticSampler.WEIGHTS);

  /**
   * What the model is and how it is trained; {@code pair} aside, each component is the option of
   * that name.
   */
  public record Options(PairOptions pair, StaticSampler sampler, Popularity popularity) {}

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
  public Options read(Settings given) {
    return new Options(
        PairOptions.read(given, OPTIONS),
        given.get(StaticSampler.SAMPLER),
        given.get(StaticSampler.WEIGHTS));
  }

  @Override
  public Settings settings(Options o) {
    return o.pair()
        .settings()
        .with(StaticSampler.SAMPLER, o.sampler())
        .with(StaticSampler.WEIGHTS, o.popularity());
  }

  @Override
  public PairOptions pair(Options o) {
    return o.pair();
  }

  @Override
  public Parts parts(Interactions train, Options o) {
    return new Parts(
        o.sampler().proposal(train, o.popularity()), List.of(), new PairwiseLogistic());
  }
}
