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
   * How many of {@code width} candidates it leaves with a weight, at most. Where that is less than
   * {@code width}, the others are left out of the step, as if they had not been drawn; a row whose
   * own weight becomes 0 is left out whole.
   */
  default int selected(int width) {
    return width;
  }
}
