package dev.tamis.method;

import dev.tamis.config.Option;
import dev.tamis.config.Settings;
import dev.tamis.objective.Gaussian;
import dev.tamis.objective.Objective;
import java.util.List;

/**
 * Gaussian-DAE: {@link MultDae} with a Gaussian likelihood, a square loss with confidences.
 *
 * <p>Liang, Krishnan, Hoffman, Jebara: Variational Autoencoders for Collaborative Filtering, WWW
 * 2018, equation 3 and table 4. The paper tunes settings for each likelihood and does not report
 * them.
 */
public final class GaussianDae implements DenoisingMethod<GaussianDae.Options> {
  private static final List<Option<?>> OPTIONS =
      DenoisingOptions.list(List.of(), Confidences.OBSERVED, Confidences.MISSING);

  /** What the model is and how it is trained. */
  public record Options(DenoisingOptions dae, Confidences confidences) {}

  @Override
  public String name() {
    return "gaussian-dae";
  }

  @Override
  public String summary() {
    return "A denoising autoencoder of whole histories with a Gaussian likelihood; ranks users"
        + " it has never seen.";
  }

  @Override
  public String citation() {
    return "Liang, Krishnan, Hoffman, Jebara: Variational Autoencoders for Collaborative Filtering."
        + " WWW 2018";
  }

  @Override
  public List<Option<?>> options() {
    return OPTIONS;
  }

  @Override
  public Options readKnown(Settings given) {
    return new Options(DenoisingOptions.read(given, OPTIONS), Confidences.read(given));
  }

  @Override
  public Settings settings(Options o) {
    return o.confidences().addTo(o.dae().settings());
  }

  @Override
  public DenoisingOptions denoising(Options o) {
    return o.dae();
  }

  @Override
  public Objective likelihood(Options o) {
    return new Gaussian(o.confidences().observed(), o.confidences().missing(), false);
  }
}
