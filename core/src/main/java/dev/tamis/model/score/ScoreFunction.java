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
   * Whether the gradient of an item vector is a coefficient times the query, which is what {@link
   * Scoring#backward} then writes: an entry of the items' gradient has its row's query as source.
   * Else each entry has a source of its own, which is written too.
   */
  default boolean scalesQueries() {
    return false;
  }

  /**
   * Whether the item's own vector is taken off such a source: the gradient of an item vector is the
   * coefficient times the query less the item.
   */
  default boolean towardsQueries() {
    return false;
  }

  /** A part for one thread, for blocks of at most so many rows with so many candidates each. */
  Scoring newScoring(int maxRows, int width);
}
