package dev.tamis.method;

import dev.tamis.config.Option;
import dev.tamis.config.Settings;
import dev.tamis.config.TamisException;
import dev.tamis.model.tower.Activation;
import dev.tamis.model.tower.Dropout;
import dev.tamis.model.tower.TowerShape;
import dev.tamis.optim.LearningRate;
import dev.tamis.optim.Optimizer;
import dev.tamis.optim.OptimizerName;
import java.util.ArrayList;
import java.util.List;

/**
 * What every autoencoder of histories has that is trained on drawn items; each component is the
 * option of that name. Defaults are those of FastVAE's code (Chen et al. 2022) where it says
 * anything, optimizer and weight decay aside; see {@link FastVae} for these and other deviations.
 */
public record SampledAutoencoderOptions(
    List<Integer> hidden,
    int latent,
    AutoencoderOptions.Decoder decoder,
    Activation activation,
    double dropout,
    double historyDropout,
    double hiddenShare,
    boolean itemBias,
    double initDeviation,
    double klCap,
    int klAnnealSteps,
    VariationalOptions.KlSelection klSelection,
    int klPatience,
    int negatives,
    int epochs,
    int batchSize,
    double learningRate,
    double rateDecay,
    int rateDecayEpochs,
    OptimizerName optimizer,
    double l2,
    double weightDecay) {
  public static final Option<List<Integer>> HIDDEN =
      AutoencoderOptions.HIDDEN.withDefault(List.of(200));
  public static final Option<Integer> LATENT =
      Option.whole("latent", 32, 0, 65_536, "width of the code; 0 for none, so no divergence")
          .orKnownAs("latent_dimension");
  public static final Option<Activation> ACTIVATION =
      Option.choice(
          "activation", Activation.RELU, "what the layers from a history to its code end in");
  public static final Option<Double> DROPOUT =
      Option.real(
          "dropout", 0.5, 0, 0.99, "share of the first hidden layer that is dropped in training");
  public static final Option<Double> HISTORY_DROPOUT =
      Option.real(
          "history-dropout",
          0,
          0,
          0.99,
          "share of a history that is hidden from the encoder in training");
  public static final Option<Double> HIDDEN_SHARE =
      Option.real(
          "hidden-share",
          0,
          0,
          0.99,
          "share of a history that is hidden from the encoder and is all that it must predict,"
              + " drawn anew in each epoch; 0 to predict all of it from all of it");
  public static final Option<Integer> NEGATIVES =
      Option.whole("negatives", 200, 1, 10_000, "items drawn for each user, or group of users");
  public static final Option<Double> KL_CAP = VariationalOptions.KL_CAP.withDefault(1.0 / 256);
  public static final Option<Integer> KL_ANNEAL_STEPS =
      VariationalOptions.KL_ANNEAL_STEPS.withDefault(0);

  private static final List<Option<?>> ALL =
      List.of(
          HIDDEN,
          LATENT,
          AutoencoderOptions.DECODER,
          ACTIVATION,
          DROPOUT,
          HISTORY_DROPOUT,
          HIDDEN_SHARE,
          PairShape.ITEM_BIAS,
          PairShape.INIT_DEVIATION,
          KL_CAP,
          KL_ANNEAL_STEPS,
          VariationalOptions.KL_SELECTION,
          VariationalOptions.KL_PATIENCE,
          NEGATIVES,
          CommonOptions.EPOCHS.withDefault(200),
          CommonOptions.BATCH_SIZE.withDefault(256),
          CommonOptions.LEARNING_RATE,
          CommonOptions.RATE_DECAY.withDefault(0.95),
          CommonOptions.RATE_DECAY_EPOCHS,
          CommonOptions.OPTIMIZER,
          PairOptions.L2.withDefault(0.0),
          PairOptions.WEIGHT_DECAY);

  /**
   * @throws TamisException of kind CONFIG if a number is out of the range of its option, or there
   *     is no layer where one is needed
   */
  public SampledAutoencoderOptions {
    hidden = HIDDEN.check(List.copyOf(hidden));
    LATENT.check(latent);
    DROPOUT.check(dropout);
    HISTORY_DROPOUT.check(historyDropout);
    HIDDEN_SHARE.check(hiddenShare);
    PairShape.INIT_DEVIATION.check(initDeviation);
    KL_CAP.check(klCap);
    KL_ANNEAL_STEPS.check(klAnnealSteps);
    VariationalOptions.KL_PATIENCE.check(klPatience);
    NEGATIVES.check(negatives);
    CommonOptions.EPOCHS.check(epochs);
    CommonOptions.BATCH_SIZE.check(batchSize);
    CommonOptions.LEARNING_RATE.check(learningRate);
    CommonOptions.RATE_DECAY.check(rateDecay);
    CommonOptions.RATE_DECAY_EPOCHS.check(rateDecayEpochs);
    PairOptions.L2.check(l2);
    PairOptions.WEIGHT_DECAY.check(weightDecay);
    if (hidden.isEmpty() && latent == 0) {
      throw TamisException.config(
          "an autoencoder needs a hidden layer or a code, but hidden and latent are both 0; set"
              + " one of them");
    }
    if (hidden.isEmpty() && dropout > 0) {
      throw TamisException.config(
          "dropout drops from the first hidden layer, but hidden is 0; set dropout=0, or use"
              + " history-dropout");
    }
  }

  /**
   * All of them and those of the sampler, those in {@code instead} with the defaults that they have
   * there.
   */
  static List<Option<?>> list(List<Option<?>> instead) {
    List<Option<?>> all = new ArrayList<>(ALL);
    all.addAll(HistorySampling.ALL);
    Option.replace(all, instead);
    return List.copyOf(all);
  }

  /** From values for all of a method's options. */
  static SampledAutoencoderOptions read(Settings all) {
    return new SampledAutoencoderOptions(
        all.get(HIDDEN),
        all.get(LATENT),
        all.get(AutoencoderOptions.DECODER),
        all.get(ACTIVATION),
        all.get(DROPOUT),
        all.get(HISTORY_DROPOUT),
        all.get(HIDDEN_SHARE),
        all.get(PairShape.ITEM_BIAS),
        all.get(PairShape.INIT_DEVIATION),
        all.get(KL_CAP),
        all.get(KL_ANNEAL_STEPS),
        all.get(VariationalOptions.KL_SELECTION),
        all.get(VariationalOptions.KL_PATIENCE),
        all.get(NEGATIVES),
        all.get(CommonOptions.EPOCHS),
        all.get(CommonOptions.BATCH_SIZE),
        all.get(CommonOptions.LEARNING_RATE),
        all.get(CommonOptions.RATE_DECAY),
        all.get(CommonOptions.RATE_DECAY_EPOCHS),
        all.get(CommonOptions.OPTIMIZER),
        all.get(PairOptions.L2),
        all.get(PairOptions.WEIGHT_DECAY));
  }

  Settings settings() {
    return Settings.none()
        .with(HIDDEN, hidden)
        .with(LATENT, latent)
        .with(AutoencoderOptions.DECODER, decoder)
        .with(ACTIVATION, activation)
        .with(DROPOUT, dropout)
        .with(HISTORY_DROPOUT, historyDropout)
        .with(HIDDEN_SHARE, hiddenShare)
        .with(PairShape.ITEM_BIAS, itemBias)
        .with(PairShape.INIT_DEVIATION, initDeviation)
        .with(KL_CAP, klCap)
        .with(KL_ANNEAL_STEPS, klAnnealSteps)
        .with(VariationalOptions.KL_SELECTION, klSelection)
        .with(VariationalOptions.KL_PATIENCE, klPatience)
        .with(NEGATIVES, negatives)
        .with(CommonOptions.EPOCHS, epochs)
        .with(CommonOptions.BATCH_SIZE, batchSize)
        .with(CommonOptions.LEARNING_RATE, learningRate)
        .with(CommonOptions.RATE_DECAY, rateDecay)
        .with(CommonOptions.RATE_DECAY_EPOCHS, rateDecayEpochs)
        .with(CommonOptions.OPTIMIZER, optimizer)
        .with(PairOptions.L2, l2)
        .with(PairOptions.WEIGHT_DECAY, weightDecay);
  }

  /**
   * Refuses to look for the weight of a divergence that there is not.
   *
   * @throws TamisException of kind CONFIG
   */
  void requireCodeForSearch() {
    if (latent == 0 && klSelection != VariationalOptions.KlSelection.GIVEN) {
      throw TamisException.config(
          "kl-selection "
              + VariationalOptions.KL_SELECTION.format(klSelection)
              + " finds the weight of a code's divergence, but latent is 0, so there is no code;"
              + " set kl-selection=given, or a latent width");
    }
  }

  /** The tower; the layer that gives the query ends in nothing. */
  TowerShape shape(int items) {
    List<Integer> back = AutoencoderOptions.decoderLayers(hidden, decoder);
    return new TowerShape(
        items, hidden, latent, latent > 0 ? back : List.of(), true, 0, activation, Activation.NONE);
  }

  Dropout dropouts() {
    return new Dropout(historyDropout, dropout);
  }

  LearningRate rate() {
    return new LearningRate(learningRate, rateDecay, rateDecayEpochs);
  }

  /** The optimizer, for losses that are means over the rows of a batch. */
  Optimizer rule() {
    return optimizer.optimizer(batchSize, weightDecay, OptimizerName.INITIAL_ACCUMULATOR);
  }
}
