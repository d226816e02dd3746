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
 * 0.001, batches of 500 users, 200 epochs. As in the authors' code, a history is scaled to length 1
 * before dropout; in the paper its items count 1 each.
 */
public record AutoencoderOptions(
    List<Integer> hidden,
    int latent,
    Decoder decoder,
    boolean scaleHistory,
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
  public static final Option<Boolean> SCALE_HISTORY =
      Option.flag(
          "scale-history",
          true,
          "whether a history is scaled to length 1, or its items count 1 each");
  public static final Option<Double> DROPOUT =
      Option.real(
          "dropout",
          0.5,
          0,
          0.99,
          "share of a history that is hidden from the encoder in training");
  public static final Option<Integer> EPOCHS = CommonOptions.EPOCHS.withDefault(200);
  public static final Option<Integer> BATCH_SIZE = CommonOptions.BATCH_SIZE.withDefault(500);

  private static final List<Option<?>> ALL =
      List.of(
          HIDDEN,
          LATENT,
          DECODER,
          SCALE_HISTORY,
          DROPOUT,
          EPOCHS,
          BATCH_SIZE,
          CommonOptions.LEARNING_RATE,
          CommonOptions.RATE_DECAY,
          CommonOptions.RATE_DECAY_EPOCHS);

  /**
   * @throws dev.tamis.config.TamisException of kind CONFIG if a number is out of the range of its
   *     option
   */
  public AutoencoderOptions {
    hidden = HIDDEN.check(List.copyOf(hidden));
    LATENT.check(latent);
    DROPOUT.check(dropout);
    EPOCHS.check(epochs);
    BATCH_SIZE.check(batchSize);
    CommonOptions.LEARNING_RATE.check(learningRate);
    CommonOptions.RATE_DECAY.check(rateDecay);
    CommonOptions.RATE_DECAY_EPOCHS.check(rateDecayEpochs);
  }

  /** All of them, those in {@code instead} with the defaults that they have there, then more. */
  static List<Option<?>> list(List<Option<?>> instead, Option<?>... more) {
    List<Option<?>> all = new ArrayList<>(ALL);
    all.addAll(Arrays.asList(more));
    Option.replace(all, instead);
    return List.copyOf(all);
  }

  /** The values given, and the defaults of {@code options}, a list made by {@link #list}. */
  static AutoencoderOptions read(Settings given, List<Option<?>> options) {
    Settings all = given.withDefaults(options);
    return new AutoencoderOptions(
        all.get(HIDDEN),
        all.get(LATENT),
        all.get(DECODER),
        all.get(SCALE_HISTORY),
        all.get(DROPOUT),
        all.get(EPOCHS),
        all.get(BATCH_SIZE),
        all.get(CommonOptions.LEARNING_RATE),
        all.get(CommonOptions.RATE_DECAY),
        all.get(CommonOptions.RATE_DECAY_EPOCHS));
  }

  Settings settings() {
    return Settings.none()
        .with(HIDDEN, hidden)
        .with(LATENT, latent)
        .with(DECODER, decoder)
        .with(SCALE_HISTORY, scaleHistory)
        .with(DROPOUT, dropout)
        .with(EPOCHS, epochs)
        .with(BATCH_SIZE, batchSize)
        .with(CommonOptions.LEARNING_RATE, learningRate)
        .with(CommonOptions.RATE_DECAY, rateDecay)
        .with(CommonOptions.RATE_DECAY_EPOCHS, rateDecayEpochs);
  }

  /** The tower with a Gaussian code. */
  TowerShape variational(int items) {
    return new TowerShape(items, hidden, latent, decoderLayers(), scaleHistory, 0);
  }

  /** The tower whose code is a layer like the others. */
  TowerShape denoising(int items) {
    List<Integer> encoder = new ArrayList<>(hidden);
    encoder.add(latent);
    return new TowerShape(items, encoder, 0, decoderLayers(), scaleHistory, 0);
  }

  private List<Integer> decoderLayers() {
    return decoderLayers(hidden, decoder);
  }

  /** The widths from a code to the scores. */
  static List<Integer> decoderLayers(List<Integer> hidden, Decoder decoder) {
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
