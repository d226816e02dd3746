package dev.tamis.train;

import java.util.Collections;
import java.util.SortedMap;

/** How much the divergence of a variational code counts in each step of training. */
public interface KlWeight {
  /** The weight in a step, counted from 0. */
  double at(long step);

  /**
   * Called after each measurement by validation.
   *
   * @param steps how many steps are done
   * @param best whether no measurement before was as good
   */
  default void measured(long steps, boolean best) {}

  /** What must be kept to go on after an interruption: live arrays by name. */
  default SortedMap<String, Object> state() {
    return Collections.emptySortedMap();
  }
}
