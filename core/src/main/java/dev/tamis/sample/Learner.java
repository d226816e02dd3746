package dev.tamis.sample;

import dev.tamis.math.Matrix;
import dev.tamis.model.Batch;
import dev.tamis.model.Candidates;
import dev.tamis.model.Table;
import java.util.List;

/**
 * What a proposal learns for itself while the model is trained, by a loss of its own over the same
 * batches. The model is data to it: no gradient goes there.
 */
public interface Learner {
  /** What it learns, all of it used by every row. */
  List<Table> parameters();

  /**
   * Adds the gradients of rows {@code from..to} and returns their loss, each row times its weight.
   * Safe for several threads on different rows.
   *
   * @param q [rows x width] the queries
   * @param c with ids and log-probabilities; scores belong to others
   * @param dense the gradients of {@link #parameters} one after another begin at {@code denseAt}
   */
  double differentiate(
      Batch batch, Matrix q, Candidates c, int from, int to, float[] dense, int denseAt);
}
