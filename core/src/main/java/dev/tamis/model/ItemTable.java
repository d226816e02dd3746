package dev.tamis.model;

import java.util.List;
import java.util.Optional;

/**
 * The items' side of a dot score: a vector an item, and a bias where the model has one.
 *
 * @param vectors [items x width]
 * @param bias [items x 1], if any
 */
public record ItemTable(Table vectors, Optional<Table> bias) {
  public ItemTable {
    if (bias.isPresent() && (bias.get().rows() != vectors.rows() || bias.get().width() != 1)) {
      throw new IllegalArgumentException(
          "the bias table does not have one number for each of " + vectors.rows() + " items");
    }
  }

  public int items() {
    return vectors.rows();
  }

  public int width() {
    return vectors.width();
  }

  /** Vectors, then the bias if there is one. */
  public List<Table> tables() {
    return bias.map(b -> List.of(vectors, b)).orElse(List.of(vectors));
  }
}
