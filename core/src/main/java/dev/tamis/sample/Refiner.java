package dev.tamis.sample;

import dev.tamis.math.Rng;
import dev.tamis.model.Batch;
import dev.tamis.model.Candidates;
import dev.tamis.model.Pass;

/**
 * Looks at the scores of a block and rewrites the weights of its candidates and rows. It never
 * moves candidates: what it does not select gets the weight 0. Safe for several threads on
 * different rows.
 */
public interface Refiner {
  /**
   * Reweighs rows {@code from..to}. Weights are {@code 1 / width} each when the first refiner
   * comes.
   *
   * @param rng scratch of this thread
   */
  void refine(Batch batch, Candidates c, int from, int to, Pass pass, Rng rng);

  /** Whether the gradient goes through the weights; then they are a softmax of the scores. */
  default boolean weightsFlow() {
    return false;
  }

  /**
   * Whether it selects: candidates of weight 0 are then left out of the step, as if they had not
   * been drawn.
   */
  default boolean selects() {
    return false;
  }
}
