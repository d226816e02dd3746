package dev.tamis.cli;

import dev.tamis.artifact.TrainedModel;
import dev.tamis.data.Interactions;
import dev.tamis.data.split.HeldOuts;

/** What is known of a model's users, where it is not what the model was trained on. */
final class KnownItems {
  private KnownItems() {}

  /** The given pairs in the numbers of the model; users and items it does not know are left out. */
  static Interactions of(TrainedModel model, Interactions given) {
    Interactions none =
        new Interactions(
            model.users(),
            model.items(),
            new int[model.users().size() + 1],
            new int[0],
            null,
            null);
    return HeldOuts.of(none, given).heldOut().target();
  }
}
