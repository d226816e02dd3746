package dev.tamis.train;

import dev.tamis.config.TamisException;
import java.util.Objects;
import java.util.Optional;

/**
 * How a training run goes, as opposed to what the model is. Of these, only the seed, the validation
 * and, where it says so, the shards can change the result.
 *
 * @param seed keys every random number
 * @param threads how many threads to use, at least 1
 * @param shards into how many parts a batch of pairs is cut to share it among threads. The last
 *     digits of a reported loss depend on it; so do those of a model whose score or tower has
 *     parameters that all pairs use, because each shard sums their gradients for itself
 * @param validation measured during training, if anything
 * @param checkpoints where state is left
 * @param listener who is told of progress
 */
public record Run(
    long seed,
    int threads,
    int shards,
    Optional<Validation> validation,
    Checkpoints checkpoints,
    TrainingListener listener) {
  /** The number of shards unless another is asked for. */
  public static final int DEFAULT_SHARDS = 8;

  public Run {
    if (threads < 1 || shards < 1) {
      throw TamisException.config(
          "threads and shards must be at least 1, but are " + threads + " and " + shards);
    }
    Objects.requireNonNull(validation);
    Objects.requireNonNull(checkpoints);
    Objects.requireNonNull(listener);
  }

  /** A run with a seed on all processors: no validation, no checkpoints, silent. */
  public static Run seeded(long seed) {
    return new Run(
        seed,
        Runtime.getRuntime().availableProcessors(),
        DEFAULT_SHARDS,
        Optional.empty(),
        Checkpoints.NONE,
        TrainingListener.SILENT);
  }

  public Run withSeed(long other) {
    return new Run(other, threads, shards, validation, checkpoints, listener);
  }

  public Run withThreads(int number) {
    return new Run(seed, number, shards, validation, checkpoints, listener);
  }

  public Run withValidation(Validation other) {
    return new Run(seed, threads, shards, Optional.of(other), checkpoints, listener);
  }

  public Run withCheckpoints(Checkpoints other) {
    return new Run(seed, threads, shards, validation, other, listener);
  }

  public Run withListener(TrainingListener other) {
    return new Run(seed, threads, shards, validation, checkpoints, other);
  }
}
