package dev.tamis.train;

import dev.tamis.config.TamisException;
import dev.tamis.data.HeldOut;

/**
 * What to measure while training, and when to stop.
 *
 * @param heldOut users and items kept from training for this
 * @param metric the metric to choose by, for example {@code ndcg@50}; higher is better
 * @param everyEpochs how many epochs from one measurement to the next, at least 1
 * @param patience how many measurements in a row may bring no new best before training stops; 0
 *     never stops
 */
public record Validation(HeldOut heldOut, String metric, int everyEpochs, int patience) {
  public Validation {
    if (everyEpochs < 1 || patience < 0) {
      throw TamisException.config(
          "validation needs at least 1 epoch between measurements and a patience of at least 0");
    }
  }
}
