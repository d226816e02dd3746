package dev.tamis.sample.index;

import dev.tamis.math.Rng;
import dev.tamis.model.ItemTable;

/**
 * How an item is drawn in a cell of an inverted multi-index, once the cell is drawn. What is said
 * of an item is {@code ln(w P)}, but for a constant of the query: the share of its cell in all, and
 * its probability in the cell.
 */
public interface CellItems {
  /** Takes up items after a build of the index, on one thread. */
  void refresh(ItemTable items);

  /** [cells] how much of all each cell is, live: 0 for an empty one, and 1 together. */
  float[] shares();

  /** A part for one thread. */
  Draws newDraws();

  /** Draws for one query after another, on one thread. */
  interface Draws {
    /** Takes up the query at {@code q[from..from + width)}, which must stay as it is. */
    void take(float[] q, int from);

    /**
     * Draws an item of each cell {@code cells[from..to)} into {@code items}, {@code shift} further
     * on, and adds {@code ln(w P)} of each to {@code logs}.
     */
    void draw(Rng rng, int[] cells, double[] logs, int from, int to, int[] items, int shift);

    /** {@code ln(w P)} of an item. */
    double log(int item);
  }
}
