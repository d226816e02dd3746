package dev.tamis.method;

import dev.tamis.config.Option;
import dev.tamis.method.sampler.Samplers;
import dev.tamis.model.tower.Activation;
import dev.tamis.optim.OptimizerName;
import java.util.List;

/**
 * A wide linear autoencoder of histories, trained on drawn items: a query is the sum of the vectors
 * of a history, some of it left out in training, and scores are inner products with a second table
 * of item vectors. As an item-item model of low rank it needs no vectors of users and no square in
 * the catalogue, and folds in anyone with a history.
 *
 * <p>In none of the papers as such: the denoising autoencoder of Mult-VAE's (Liang et al. 2018)
 * without hidden activation, under FastVAE's softmax over drawn items (Chen et al. 2022), here
 * drawn for a group of users together. Defaults are our own, chosen on Gowalla by validation (see
 * docs/benchmarks.md).
 */
public final class SampledDae implements SampledAutoencoderMethod {
  private static final List<Option<?>> OPTIONS =
      SampledAutoencoderOptions.list(
          List.of(
              SampledAutoencoderOptions.HIDDEN.withDefault(List.of(256)),
              SampledAutoencoderOptions.LATENT.withDefault(0),
              SampledAutoencoderOptions.ACTIVATION.withDefault(Activation.NONE),
              SampledAutoencoderOptions.DROPOUT.withDefault(0.0),
              SampledAutoencoderOptions.HISTORY_DROPOUT.withDefault(0.5),
              SampledAutoencoderOptions.NEGATIVES.withDefault(512),
              CommonOptions.EPOCHS.withDefault(60),
              CommonOptions.LEARNING_RATE.withDefault(0.005),
              CommonOptions.OPTIMIZER.withDefault(OptimizerName.ADAM_SPARSE),
              PairOptions.L2.withDefault(0.1),
              HistorySampling.SAMPLER.withDefault(Samplers.POPULARITY),
              HistorySampling.SHARED_NEGATIVES.withDefault(true),
              CommonOptions.REMOVE_ACCIDENTAL_HITS.withDefault(true)));

  @Override
  public String name() {
    return "sampled-dae";
  }

  @Override
  public String summary() {
    return "A wide linear autoencoder of whole histories, trained on drawn items; ranks users it"
        + " has never seen.";
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
}
