package dev.tamis.method;

import dev.tamis.config.Option;
import dev.tamis.config.Settings;
import dev.tamis.optim.OptimizerName;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * What methods have in common whose negatives are the positives of a batch. Defaults are those of
 * BIR and XIR (Chen, Lian, Li, Wang, Zheng, Chen 2022, section 5.1, and its code): vectors of 32
 * numbers that start as N(0, 1), batches of 2,048, PyTorch's Adam at 0.001, which shrinks by 0.95
 * every five epochs, 100 epochs. The loss is a mean over the batch, and weight decay that of such a
 * loss. Adam's epsilon is {@code 1e-8 / batch-size}, which is that of a loss that is summed, as
 * other pair methods have it; in that code it is 1e-8, next to nothing either way.
 *
 * <p>As in that code, all positives of the batch stand against each row: its own a second time, and
 * others of its user, unless {@code remove-accidental-hits}.
 *
 * @param towers how vectors are made where items or users have features
 */
public record InBatchOptions(PairOptions pair, boolean removeAccidentalHits, TowerOptions towers) {
  public static final Option<Double> WEIGHT_DECAY =
      Option.real(
              "weight-decay",
              1e-5,
              0,
              1e3,
              "L2 of every parameter in every step, as PyTorch adds it to the gradient of a loss"
                  + " that is a mean over a batch; needs optimizer adam or adam-pytorch")
          .orKnownAs("weight_decay");

  /**
   * @throws dev.tamis.config.TamisException of kind CONFIG if the weight decay is out of the range
   *     of its option
   */
  public InBatchOptions {
    WEIGHT_DECAY.check(pair.weightDecay()); // a narrower range than that of a summed loss
  }

  /** These options and some more. */
  static List<Option<?>> list(Option<?>... more) {
    Option<?>[] all =
        Stream.concat(Stream.of(CommonOptions.REMOVE_ACCIDENTAL_HITS), Arrays.stream(more))
            .toArray(Option<?>[]::new);
    return TowerOptions.after(
        PairOptions.without(
            PairOptions.list(
                List.of(
                    PairShape.INIT_DEVIATION.withDefault(1.0),
                    CommonOptions.EPOCHS.withDefault(100),
                    CommonOptions.BATCH_SIZE.withDefault(2048),
                    CommonOptions.RATE_DECAY.withDefault(0.95),
                    CommonOptions.OPTIMIZER.withDefault(OptimizerName.ADAM_PYTORCH),
                    PairOptions.L2.withDefault(0.0),
                    WEIGHT_DECAY),
                all),
            List.of(PairOptions.NEGATIVES, PairShape.GMF_DIM, PairShape.HIDDEN_LAYERS)));
  }

  /** The values given, and the defaults of {@code options}, which {@link #list} made. */
  static InBatchOptions read(Settings given, List<Option<?>> options) {
    return new InBatchOptions(
        PairOptions.read(given, options),
        given.get(CommonOptions.REMOVE_ACCIDENTAL_HITS),
        TowerOptions.read(given));
  }

  Settings settings() {
    return towers.into(
        pair.settings().with(CommonOptions.REMOVE_ACCIDENTAL_HITS, removeAccidentalHits));
  }

  int batchSize() {
    return pair.batchSize();
  }

  boolean keepsAccidentalHits() {
    return !removeAccidentalHits;
  }

  /** As pair models are trained: weight decay is that of a loss summed over the batch. */
  PairOptions training() {
    return pair.withWeightDecay(pair.weightDecay() * pair.batchSize());
  }

  /** A size that an option gives, or that of a batch where it is 0. */
  int orBatchSize(int size) {
    return size == 0 ? pair.batchSize() : size;
  }
}
