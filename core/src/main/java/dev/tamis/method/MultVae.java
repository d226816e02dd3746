package dev.tamis.method;

import dev.tamis.config.Option;
import dev.tamis.config.Settings;
import dev.tamis.objective.Multinomial;
import dev.tamis.objective.Objective;
import java.util.List;

/**
 * Mult-VAE^PR: a variational autoencoder of histories with a multinomial likelihood and an
 * annealed, partial divergence.
 *
 * <p>Liang, Krishnan, Hoffman, Jebara: Variational Autoencoders for Collaborative Filtering, WWW
 * 2018. As in the authors' code a history is scaled to length 1 before dropout, which the paper
 * leaves out. Defaults are the paper's for MovieLens-20M: [items-600-200-600-items]; see {@link
 * AutoencoderOptions} and {@link VariationalOptions}.
 *
 * <p>{@code kl-selection=two-run} is the paper's way to find the cap of the divergence's weight
 * (section 2.2.2): a run with cap 1 tells the weight at its best epoch by validation, and a second
 * run keeps that weight as its cap. {@code kl-selection=freeze} is its cheaper one: within a single
 * run, the weight goes back to that of the best epoch once validation has not risen for {@code
 * kl-patience} measurements, and stays there.
 */
public final class MultVae implements VariationalMethod<MultVae.Options> {
  private static final List<Option<?>> OPTIONS = VariationalOptions.list();

  /** What the model is and how it is trained. */
  public record Options(VariationalOptions vae) {}

  @Override
  public String name() {
    return "mult-vae";
  }

  @Override
  public String summary() {
    return "A variational autoencoder of whole histories with a multinomial likelihood; ranks users"
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
    return new Multinomial();
  }
}
