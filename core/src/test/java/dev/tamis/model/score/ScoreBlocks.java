package dev.tamis.model.score;

import dev.tamis.math.Matrix;
import dev.tamis.model.Batch;
import dev.tamis.model.Candidates;
import dev.tamis.model.Candidates.Layout;
import dev.tamis.model.SparseGradient;

/** Blocks of listed candidates, and gradients of a weighted sum of their scores. */
final class ScoreBlocks {
  private ScoreBlocks() {}

  /** Row r has {@code 1 + r % 3} positives; candidates come again and again. */
  static Candidates of(Layout layout, int rows, int width, int items) {
    Batch batch = new Batch(rows, rows * 3);
    batch.rows = rows;
    for (int r = 0; r < rows; r++) {
      batch.posStart[r + 1] = batch.posStart[r] + 1 + r % 3;
      for (int p = batch.posStart[r]; p < batch.posStart[r + 1]; p++) {
        batch.posIds[p] = p * 3 % items;
      }
    }
    Candidates c = new Candidates(layout, rows, width);
    c.begin(batch);
    for (int e = 0; e < c.ids.length; e++) {
      c.ids[e] = e * 7 % items;
    }
    return c;
  }

  /** The item of an entry of row r: positives first. */
  static int item(Candidates c, int r, int place) {
    int positives = c.posStart[r + 1] - c.posStart[r];
    return place < positives
        ? c.posIds[c.posStart[r] + place]
        : c.ids[c.idsAt(r) + place - positives];
  }

  /** What an entry's score counts in the sum whose gradients are wanted. */
  static float slope(int entry) {
    return (entry * 5 % 11 - 4) * 0.25f;
  }

  /** The scores of all rows, each entry's in its place. */
  static float[] scores(Candidates c) {
    float[] all = new float[c.entriesBefore(c.rows)];
    for (int r = 0; r < c.rows; r++) {
      int positives = c.posStart[r + 1] - c.posStart[r];
      System.arraycopy(c.posScore, c.posStart[r], all, c.entriesBefore(r), positives);
      System.arraycopy(c.score, c.at(r), all, c.entriesBefore(r) + positives, c.width);
    }
    return all;
  }

  /** Gradients of {@code sum of slope(entry) * score(entry)}. */
  static final class Gradients {
    final Matrix dq;
    final SparseGradient items;
    final float[] dense;
    private final boolean scalesQueries;

    Gradients(ScoreFunction score, Candidates c) {
      scalesQueries = score.scalesQueries();
      int entries = c.entriesBefore(c.rows);
      dq = new Matrix(c.rows, score.items().width());
      items = new SparseGradient(entries);
      items.source = new Matrix(entries, score.items().width());
      dense =
          new float[score.parameters().stream().mapToInt(table -> table.values().length).sum() + 1];
      for (int r = 0; r < c.rows; r++) {
        for (int e = c.entriesBefore(r); e < c.entriesBefore(r + 1); e++) {
          items.row[e] = item(c, r, e - c.entriesBefore(r));
          items.sourceRow[e] = scalesQueries ? r : e;
        }
      }
    }

    /** Scores some rows and goes back; a place before the parameters' stays free. */
    void pass(Scoring scoring, Matrix q, Candidates c, int from, int to) {
      scoring.score(q, c, from, to);
      for (int r = from; r < to; r++) {
        int e = c.entriesBefore(r);
        for (int p = c.posStart[r]; p < c.posStart[r + 1]; p++) {
          c.posScore[p] = slope(e++);
        }
        for (int i = c.at(r); i < c.at(r + 1); i++) {
          c.score[i] = slope(e++);
        }
      }
      if (scalesQueries) {
        items.source = q;
      }
      scoring.backward(q, c, from, to, dq, items, dense, 1);
    }
  }
}
