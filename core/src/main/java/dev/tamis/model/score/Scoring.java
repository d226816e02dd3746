package dev.tamis.model.score;

import dev.tamis.math.Matrix;
import dev.tamis.model.Candidates;
import dev.tamis.model.SparseGradient;

/**
 * A {@link ScoreFunction} at work for one thread: it may keep what the way back needs of the last
 * rows that it scored.
 */
public interface Scoring {
  /** Scores positives and candidates of rows {@code from..to}. */
  void score(Matrix q, Candidates c, int from, int to);

  /**
   * From dLoss/dScore in the block to gradients, for the rows that were scored last.
   *
   * @param dq rows {@code from..to} become the gradient of the queries
   * @param out its entries are listed: of a row its positives, then its candidates, from {@link
   *     Candidates#entriesBefore} on. Coefficients are filled in, and where an entry has a source
   *     of its own, that too
   * @param dense the gradients of {@link ScoreFunction#parameters} one after another begin at
   *     {@code denseAt}, and what these rows contribute is added there
   */
  void backward(
      Matrix q,
      Candidates c,
      int from,
      int to,
      Matrix dq,
      SparseGradient out,
      float[] dense,
      int denseAt);
}
