package dev.tamis.train;

import dev.tamis.kernels.Workers;
import dev.tamis.math.Matrix;
import dev.tamis.model.Batch;
import dev.tamis.model.ItemTable;
import dev.tamis.model.Pass;
import dev.tamis.sample.Proposal;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The query side of a step: from the rows of a batch to query vectors, and from the gradient of
 * those to updates of its tables.
 *
 * <p>A step calls, in this order, each on one thread unless it says otherwise: {@link #begin};
 * {@link #settle} for every owner, several at a time, which a step may leave out unless {@link
 * #needsSettling}; {@link #encode}; {@link #forward}, {@link #backward} and {@link #leaveOut} for
 * rows, several at a time; {@link #finish}; {@link #apply} for every owner, several at a time;
 * {@link #applyDense}.
 */
public interface QuerySide {
  /** Of a query. */
  int width();

  void begin(Batch batch, double rate);

  /** Whether rows of its tables must be settled before they are read. */
  boolean needsSettling();

  void settle(int owner);

  /** Does what is done for all rows at once; returns its own term of the batch's loss. */
  double encode(Batch batch, Pass pass);

  /** Puts the queries of rows {@code from..to} into those of {@code q}. */
  void forward(Batch batch, int from, int to, Matrix q);

  /** [batch rows x width] where the gradients of the queries are put; valid after encoding. */
  Matrix gradient();

  /** Takes up the gradients of rows {@code from..to}, all of which are of one shard. */
  void backward(Batch batch, int from, int to, int shard);

  /** Takes a row out: it moves nothing of its own. */
  void leaveOut(int row);

  /** Does what is left of the way back and is done for all rows at once. */
  void finish();

  /**
   * Updates the rows of one owner.
   *
   * @param decay added to the gradient of a table's row: this times the row, once for each time it
   *     stands in the batch
   */
  void apply(int owner, float decay);

  /** Updates the tables that every row of a batch uses. */
  void applyDense();

  /** Lets a proposal take up the model. */
  void refresh(Proposal proposal, ItemTable items, long seed, int epoch, Workers workers);

  /**
   * Called after each measurement by validation.
   *
   * @param steps how many steps are done
   * @param best whether no measurement before was as good
   */
  default void measured(long steps, boolean best) {}

  /** What must be kept beside the tables to go on after an interruption: live arrays by name. */
  default SortedMap<String, Object> state() {
    return Collections.emptySortedMap();
  }

  /**
   * That of a step: the proposal's and the queries' together.
   *
   * @throws IllegalStateException if both have an array of one name
   */
  default SortedMap<String, Object> stateWith(Proposal proposal) {
    SortedMap<String, Object> all = new TreeMap<>(proposal.state());
    state()
        .forEach(
            (name, array) -> {
              if (all.put(name, array) != null) {
                throw new IllegalStateException("proposal and queries both have '" + name + "'");
              }
            });
    return all;
  }

  /** The tables with their updaters, in a fixed order. */
  List<TableUpdates> updates();
}
