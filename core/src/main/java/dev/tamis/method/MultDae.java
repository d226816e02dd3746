package dev.tamis.method;

import dev.tamis.config.Option;
import dev.tamis.config.Settings;
import dev.tamis.objective.Multinomial;
import dev.tamis.objective.Objective;
import java.util.List;

/**
 * Mult-DAE: a denoising autoencoder of histories with a multinomial likelihood.
 *
 * <p>Liang, Krishnan, Hoffman, Jebara: Variational Autoencoders for Collaborative Filtering, WWW
 * 2018. Defaults are the paper's for MovieLens-20M ({@link DenoisingOptions}). With {@code
 * hidden=600} it is as deep as Mult-VAE: [items-600-200-600-items].
 */
public final class MultDae implements DenoisingMethod<MultDae.Options> {
  private static final List<Option<?>> OPTIONS = DenoisingOptions.list(List.of());

  /** What the model is and how it is trained. */
  public record Options(DenoisingOptions dae) {}

  @Override
  public String name() {
    return "mult-dae";
  }

  @Override
  public String summary() {
    return "A denoising autoencoder of whole histories with a multinomial likelihood; ranks users"
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
    return new Multinomial();
  }
}
