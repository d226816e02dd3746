package dev.tamis.sample;

import dev.tamis.math.Matrix;
import dev.tamis.math.Rng;
import dev.tamis.model.Batch;
import dev.tamis.model.Candidates;
import dev.tamis.model.Pass;

/**
 * Draws candidates with known log-probabilities. It never sees the scores of the block it fills.
 * Safe for several threads that fill different rows.
 */
public interface Proposal {
  /** The layout of the candidates it draws. */
  Candidates.Layout layout();

  /**
   * Fills {@code ids}, {@code logQ} and {@code posLogQ} of rows {@code from..to}. What a row gets
   * is a function of seed, step, row, and what the row is; not of the range asked for.
   *
   * @param q [rows x width] the query vectors of the batch; rows {@code from..to} are valid
   * @param rng scratch of this thread
   */
  void propose(Batch batch, int from, int to, Matrix q, Candidates out, Pass pass, Rng rng);

  /**
   * The probability with which a draw for a user is an item, positives already excluded where the
   * proposal rejects them. For tests and diagnostics: O(items).
   */
  double[] probabilities(int user);
}
