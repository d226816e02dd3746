package dev.tamis.data.feature;

import dev.tamis.config.TamisException;
import dev.tamis.data.IdMap;
import dev.tamis.data.Interactions;
import java.util.Optional;

/**
 * What is known of items and users beside the interactions, if anything.
 *
 * @param items a row an item of the training data, in their order
 * @param users a row a user of the training data, in their order
 */
public record SideFeatures(Optional<Features> items, Optional<Features> users) {
  /** Nothing is known. */
  public static final SideFeatures NONE = new SideFeatures(Optional.empty(), Optional.empty());

  public boolean isEmpty() {
    return items.isEmpty() && users.isEmpty();
  }

  /**
   * Refuses features that are not those of the training data: their rows would be taken for those
   * of others.
   *
   * @throws TamisException of kind USAGE
   */
  public void requireOf(Interactions train) {
    items.ifPresent(features -> requireOf("item", features.ids(), train.items()));
    users.ifPresent(features -> requireOf("user", features.ids(), train.users()));
  }

  private static void requireOf(String side, IdMap ids, IdMap wanted) {
    if (!ids.sameAs(wanted)) {
      throw TamisException.usage(
          "the "
              + side
              + " features are of "
              + ids.size()
              + " ids such as "
              + ids.sample()
              + ", which are not the "
              + wanted.size()
              + " "
              + side
              + "s of the training data, such as "
              + wanted.sample()
              + "; bring them there by features.of(train."
              + side
              + "s())");
    }
  }

  /** The fingerprints of both. */
  public String fingerprint() {
    return "items "
        + items.map(Features::fingerprint).orElse("none")
        + " users "
        + users.map(Features::fingerprint).orElse("none");
  }
}
