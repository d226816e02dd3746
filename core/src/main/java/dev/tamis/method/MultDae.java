package dev.tamis.method;

import dev.tamis.artifact.TrainedModel;
import dev.tamis.config.Option;
import dev.tamis.config.Settings;
import dev.tamis.data.Interactions;
import dev.tamis.model.tower.TowerShape;
import dev.tamis.objective.Multinomial;
import dev.tamis.optim.LearningRate;
import dev.tamis.train.KlSchedule;
import dev.tamis.train.MemoryPlan;
import dev.tamis.train.Run;
import java.util.List;

/**
 * Mult-DAE: a denoising autoencoder of histories with a multinomial likelihood.
 *
 * <p>Liang, Krishnan, Hoffman, Jebara: Variational Autoencoders for Collaborative Filtering, WWW
 * 2018. Defaults are the paper's for MovieLens-20M: [items-200-items], tanh, dropout 0.5, Adam at
 * 0.001, batches of 500 users. The paper's weight decay of 0.01 is, in the authors' code, {@code
 * 0.01 / 500 * sum |W|^2} beside the mean over users, so {@code weight-decay} is 2e-5 here. With
 * {@code hidden=600} it is as deep as Mult-VAE: [items-600-200-600-items].
 */
public final class MultDae implements Method<MultDae.Options> {
  public static final Option<Integer> HIDDEN = MultVae.HIDDEN.by(0);
  public static final Option<Integer> LATENT = MultVae.LATENT;
  public static final Option<Double> WEIGHT_DECAY =
      Option.real(
              "weight-decay",
              2e-5,
              0,
              1,
              "weight of the squared length of all weights, biases left out")
          .orKnownAs("l2", "reg_weight");

  /** What the model is and how it is trained; each component is the option of that name. */
  public record Options(
      int hidden,
      int latent,
      double dropout,
      double weightDecay,
      int epochs,
      int batchSize,
      double learningRate,
      double rateDecay,
      int rateDecayEpochs) {
    Settings settings() {
      return Settings.none()
          .with(HIDDEN, hidden)
          .with(LATENT, latent)
          .with(MultVae.DROPOUT, dropout)
          .with(WEIGHT_DECAY, weightDecay)
          .with(MultVae.EPOCHS, epochs)
          .with(MultVae.BATCH_SIZE, batchSize)
          .with(CommonOptions.LEARNING_RATE, learningRate)
          .with(CommonOptions.RATE_DECAY, rateDecay)
          .with(CommonOptions.RATE_DECAY_EPOCHS, rateDecayEpochs);
    }

    TowerShape shape(int items) {
      return hidden > 0
          ? new TowerShape(items, List.of(hidden, latent), 0, List.of(hidden))
          : new TowerShape(items, List.of(latent), 0, List.of());
    }
  }

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
  public boolean ranksUnseenUsers() {
    return true;
  }

  @Override
  public List<Option<?>> options() {
    return List.of(
        HIDDEN,
        LATENT,
        MultVae.DROPOUT,
        WEIGHT_DECAY,
        MultVae.EPOCHS,
        MultVae.BATCH_SIZE,
        CommonOptions.LEARNING_RATE,
        CommonOptions.RATE_DECAY,
        CommonOptions.RATE_DECAY_EPOCHS);
  }

  @Override
  public Options read(Settings given) {
    return new Options(
        given.get(HIDDEN),
        given.get(LATENT),
        given.get(MultVae.DROPOUT),
        given.get(WEIGHT_DECAY),
        given.get(MultVae.EPOCHS),
        given.get(MultVae.BATCH_SIZE),
        given.get(CommonOptions.LEARNING_RATE),
        given.get(CommonOptions.RATE_DECAY),
        given.get(CommonOptions.RATE_DECAY_EPOCHS));
  }

  @Override
  public MemoryPlan plan(Interactions train, Options o, Run run) {
    return AutoencoderTraining.plan(train, o.shape(train.itemCount()), o.batchSize(), run);
  }

  @Override
  public TrainedModel fit(Interactions train, Options o, Run run) {
    return new AutoencoderTraining(
            name(),
            o.settings().complete(options()),
            o.shape(train.itemCount()),
            new Multinomial(),
            o.dropout(),
            new KlSchedule(0, 0),
            o.weightDecay(),
            o.epochs(),
            o.batchSize(),
            new LearningRate(o.learningRate(), o.rateDecay(), o.rateDecayEpochs()))
        .fit(train, run)
        .model();
  }
}
