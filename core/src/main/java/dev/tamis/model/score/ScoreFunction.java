package dev.tamis.model.score;

import dev.tamis.model.ItemTable;
import dev.tamis.model.Table;
import java.util.List;

/** How a query vector and an item become a number. */
public interface ScoreFunction {
  /** The vectors it looks at. */
  ItemTable items();

  /** What it learns beside the items, all of it used by every score. */
  default List<Table> parameters() {
    return List.of();
  }

  /**
   * Whether the gradient of an item vector is the derivative of the score times the query. Then an
   * entry of the items' gradient has its row's query as source; else each entry has a source of its
   * own, which {@link Scoring#backward} writes.
   */
  default boolean scalesQueries() {
    return false;
  }

  /** A part for one thread, for blocks of at most so many rows with so many candidates each. */
  Scoring newScoring(int maxRows, int width);
}
