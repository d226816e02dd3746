package dev.tamis.method;

import dev.tamis.config.Option;
import dev.tamis.config.Settings;
import dev.tamis.model.tower.TowerShape;
import dev.tamis.optim.LearningRate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What every autoencoder of histories has. Defaults are those of Mult-VAE's paper (Liang et al.
 * 2018, section 4.3) for MovieLens-20M: layers of 600, a code of 200, tanh, dropout 0.5, Adam at
 * 0.001, batches of 500 users, 200 epochs.
 */
public record AutoencoderOptions(
    List<Integer> hidden,
    int latent,
    Decoder decoder,
    double dropout,
    int epochs,
    int batchSize,
    double learningRate,
    double rateDecay,
    int rateDecayEpochs) {
  /** What stands between the code and the scores. */
  public enum Decoder {
    /** The hidden layers of the encoder, the other way round. */
    SYMMETRIC,
    /** Nothing: scores are inner products of codes and items. */
    LINEAR
  }

  public static final Option<List<Integer>> HIDDEN =
      Option.widths(
          "hidden", List.of(600), 65_536, "widths of the layers from a history to its code");
  public static final Option<Integer> LATENT =
      Option.whole("latent", 200, 1, 65_536, "width of the code").orKnownAs("latent_dimension");
  public static final Option<Decoder> DECODER =
      Option.choice(
          "decoder",
          Decoder.SYMMETRIC,
          "from the code to the scores: the hidden layers the other way round, or none");
  public static final Option<Double> DROPOUT =
      Option.real(
          "dropout",
          0.5,
          0,
          0.99,
          "share of a history that is hidden from the encoder in training");
  public static final Option<Integer> EPOCHS = CommonOptions.EPOCHS.by(200);
  public static final Option<Integer> BATCH_SIZE = CommonOptions.BATCH_SIZE.by(500);

  private static final List<Option<?>> ALL =
      List.of(
          HIDDEN,
          LATENT,
          DECODER,
          DROPOUT,
          EPOCHS,
          BATCH_SIZE,
          CommonOptions.LEARNING_RATE,
          CommonOptions.RATE_DECAY,
          CommonOptions.RATE_DECAY_EPOCHS);

  /** All of them, the hidden layers with a default of their own, then more. */
  static List<Option<?>> list(Option<List<Integer>> hidden, Option<?>... more) {
    List<Option<?>> all = new ArrayList<>(ALL);
    all.set(0, hidden);
    all.addAll(Arrays.asList(more));
    return List.copyOf(all);
  }

  static AutoencoderOptions read(Settings given, Option<List<Integer>> hidden) {
    return new AutoencoderOptions(
        given.get(hidden),
        given.get(LATENT),
        given.get(DECODER),
        given.get(DROPOUT),
        given.get(EPOCHS),
        given.get(BATCH_SIZE),
        given.get(CommonOptions.LEARNING_RATE),
        given.get(CommonOptions.RATE_DECAY),
        given.get(CommonOptions.RATE_DECAY_EPOCHS));
  }

  Settings settings() {
    return Settings.none()
        .with(HIDDEN, hidden)
        .with(LATENT, latent)
        .with(DECODER, decoder)
        .with(DROPOUT, dropout)
        .with(EPOCHS, epochs)
        .with(BATCH_SIZE, batchSize)
        .with(CommonOptions.LEARNING_RATE, learningRate)
        .with(CommonOptions.RATE_DECAY, rateDecay)
        .with(CommonOptions.RATE_DECAY_EPOCHS, rateDecayEpochs);
  }

  /** The tower with a Gaussian code. */
  TowerShape variational(int items) {
    return new TowerShape(items, hidden, latent, decoderLayers());
  }

  /** The tower whose code is a layer like the others. */
  TowerShape denoising(int items) {
    List<Integer> encoder = new ArrayList<>(hidden);
    encoder.add(latent);
    return new TowerShape(items, encoder, 0, decoderLayers());
  }

  private List<Integer> decoderLayers() {
    List<Integer> layers = new ArrayList<>();
    for (int l = hidden.size() - 1; l >= 0 && decoder == Decoder.SYMMETRIC; l--) {
      layers.add(hidden.get(l));
    }
    return layers;
  }

  LearningRate rate() {
    return new LearningRate(learningRate, rateDecay, rateDecayEpochs);
  }
}
