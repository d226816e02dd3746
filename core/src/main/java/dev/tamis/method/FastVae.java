package dev.tamis.method;

import dev.tamis.artifact.TrainedModel;
import dev.tamis.config.Option;
import dev.tamis.config.Settings;
import dev.tamis.data.Interactions;
import dev.tamis.sample.Popularity;
import dev.tamis.train.MemoryPlan;
import dev.tamis.train.Run;
import java.util.List;

/**
 * FastVAE: a variational autoencoder of histories that is trained on drawn items, so that a step
 * does not grow with the catalogue.
 *
 * <p>Chen, Lian, Jin, Zheng, Chen: Fast Variational AutoEncoder with Inverted Multi-Index for
 * Collaborative Filtering, WWW 2022. As in the authors' code the encoder is a sum of item vectors
 * of 200 numbers, divided by the root of their count, with dropout and ReLU, then the Gaussian code
 * of 32; the decoder turns it into a query of 200 numbers, and scores are inner products of that
 * with a second table of item vectors, without bias. With {@code decoder=linear} the query is the
 * code itself, as the paper's text has it. All positives of a user are set against the same drawn
 * items, each score corrected by the log-probability of its draw (equation 4).
 *
 * <p>Deviations: losses and divergences are means over the users of a batch, so {@code kl-cap} is
 * the weight of a user's divergence (1/256 is that of the authors' code with its batches of 256;
 * the paper's text has 1); a user's positives are never drawn against it; item vectors start Glorot
 * uniform unless {@code init-deviation} says otherwise (1 in the code).
 */
public final class FastVae implements Method<FastVae.Options> {
  private static final Option<Boolean> SHARED_NEGATIVES = SampledSoftmax.SHARED_NEGATIVES.by(false);
  private static final List<Option<?>> OPTIONS =
      SampledAutoencoderOptions.list(
          List.of(), StaticSampler.SAMPLER, StaticSampler.WEIGHTS, SHARED_NEGATIVES);

  /**
   * What the model is and how it is trained; {@code net} aside, each component is the option of
   * that name.
   */
  public record Options(
      SampledAutoencoderOptions net,
      StaticSampler sampler,
      Popularity popularity,
      boolean sharedNegatives) {}

  @Override
  public String name() {
    return "fast-vae";
  }

  @Override
  public String summary() {
    return "A variational autoencoder of whole histories that is trained on drawn items only; ranks"
        + " users it has never seen.";
  }

  @Override
  public String citation() {
    return "Chen, Lian, Jin, Zheng, Chen: Fast Variational AutoEncoder with Inverted Multi-Index"
        + " for Collaborative Filtering. WWW 2022";
  }

  @Override
  public boolean ranksUnseenUsers() {
    return true;
  }

  @Override
  public List<Option<?>> options() {
    return OPTIONS;
  }

  @Override
  public Options read(Settings given) {
    return new Options(
        SampledAutoencoderOptions.read(given, OPTIONS),
        given.get(StaticSampler.SAMPLER),
        given.get(StaticSampler.WEIGHTS),
        given.get(SHARED_NEGATIVES));
  }

  private static Settings settings(Options o) {
    return o.net()
        .settings()
        .with(StaticSampler.SAMPLER, o.sampler())
        .with(StaticSampler.WEIGHTS, o.popularity())
        .with(SHARED_NEGATIVES, o.sharedNegatives());
  }

  @Override
  public MemoryPlan plan(Interactions train, Options o, Run run) {
    return SampledAutoencoderTraining.plan(train, o.net(), o.sharedNegatives(), run);
  }

  @Override
  public TrainedModel fit(Interactions train, Options o, Run run) {
    return new SampledAutoencoderTraining(
            name(),
            settings(o).complete(options()),
            o.net(),
            o.sharedNegatives()
                ? o.sampler().shared(train, o.popularity())
                : o.sampler().proposal(train, o.popularity()))
        .fit(train, run);
  }
}
