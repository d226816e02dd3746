package dev.tamis.method;

import dev.tamis.config.Option;
import java.util.List;

/**
 * FastVAE: a variational autoencoder of histories that is trained on drawn items, so that a step
 * does not grow with the catalogue.
 *
 * <p>J. Chen, Jin, Huang, Lian, Zheng, E. Chen: Fast Variational AutoEncoder with Inverted
 * Multi-Index for Collaborative Filtering, WWW 2022. As in the authors' code the encoder is a sum
 * of item vectors of 200 numbers, divided by the root of their count, with dropout and ReLU, then
 * the Gaussian code of 32; the decoder turns it into a query of 200 numbers, and scores are inner
 * products of that with a second table of item vectors, without bias. With {@code decoder=linear}
 * the query is the code itself, as the paper's text has it. All positives of a user are set against
 * the same drawn items, each score corrected by the log-probability of its draw (equation 4). As in
 * the code, these may be a user's own, so that its positives stand against each other as they do in
 * the softmax of all items; {@code remove-accidental-hits} leaves them out.
 *
 * <p>The weight of the divergence can also be found by validation as Mult-VAE's paper does ({@code
 * kl-selection}, see {@link MultVae}); it then rises to 1 in {@code kl-anneal-steps}.
 *
 * <p>Deviations: losses and divergences are means over the users of a batch, so {@code kl-cap} is
 * the weight of a user's divergence (1/256 is that of the authors' code with its batches of 256;
 * the paper's text has 1); item vectors start Glorot uniform unless {@code init-deviation} says
 * otherwise (1 in the code); the first hidden layer has a bias; weight decay, 0.01 in the paper and
 * with PyTorch's Adam in the code, is 0 and Adam lazy, so that a step touches few rows ({@code
 * optimizer=adam-pytorch weight-decay=0.01} is theirs). Draws of sampler {@code dns} are not
 * corrected: their probability is not known without all scores (the code takes away a score in its
 * place).
 */
public final class FastVae implements SampledAutoencoderMethod {
  private static final List<Option<?>> OPTIONS = SampledAutoencoderOptions.list(List.of());

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
    return "Chen, Jin, Huang, Lian, Zheng, Chen: Fast Variational AutoEncoder with Inverted"
        + " Multi-Index for Collaborative Filtering. WWW 2022";
  }

  @Override
  public List<Option<?>> options() {
    return OPTIONS;
  }
}
