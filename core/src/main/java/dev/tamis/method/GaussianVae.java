package dev.tamis.method;

import dev.tamis.config.Option;
import dev.tamis.config.Settings;
import dev.tamis.objective.Gaussian;
import dev.tamis.objective.Objective;
import java.util.List;

/**
 * Gaussian-VAE^PR: {@link MultVae} with a Gaussian likelihood, a square loss with confidences.
 *
 * <p>Liang, Krishnan, Hoffman, Jebara: Variational Autoencoders for Collaborative Filtering, WWW
 * 2018, equation 3 and table 4. The paper tunes settings for each likelihood and does not report
 * them; it finds that a weight of the divergence below 1 helps little here.
 */
public final class GaussianVae implements VariationalMethod<GaussianVae.Options> {
  private static final List<Option<?>> OPTIONS =
      VariationalOptions.list(Confidences.OBSERVED, Confidences.MISSING);

  /** What the model is and how it is trained. */
  public record Options(VariationalOptions vae, Confidences confidences) {}

  @Override
  public String name() {
    return "gaussian-vae";
  }

  @Override
  public String summary() {
    return "A variational autoencoder of whole histories with a Gaussian likelihood; ranks users"
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
    return new Options(VariationalOptions.read(given, OPTIONS), Confidences.read(given));
  }

  @Override
  public Settings settings(Options o) {
    return o.confidences().addTo(o.vae().settings());
  }

  @Override
  public VariationalOptions variational(Options o) {
    return o.vae();
  }

  @Override
  public Objective likelihood(Options o) {
    return new Gaussian(o.confidences().observed(), o.confidences().missing(), false);
  }
}
