package dev.tamis.train;

import dev.tamis.model.Pass;
import dev.tamis.rank.Scorer;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;

/** What is being trained, as the loop sees it. */
public interface Trainee {
  /** How many steps an epoch has, at most. */
  long stepsPerEpoch();

  /** How many steps an epoch has, counted from 0. */
  default long stepsIn(int epoch) {
    return stepsPerEpoch();
  }

  /** Whether an epoch moves what {@link #scorer} looks at; else there is nothing to measure. */
  default boolean movesScorer(int epoch) {
    return true;
  }

  /** Puts the data in the order of an epoch, counted from 0. */
  void beginEpoch(long seed, int epoch);

  /**
   * Runs one step and returns its mean loss.
   *
   * @param inEpoch the number of the step in its epoch, from 0
   * @param pass the epoch, and the step since training began
   */
  double step(long inEpoch, double rate, Pass pass);

  /** The model as it stands, for validation; valid between epochs. */
  Scorer scorer();

  /**
   * Called after each measurement by validation.
   *
   * @param epochs how many epochs are done
   * @param best whether no measurement before was as good
   */
  default void measured(int epochs, boolean best) {}

  /** All that is trained, in a fixed order. */
  List<TableUpdates> updates();

  /** What must be kept beside the tables to go on after an interruption: live arrays by name. */
  default SortedMap<String, Object> state() {
    return Collections.emptySortedMap();
  }
}
