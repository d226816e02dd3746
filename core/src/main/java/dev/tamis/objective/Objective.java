package dev.tamis.objective;

import dev.tamis.model.Candidates;
import java.util.Set;

/**
 * A loss over the scores of a block. It knows scores, weights and log-probabilities and nothing
 * else. Stateless; safe for several threads on different rows.
 */
public interface Objective {
  /** The layouts it can work on. */
  Set<Candidates.Layout> accepts();

  /** Whether it corrects scores by the log-probabilities with which their items were drawn. */
  default boolean needsLogQ() {
    return false;
  }

  /**
   * Whether the level of all scores matters, and not only their differences. Then a model needs a
   * constant that all scores share.
   */
  default boolean setsLevel() {
    return false;
  }

  /**
   * Replaces the scores of rows {@code from..to} by the derivatives of their loss, each times its
   * row's weight, and returns the sum of those weighted losses.
   */
  double differentiate(Candidates c, int from, int to);
}
