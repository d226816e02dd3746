package dev.tamis.sample;

import dev.tamis.model.Batch;
import dev.tamis.model.Pass;
import java.util.Collections;
import java.util.SortedMap;

/**
 * How often items are positives: what the items of a batch are drawn by. Safe for several threads,
 * but for {@link #endStep}.
 */
public interface ItemFrequency {
  /**
   * Writes the logarithms of the shares of some items, up to a constant.
   *
   * @param items of which {@code items[from..from + n)} are positives of the batch of this step
   * @param step since training began, from 0
   */
  void log(int[] items, int from, int n, long step, float[] out, int outFrom);

  /** Called after each step, on one thread. */
  default void endStep(Batch batch, Pass pass) {}

  /** What must be kept to go on after an interruption: live arrays by name. */
  default SortedMap<String, Object> state() {
    return Collections.emptySortedMap();
  }
}
