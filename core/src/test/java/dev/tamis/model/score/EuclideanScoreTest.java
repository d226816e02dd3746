package dev.tamis.model.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tamis.math.Matrix;
import dev.tamis.math.WarmAllocation;
import dev.tamis.model.Candidates;
import dev.tamis.model.Candidates.Layout;
import dev.tamis.model.Initial;
import dev.tamis.model.ItemTable;
import dev.tamis.model.Table;
import dev.tamis.objective.CentralDifferences;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EuclideanScoreTest {
  private static final int ROWS = 7;
  private static final int NEGATIVES = 4;
  private static final int ITEMS = 23;
  private static final int WIDTH = 19;

  private final Table vectors = Initial.normal(new Table("items", ITEMS, WIDTH), 1, 0.5);
  private final EuclideanScore score = new EuclideanScore(new ItemTable(vectors, Optional.empty()));
  private final Matrix q = new Matrix(ROWS, WIDTH);

  EuclideanScoreTest() {
    Initial.normal(new Table("q", ROWS, WIDTH, q.data), 1, 0.5);
  }

  /** Queries, then item vectors. */
  private double[] numbers() {
    double[] x = new double[(ROWS + ITEMS) * WIDTH];
    for (int i = 0; i < x.length; i++) {
      x[i] = i < ROWS * WIDTH ? q.data[i] : vectors.values()[i - ROWS * WIDTH];
    }
    return x;
  }

  private static double expected(double[] x, int row, int item) {
    double sum = 0;
    for (int k = 0; k < WIDTH; k++) {
      double off = x[row * WIDTH + k] - x[(ROWS + item) * WIDTH + k];
      sum -= off * off;
    }
    return sum;
  }

  private static double sum(double[] x, Candidates c) {
    double sum = 0;
    for (int r = 0; r < ROWS; r++) {
      for (int e = c.entriesBefore(r); e < c.entriesBefore(r + 1); e++) {
        sum +=
            ScoreBlocks.slope(e) * expected(x, r, ScoreBlocks.item(c, r, e - c.entriesBefore(r)));
      }
    }
    return sum;
  }

  @Test
  void scoresAreMinusTheSquaredDistances() {
    Candidates c = ScoreBlocks.of(Layout.PER_ROW, ROWS, NEGATIVES, ITEMS);
    score.score(q, c, 0, ROWS);
    float[] scores = ScoreBlocks.scores(c);
    double[] x = numbers();

    for (int r = 0; r < ROWS; r++) {
      for (int e = c.entriesBefore(r); e < c.entriesBefore(r + 1); e++) {
        double wanted = expected(x, r, ScoreBlocks.item(c, r, e - c.entriesBefore(r)));
        assertThat((double) scores[e]).isCloseTo(wanted, within(1e-5));
      }
    }
  }

  @Test
  void sharedCandidatesScoreAsThoseOfEachRow() {
    Candidates own = ScoreBlocks.of(Layout.PER_ROW, ROWS, NEGATIVES, ITEMS);
    Candidates shared = ScoreBlocks.of(Layout.SHARED, ROWS, NEGATIVES, ITEMS);
    for (int e = 0; e < own.ids.length; e++) {
      own.ids[e] = shared.ids[e % NEGATIVES];
    }
    score.score(q, own, 0, ROWS);
    score.score(q, shared, 2, ROWS);
    score.score(q, shared, 0, 2);

    assertThat(shared.score).isEqualTo(own.score);
    assertThat(shared.posScore).isEqualTo(own.posScore);
  }

  /** The item's part of its gradient is left to whoever adds up its entries. */
  @Test
  void gradientsAreThoseOfAWeightedSumOfScores() {
    Candidates c = ScoreBlocks.of(Layout.PER_ROW, ROWS, NEGATIVES, ITEMS);
    ScoreBlocks.Gradients gradients = new ScoreBlocks.Gradients(score, c);
    gradients.pass(score, q, c, 3, ROWS);
    gradients.pass(score, q, c, 0, 3);
    double[] x = numbers();
    double[] slopes = CentralDifferences.of(moved -> sum(moved, c), x.clone());

    double[] given = new double[x.length];
    for (int i = 0; i < ROWS * WIDTH; i++) {
      given[i] = gradients.dq.data[i];
    }
    for (int e = 0; e < c.entriesBefore(ROWS); e++) {
      int query = gradients.items.sourceRow[e] * WIDTH;
      int item = (ROWS + gradients.items.row[e]) * WIDTH;
      for (int k = 0; k < WIDTH; k++) {
        given[item + k] += gradients.items.coefficient[e] * (x[query + k] - x[item + k]);
      }
    }
    for (int i = 0; i < x.length; i++) {
      assertThat(given[i]).as("number %d", i).isCloseTo(slopes[i], within(2e-5));
    }
  }

  @Test
  void nothingIsAllocatedOnceWarm() throws InterruptedException {
    Candidates c = ScoreBlocks.of(Layout.PER_ROW, ROWS, NEGATIVES, ITEMS);
    ScoreBlocks.Gradients gradients = new ScoreBlocks.Gradients(score, c);
    WarmAllocation.assertNone(() -> gradients.pass(score, q, c, 0, ROWS));
  }

  @Test
  void itemsWithABiasAreRefused() {
    ItemTable biased = new ItemTable(vectors, Optional.of(new Table("item-bias", ITEMS, 1)));

    assertThatThrownBy(() -> new EuclideanScore(biased))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("items at a distance have no bias");
  }
}
