package dev.tamis.data.feature;

import java.util.Optional;

/** How the features of items and of users become rows of tables, where they have any. */
public record FeatureEncodings(Optional<FeatureEncoding> items, Optional<FeatureEncoding> users) {
  /** Neither has any. */
  public static final FeatureEncodings NONE =
      new FeatureEncodings(Optional.empty(), Optional.empty());

  public boolean isEmpty() {
    return items.isEmpty() && users.isEmpty();
  }
}
