package dev.tamis.method;

import dev.tamis.config.Option;
import dev.tamis.optim.OptimizerName;

/**
 * Options that several methods share; a method sets the defaults of its paper with {@link
 * Option#by}.
 */
public final class CommonOptions {
  public static final Option<Integer> DIM =
      Option.whole("dim", 32, 1, 4096, "numbers in a user's or item's vector")
          .orKnownAs("factors", "no_components", "embedding_size", "embed_dim", "rank");
  public static final Option<Integer> EPOCHS =
      Option.whole("epochs", 60, 1, 100_000, "passes over the training data")
          .orKnownAs("iterations", "maxIter");
  public static final Option<Integer> BATCH_SIZE =
      Option.whole("batch-size", 128, 1, 1 << 20, "rows of a training step");
  public static final Option<Double> LEARNING_RATE =
      Option.real("learning-rate", 0.001, 1e-8, 10, "step size of the optimizer").orKnownAs("lr");
  public static final Option<Double> RATE_DECAY =
      Option.real(
          "rate-decay",
          1,
          1e-3,
          1,
          "what the learning rate is multiplied with every rate-decay-epochs");
  public static final Option<Integer> RATE_DECAY_EPOCHS =
      Option.whole(
          "rate-decay-epochs",
          5,
          1,
          100_000,
          "epochs from one decay of the learning rate to the next");
  public static final Option<OptimizerName> OPTIMIZER =
      Option.choice(
          "optimizer",
          OptimizerName.ADAM_LAZY,
          "adam moves every row in every step; adam-lazy does the same late, in closed form;"
              + " adam-sparse leaves rows without gradient alone; adam-pytorch is adam as PyTorch"
              + " has it where a loss is summed over a batch");
  public static final Option<Boolean> REMOVE_ACCIDENTAL_HITS =
      Option.flag(
              "remove-accidental-hits",
              false,
              "whether a user's own items, a row's positives among them, are left out of the"
                  + " negatives of the row")
          .orKnownAs("remove_accidental_hits");
  public static final Option<Integer> REFRESH_STEPS =
      Option.whole(
          "refresh-steps",
          0,
          0,
          1_000_000_000,
          "steps after which the sampler copies the current model again within an epoch; 0 for"
              + " before each epoch only");

  private CommonOptions() {}
}
