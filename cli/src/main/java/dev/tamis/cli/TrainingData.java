package dev.tamis.cli;

import dev.tamis.data.HeldOut;
import dev.tamis.data.Interactions;
import java.util.Optional;

/**
 * What a run is trained, validated and tested on.
 *
 * @param train the interactions to learn from
 * @param validation what to choose the best epoch by, if anything
 * @param test what to measure the finished model on, if anything
 */
record TrainingData(Interactions train, Optional<HeldOut> validation, Optional<HeldOut> test) {
  /** The memory of the data that is kept from training, in bytes. */
  long furtherBytes() {
    return bytes(validation) + bytes(test);
  }

  private static long bytes(Optional<HeldOut> heldOut) {
    return heldOut.map(h -> 4L * h.target().size() + 8L * h.target().userCount()).orElse(0L);
  }
}
