package dev.tamis.method;

import dev.tamis.config.Option;
import dev.tamis.config.Settings;
import dev.tamis.objective.Logistic;
import dev.tamis.objective.Objective;
import java.util.List;

/**
 * Logistic-DAE: {@link MultDae} with a logistic likelihood, each item on its own.
 *
 * <p>Liang, Krishnan, Hoffman, Jebara: Variational Autoencoders for Collaborative Filtering, WWW
 * 2018, equation 4 and table 4. The paper tunes settings for each likelihood and does not report
 * them.
 */
public final class LogisticDae implements DenoisingMethod<LogisticDae.Options> {
  private static final List<Option<?>> OPTIONS = DenoisingOptions.list(List.of());

  /** What the model is and how it is trained. */
  public record Options(DenoisingOptions dae) {}

  @Override
  public String name() {
    return "logistic-dae";
  }

  @Override
  public String summary() {
    return "A denoising autoencoder of whole histories with a logistic likelihood; ranks users"
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
    return new Options(DenoisingOptions.read(given, OPTIONS));
  }

  @Override
  public Settings settings(Options o) {
    return o.dae().settings();
  }

  @Override
  public DenoisingOptions denoising(Options o) {
    return o.dae();
  }

  @Override
  public Objective likelihood(Options o) {
    return new Logistic();
  }
}
