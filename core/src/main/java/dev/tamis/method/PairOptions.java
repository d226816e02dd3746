package dev.tamis.method;

import dev.tamis.config.Option;
import dev.tamis.config.Settings;
import dev.tamis.optim.LearningRate;
import dev.tamis.optim.Optimizer;
import dev.tamis.optim.OptimizerName;
import dev.tamis.train.Reduction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What every pair model has: users and items in one space, candidates drawn for each positive.
 * Defaults are those with which PRIS (Lian, Liu, Chen 2020, section 5.3 and its code) ran its pair
 * models: five negatives, mini-batches of 128, Adam at 0.001 in TensorFlow's form, L2 of 1/128 an
 * occurrence averaged over the batch, Glorot normal start, 60 epochs.
 *
 * <p>{@code weightDecay} is that of a loss summed over the batch, as PyTorch code has it: where
 * losses are means over the batch, it is divided by {@code batchSize}. (A shorter last batch of an
 * epoch is averaged over its own rows and decays the same.)
 */
public record PairOptions(
    PairShape shape,
    int negatives,
    int epochs,
    int batchSize,
    double learningRate,
    double rateDecay,
    int rateDecayEpochs,
    OptimizerName optimizer,
    double initialAccumulator,
    double l2,
    double weightDecay) {
  public static final Option<Integer> NEGATIVES =
      Option.whole("negatives", 5, 1, 10_000, "negatives drawn for each positive");
  public static final Option<Double> INITIAL_ACCUMULATOR =
      Option.real(
          "initial-accumulator",
          OptimizerName.INITIAL_ACCUMULATOR,
          0,
          1e6,
          "where the sums of squares of optimizer adagrad start");
  public static final Option<Double> L2 =
      Option.real(
              "l2",
              1.0 / 128,
              0,
              1e6,
              "weight of the squared length of each vector in a batch, once for each time it stands"
                  + " there")
          .orKnownAs("regularization", "reg_weight", "regParam");
  public static final Option<Double> WEIGHT_DECAY =
      Option.real(
              "weight-decay",
              0,
              0,
              1e3 * (1 << 20), // what the highest of a mean over the largest batch is in a sum
              "L2 of every parameter in every step, as PyTorch adds it to the gradient of a loss"
                  + " that is summed over a batch; needs optimizer adam or adam-pytorch")
          .orKnownAs("weight_decay");

  private static final List<Option<?>> TRAINING =
      List.of(
          NEGATIVES,
          CommonOptions.EPOCHS,
          CommonOptions.BATCH_SIZE,
          CommonOptions.LEARNING_RATE,
          CommonOptions.RATE_DECAY,
          CommonOptions.RATE_DECAY_EPOCHS,
          CommonOptions.OPTIMIZER,
          INITIAL_ACCUMULATOR,
          L2,
          WEIGHT_DECAY);

  /**
   * @throws dev.tamis.config.TamisException of kind CONFIG if a number is out of the range of its
   *     option
   */
  public PairOptions {
    NEGATIVES.check(negatives);
    CommonOptions.EPOCHS.check(epochs);
    CommonOptions.BATCH_SIZE.check(batchSize);
    CommonOptions.LEARNING_RATE.check(learningRate);
    CommonOptions.RATE_DECAY.check(rateDecay);
    CommonOptions.RATE_DECAY_EPOCHS.check(rateDecayEpochs);
    INITIAL_ACCUMULATOR.check(initialAccumulator);
    L2.check(l2);
    WEIGHT_DECAY.check(weightDecay);
  }

  /** All of them, those in {@code instead} with the defaults that they have there, then more. */
  static List<Option<?>> list(List<Option<?>> instead, Option<?>... more) {
    return list(instead, Arrays.asList(more));
  }

  /** The same. */
  static List<Option<?>> list(List<Option<?>> instead, List<Option<?>> more) {
    List<Option<?>> all = new ArrayList<>(PairShape.ALL);
    all.addAll(TRAINING);
    Option.replace(all, instead);
    all.addAll(more);
    return List.copyOf(all);
  }

  /** The options of a list without some, for a method to which they say nothing. */
  static List<Option<?>> without(List<Option<?>> options, List<Option<?>> left) {
    List<String> names = left.stream().<String>map(Option::name).toList();
    return options.stream().filter(option -> !names.contains(option.name())).toList();
  }

  /**
   * The values given, and the defaults of {@code options}, a list that was made by {@link #list}.
   */
  static PairOptions read(Settings given, List<Option<?>> options) {
    Settings all = given.withDefaults(options);
    return new PairOptions(
        PairShape.read(all),
        all.get(NEGATIVES),
        all.get(CommonOptions.EPOCHS),
        all.get(CommonOptions.BATCH_SIZE),
        all.get(CommonOptions.LEARNING_RATE),
        all.get(CommonOptions.RATE_DECAY),
        all.get(CommonOptions.RATE_DECAY_EPOCHS),
        all.get(CommonOptions.OPTIMIZER),
        all.get(INITIAL_ACCUMULATOR),
        all.get(L2),
        all.get(WEIGHT_DECAY));
  }

  Settings settings() {
    return shape
        .settings()
        .with(NEGATIVES, negatives)
        .with(CommonOptions.EPOCHS, epochs)
        .with(CommonOptions.BATCH_SIZE, batchSize)
        .with(CommonOptions.LEARNING_RATE, learningRate)
        .with(CommonOptions.RATE_DECAY, rateDecay)
        .with(CommonOptions.RATE_DECAY_EPOCHS, rateDecayEpochs)
        .with(CommonOptions.OPTIMIZER, optimizer)
        .with(INITIAL_ACCUMULATOR, initialAccumulator)
        .with(L2, l2)
        .with(WEIGHT_DECAY, weightDecay);
  }

  /** The width of item vectors. */
  int dim() {
    return shape.dim();
  }

  /** These options with another shape. */
  PairOptions with(PairShape other) {
    return new PairOptions(
        other,
        negatives,
        epochs,
        batchSize,
        learningRate,
        rateDecay,
        rateDecayEpochs,
        optimizer,
        initialAccumulator,
        l2,
        weightDecay);
  }

  /** These options with another weight decay. */
  PairOptions withWeightDecay(double other) {
    return new PairOptions(
        shape,
        negatives,
        epochs,
        batchSize,
        learningRate,
        rateDecay,
        rateDecayEpochs,
        optimizer,
        initialAccumulator,
        l2,
        other);
  }

  /** These options with another score. */
  PairOptions with(PairShape.Score score) {
    return with(shape.with(score, shape.dim()));
  }

  /**
   * The optimizer with its constants and its weight decay.
   *
   * @param reduction of the losses of a batch
   * @throws dev.tamis.config.TamisException of kind CONFIG if it cannot decay weights
   */
  Optimizer rule(Reduction reduction) {
    return optimizer.optimizer(
        reduction == Reduction.MEAN ? batchSize : 1, weightDecay, initialAccumulator);
  }

  LearningRate rate() {
    return new LearningRate(learningRate, rateDecay, rateDecayEpochs);
  }
}
