package dev.tamis.data.feature;

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

  /** The fingerprints of both. */
  public String fingerprint() {
    return "items "
        + items.map(Features::fingerprint).orElse("none")
        + " users "
        + users.map(Features::fingerprint).orElse("none");
  }
}
