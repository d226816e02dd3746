package dev.tamis.lab;

import dev.tamis.data.HeldOut;
import dev.tamis.data.Interactions;
import dev.tamis.data.feature.SideFeatures;
import java.util.Optional;

/**
 * What a run is trained, validated and tested on.
 *
 * @param train the interactions to learn from
 * @param validation what to choose the best epoch by, if anything
 * @param test what to measure the finished model on, if anything
 * @param features what is known of items and users, for methods that take features
 */
public record TrainingData(
    Interactions train,
    Optional<HeldOut> validation,
    Optional<HeldOut> test,
    SideFeatures features) {
  /** Without features. */
  public TrainingData(Interactions train, Optional<HeldOut> validation, Optional<HeldOut> test) {
    this(train, validation, test, SideFeatures.NONE);
  }

  /** The same with features, which are in the numbers of the training data. */
  public TrainingData with(SideFeatures others) {
    return new TrainingData(train, validation, test, others);
  }

  /** The memory of the training data, in bytes. */
  public long trainBytes() {
    return 4L * (train.userCount() + 1)
        + 4L * train.size() * (1 + (train.ratings().isPresent() ? 1 : 0))
        + 8L * (train.timestamps().isPresent() ? train.size() : 0)
        + train.users().bytes().length
        + train.items().bytes().length
        + 4L * (train.userCount() + train.itemCount());
  }

  /** The memory of the data that is kept from training, in bytes. */
  public long furtherBytes() {
    return bytes(validation) + bytes(test);
  }

  private static long bytes(Optional<HeldOut> heldOut) {
    return heldOut.map(h -> 4L * h.target().size() + 8L * h.target().userCount()).orElse(0L);
  }
}
