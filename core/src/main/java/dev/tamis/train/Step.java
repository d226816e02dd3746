package dev.tamis.train;

import dev.tamis.model.Batch;
import dev.tamis.model.Pass;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;

/** A training step: from a batch to moved parameters. */
public interface Step {
  /**
   * Runs one step.
   *
   * @return the loss of the batch as {@link Reduction} has it, with what encoders and learners add
   *     (a divergence, a loss of clusters), without L2
   */
  double run(Batch batch, double rate, Pass pass);

  /** The tables with their updaters, in a fixed order. */
  List<TableUpdates> updates();

  /** Called before the first step of an epoch, counted from 0. */
  default void beginEpoch(long seed, int epoch) {}

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
}
