package dev.tamis.method;

import dev.tamis.config.Option;
import dev.tamis.config.Settings;
import dev.tamis.data.Interactions;
import dev.tamis.optim.OptimizerName;
import dev.tamis.sample.Popularity;
import java.util.List;

/**
 * Matrix factorisation by sampled softmax: a positive against many negatives at once, with scores
 * corrected by the log-probability of each draw.
 *
 * <p>Bengio, Senecal: Adaptive Importance Sampling to Accelerate Training of a Neural Probabilistic
 * Language Model, IEEE Transactions on Neural Networks 2008. In none of the papers on pair models
 * as such, but the loss that all of them point to. Defaults are our own: 50 negatives by ln(1 +
 * count), batches of 4,096, Adam at 0.002 that leaves idle rows alone, L2 of 0.01 an occurrence.
 */
public final class SampledSoftmax implements PairMethod<SampledSoftmax.Options> {
  private static final Option<StaticSampler> SAMPLER =
      StaticSampler.SAMPLER.by(StaticSampler.POPULARITY);
  private static final List<Option<?>> OPTIONS =
      PairOptions.list(
          List.of(
              PairOptions.NEGATIVES.by(50),
              CommonOptions.EPOCHS.by(30),
              CommonOptions.BATCH_SIZE.by(4096),
              CommonOptions.LEARNING_RATE.by(0.002),
              CommonOptions.OPTIMIZER.by(OptimizerName.ADAM_SPARSE),
              PairOptions.L2.by(0.01)),
          SAMPLER,
          StaticSampler.WEIGHTS);

  /**
   * What the model is and how it is trained; {@code pair} aside, each component is the option of
   * that name.
   */
  public record Options(PairOptions pair, StaticSampler sampler, Popularity popularity) {}

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
  public Options read(Settings given) {
    return new Options(
        PairOptions.read(given, OPTIONS), given.get(SAMPLER), given.get(StaticSampler.WEIGHTS));
  }

  @Override
  public Settings settings(Options o) {
    return o.pair()
        .settings()
        .with(SAMPLER, o.sampler())
        .with(StaticSampler.WEIGHTS, o.popularity());
  }

  @Override
  public PairOptions pair(Options o) {
    return o.pair();
  }

  @Override
  public Parts parts(Interactions train, Options o) {
    return new Parts(
        o.sampler().proposal(train, o.popularity()),
        List.of(),
        new dev.tamis.objective.SampledSoftmax());
  }
}
