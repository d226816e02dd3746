package dev.tamis.train;

import dev.tamis.model.ItemTable;
import dev.tamis.model.SparseGradient;
import java.util.List;

/**
 * The items' side of a step: where the vectors of a batch's items stand, and from their gradient to
 * updates of what they are made of. It mirrors {@link QuerySide}.
 *
 * <p>A step calls, in this order, each on one thread unless it says otherwise: {@link #begin};
 * {@link #settle} for every owner, several at a time; {@link #encode}; then the rows of {@link
 * #table} that have entries may be read, on any thread; {@link #apply} for every owner, several at
 * a time; {@link #finish}. A side that does not need it may be left unsettled and not be encoded;
 * then the entries that {@link #begin} is told may come later, and {@link #group} goes before
 * {@link #apply}.
 */
public interface ItemSide {
  /** Vectors, and bias if there is one; between steps only what {@link #settleAll} left. */
  ItemTable table();

  /**
   * Begins a step.
   *
   * @param entries which items are read, and how often; coefficients need not be there yet
   */
  void begin(SparseGradient entries, double rate);

  /** Groups the entries of an owner's items, and brings what they are made of up to date. */
  void settle(int owner, SparseGradient entries);

  /** Whether rows are not what they should be before they are settled and worked out. */
  boolean needsSettling();

  /**
   * Groups an owner's entries, where they are others than those that were settled, or none were.
   */
  void group(int owner, SparseGradient entries);

  /** Works out the vectors of all items that have entries. */
  void encode();

  /**
   * Takes up the gradients of an owner's items.
   *
   * @param vectors the entries, coefficients filled in
   * @param bias the same for the bias, if there is one
   * @param decay added to the gradient of a row: this times the row, once for each time it stands
   *     in the batch
   */
  void apply(int owner, SparseGradient vectors, SparseGradient bias, float decay);

  /** Does what is left of the way back. */
  void finish();

  /** Brings all rows of the table up to date, between steps. */
  void settleAll();

  /** The tables with their updaters, in a fixed order. */
  List<TableUpdates> updates();
}
