package dev.tamis.serve;

import java.util.Objects;
import java.util.Optional;

/**
 * An item at its place in an answer.
 *
 * @param id as it was written in the training data
 * @param title its title, if the model has one for it
 * @param score what the model gave it, higher is better; comparable within one answer alone
 */
public record RankedItem(String id, Optional<String> title, float score) {
  public RankedItem {
    Objects.requireNonNull(id);
    Objects.requireNonNull(title);
  }
}
