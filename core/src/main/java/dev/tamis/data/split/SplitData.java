package dev.tamis.data.split;

import dev.tamis.data.HeldOut;
import dev.tamis.data.Interactions;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Data parted for training and measuring.
 *
 * @param train what a model is trained on; its users and items are the catalogue
 * @param validation what settings and stopping are chosen by; its input is the training data
 * @param test what is reported; its input is all that is known by then, training and validation
 *     data of the same users
 * @param notes what was left out on the way, and why, one sentence each
 */
public record SplitData(
    Interactions train, Optional<HeldOut> validation, HeldOut test, List<String> notes) {
  public SplitData {
    Objects.requireNonNull(train);
    Objects.requireNonNull(validation);
    Objects.requireNonNull(test);
    notes = List.copyOf(notes);
  }
}
