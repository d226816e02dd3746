package dev.tamis.method;

import dev.tamis.config.Option;
import dev.tamis.config.Settings;
import dev.tamis.objective.Logistic;
import dev.tamis.objective.Objective;
import java.util.List;

/**
 * Logistic-VAE^PR: {@link MultVae} with a logistic likelihood, each item on its own.
 *
 * <p>Liang, Krishnan, Hoffman, Jebara: Variational Autoencoders for Collaborative Filtering, WWW
 * 2018, equation 4 and table 4. The paper tunes settings for each likelihood and does not report
 * them; it finds that a weight of the divergence below 1 helps little here.
 */
public final class LogisticVae implements VariationalMethod<LogisticVae.Options> {
  private static final List<Option<?>> OPTIONS = VariationalOptions.list();

  /** What the model is and how it is trained. */
  public record Options(VariationalOptions vae) {}

  @Override
  public String name() {
    return "logistic-vae";
  }

  @Override
  public String summary() {
    return "A variational autoencoder of whole histories with a logistic likelihood; ranks users"
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
    return new Options(VariationalOptions.read(given, OPTIONS));
  }

  @Override
  public Settings settings(Options o) {
    return o.vae().settings();
  }

  @Override
  public VariationalOptions variational(Options o) {
    return o.vae();
  }

  @Override
  public Objective likelihood(Options o) {
    return new Logistic();
  }
}
