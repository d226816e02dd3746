package dev.tamis.eval.samplers;

import dev.tamis.math.Matrix;
import dev.tamis.model.Candidates;
import dev.tamis.model.PairModel;
import dev.tamis.model.SparseGradient;
import dev.tamis.model.Table;
import dev.tamis.model.score.Scoring;

/**
 * The way of a model from one query to scores and back, without any table being moved. Scratch of
 * one thread, for blocks of one row.
 */
final class QueryGradient {
  private final Scoring scoring;
  private final SparseGradient entries; // listed as backward wants them, then not looked at
  private final float[] dense; // the gradients of the score's own parameters, not looked at
  private final Matrix dq; // [1 x width]

  /** For blocks with so many candidates, and one positive. */
  QueryGradient(PairModel model, int candidates) {
    int room = candidates + 1;
    this.scoring = model.score().newScoring(1, candidates);
    this.dq = new Matrix(1, model.users().width());
    this.entries = new SparseGradient(room);
    boolean scaled = model.score().scalesQueries();
    entries.source = scaled ? dq : new Matrix(room, model.items().width());
    for (int e = 0; e < room; e++) {
      entries.sourceRow[e] = scaled ? 0 : e;
    }
    int parameters = 0;
    for (Table table : model.score().parameters()) {
      parameters += table.values().length;
    }
    this.dense = new float[parameters];
  }

  /** Scores the positive and the candidates. */
  void score(Matrix q, Candidates c) {
    scoring.score(q, c, 0, 1);
  }

  /**
   * From dLoss/dScore of the row that was scored last to the gradient of its query.
   *
   * @return [width] valid until the next call
   */
  float[] of(Matrix q, Candidates c) {
    entries.row[0] = c.posIds[0];
    System.arraycopy(c.ids, 0, entries.row, 1, c.width);
    scoring.backward(q, c, 0, 1, dq, entries, dense, 0);
    return dq.data;
  }
}
