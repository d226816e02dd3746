package dev.tamis.method;

import dev.tamis.config.Option;
import dev.tamis.config.Settings;
import dev.tamis.data.Interactions;
import dev.tamis.model.tower.TowerShape;
import dev.tamis.objective.Gaussian;
import dev.tamis.objective.Objective;
import java.util.List;

/**
 * CDAE: a denoising autoencoder of histories whose code also has a node for each user,
 *
 * <pre>
 * h = tanh(W dropout(x) + V_u + b);   f = tanh(W' h + b')
 * </pre>
 *
 * trained by a square loss with confidences.
 *
 * <p>Wu, DuBois, Zheng, Ester: Collaborative Denoising Auto-Encoders for Top-N Recommender Systems,
 * WSDM 2016; as Mult-VAE's paper runs it (Liang et al. 2018, section 4.4): whole users in batches
 * of 500, a code of 200, tanh, Adam. That paper chooses the weight decay among 0.01, 0.1 ... 100,
 * which by the measure of its code, {@code 0.01 / 500 * sum |W|^2} beside the mean over users, is
 * 2e-5 to 0.2 here; {@code weight-decay} is 0.02, its 10. The users' nodes decay like other
 * weights, in every step. The paper does not report the confidences ({@link Confidences}).
 *
 * <p>A user who was not trained on has no node: it counts as zero, which is where decay draws the
 * others. The papers say that it should be found by further optimisation, which is not done here;
 * train again with the user's history for that. Models are served without the outer tanh, which
 * does not change the order of items.
 */
public final class Cdae implements DenoisingMethod<Cdae.Options> {
  /** What is done to the scores before they are compared with a history. */
  public enum Output {
    TANH,
    IDENTITY
  }

  public static final Option<Output> OUTPUT =
      Option.choice(
          "output", Output.TANH, "what is done to scores before they are compared with a history");
  private static final List<Option<?>> OPTIONS =
      DenoisingOptions.list(
          List.of(
              AutoencoderOptions.SCALE_HISTORY.withDefault(false),
              DenoisingOptions.WEIGHT_DECAY.withDefault(0.02)),
          Confidences.OBSERVED,
          Confidences.MISSING,
          OUTPUT);

  /** What the model is and how it is trained. */
  public record Options(DenoisingOptions dae, Confidences confidences, Output output) {}

  @Override
  public String name() {
    return "cdae";
  }

  @Override
  public String summary() {
    return "A denoising autoencoder of whole histories with a node for each user; ranks users it"
        + " has never seen as if their node were zero.";
  }

  @Override
  public String citation() {
    return "Wu, DuBois, Zheng, Ester: Collaborative Denoising Auto-Encoders for Top-N Recommender"
        + " Systems. WSDM 2016";
  }

  @Override
  public List<Option<?>> options() {
    return OPTIONS;
  }

  @Override
  public Options readKnown(Settings given) {
    return new Options(
        DenoisingOptions.read(given, OPTIONS), Confidences.read(given), given.get(OUTPUT));
  }

  @Override
  public Settings settings(Options o) {
    return o.confidences().addTo(o.dae().settings()).with(OUTPUT, o.output());
  }

  @Override
  public DenoisingOptions denoising(Options o) {
    return o.dae();
  }

  @Override
  public TowerShape shape(Interactions train, Options o) {
    return o.dae().net().denoising(train.itemCount()).withUsers(train.userCount());
  }

  @Override
  public Objective likelihood(Options o) {
    return new Gaussian(
        o.confidences().observed(), o.confidences().missing(), o.output() == Output.TANH);
  }
}
