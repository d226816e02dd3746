package dev.tamis.model.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tamis.math.Matrix;
import dev.tamis.model.Batch;
import dev.tamis.model.Candidates;
import dev.tamis.model.Candidates.Layout;
import dev.tamis.model.Initial;
import dev.tamis.model.ItemTable;
import dev.tamis.model.SparseGradient;
import dev.tamis.model.Table;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DotScoreTest {
  private static final int ROWS = 5;
  private static final int NEGATIVES = 4;
  private static final int WIDTH = 21;
  private static final int ITEMS = 30;

  private final Table vectors = Initial.normal(new Table("items", ITEMS, WIDTH), 1, 1);
  private final Table bias = Initial.normal(new Table("item-bias", ITEMS, 1), 1, 1);
  private final DotScore score = new DotScore(new ItemTable(vectors, Optional.of(bias)));
  private final Matrix q = new Matrix(ROWS, WIDTH);

  DotScoreTest() {
    Initial.normal(new Table("q", ROWS, WIDTH, q.data), 1, 1);
  }

  /** Row r has r positives, and the same candidates as all others. */
  private static Candidates block(Layout layout) {
    Batch batch = new Batch(ROWS, ROWS * ROWS);
    batch.rows = ROWS;
    for (int r = 0; r < ROWS; r++) {
      batch.posStart[r + 1] = batch.posStart[r] + r;
      for (int p = batch.posStart[r]; p < batch.posStart[r + 1]; p++) {
        batch.posIds[p] = p * 3 % ITEMS;
      }
    }
    Candidates c = new Candidates(layout, ROWS, NEGATIVES);
    c.begin(batch);
    for (int e = 0; e < c.ids.length; e++) {
      c.ids[e] = e % NEGATIVES * 7;
    }
    return c;
  }

  private double expected(int row, int item) {
    double sum = bias.values()[item];
    for (int k = 0; k < WIDTH; k++) {
      sum += (double) q.data[q.at(row) + k] * vectors.values()[vectors.at(item) + k];
    }
    return sum;
  }

  @Test
  void scoresAreInnerProductsPlusBias() {
    Candidates c = block(Layout.PER_ROW);
    score.score(q, c, 0, ROWS);

    for (int r = 0; r < ROWS; r++) {
      for (int p = c.posStart[r]; p < c.posStart[r + 1]; p++) {
        assertThat((double) c.posScore[p]).isCloseTo(expected(r, c.posIds[p]), within(1e-5));
      }
      for (int e = c.at(r); e < c.at(r + 1); e++) {
        assertThat((double) c.score[e]).isCloseTo(expected(r, c.ids[e]), within(1e-5));
      }
    }
  }

  @Test
  void rangesOfRowsScoreLikeTheWhole() {
    Candidates whole = block(Layout.PER_ROW);
    Candidates parts = block(Layout.PER_ROW);
    score.score(q, whole, 0, ROWS);
    score.score(q, parts, 3, ROWS);
    score.score(q, parts, 0, 3);

    assertThat(parts.score).isEqualTo(whole.score);
    assertThat(parts.posScore).isEqualTo(whole.posScore);
  }

  @Test
  void sharedCandidatesScoreAsThoseOfEachRow() {
    Candidates own = block(Layout.PER_ROW);
    Candidates shared = block(Layout.SHARED);
    score.score(q, own, 0, ROWS);
    score.score(q, shared, 0, ROWS);

    assertThat(shared.score).isEqualTo(own.score);
    assertThat(shared.posScore).isEqualTo(own.posScore);
  }

  /** Scores are linear in queries and items, so gradients are sums written out. */
  @Test
  void gradientsAreThoseOfAWeightedSumOfScores() {
    Candidates c = block(Layout.PER_ROW);
    SparseGradient entries = new SparseGradient(c.entriesBefore(ROWS));
    for (int e = 0; e < ROWS * NEGATIVES; e++) {
      c.score[e] = e - 7;
    }
    for (int p = 0; p < c.posStart[ROWS]; p++) {
      c.posScore[p] = 3 - p;
    }
    list(c, entries);
    Matrix dq = new Matrix(ROWS, WIDTH);
    score.backward(q, c, 2, ROWS, dq, entries, new float[0], 0);
    score.backward(q, c, 0, 2, dq, entries, new float[0], 0);

    double[] expectedDq = new double[ROWS * WIDTH];
    int e = 0;
    for (int r = 0; r < ROWS; r++) {
      for (int p = c.posStart[r]; p < c.posStart[r + 1]; p++) {
        assertEntry(entries, e++, c.posIds[p], 3 - p, r, expectedDq);
      }
      for (int n = c.at(r); n < c.at(r + 1); n++) {
        assertEntry(entries, e++, c.ids[n], n - 7, r, expectedDq);
      }
    }
    assertThat(e).isEqualTo(c.entriesBefore(ROWS));
    for (int i = 0; i < expectedDq.length; i++) {
      assertThat((double) dq.data[i]).isCloseTo(expectedDq[i], within(1e-4));
    }
  }

  private static void list(Candidates c, SparseGradient out) {
    int e = 0;
    for (int r = 0; r < ROWS; r++) {
      for (int p = c.posStart[r]; p < c.posStart[r + 1]; p++) {
        out.row[e++] = c.posIds[p];
      }
      for (int n = c.at(r); n < c.at(r + 1); n++) {
        out.row[e++] = c.ids[n];
      }
    }
  }

  private void assertEntry(
      SparseGradient entries, int e, int item, float coefficient, int row, double[] dq) {
    assertThat(entries.row[e]).isEqualTo(item);
    assertThat(entries.coefficient[e]).isEqualTo(coefficient);
    for (int k = 0; k < WIDTH; k++) {
      dq[row * WIDTH + k] += (double) coefficient * vectors.values()[vectors.at(item) + k];
    }
  }
}
