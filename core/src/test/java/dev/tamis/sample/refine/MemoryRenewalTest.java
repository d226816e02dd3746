package dev.tamis.sample.refine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tamis.kernels.Kernels;
import dev.tamis.math.ChiSquare;
import dev.tamis.math.Rng;
import dev.tamis.model.Batch;
import dev.tamis.model.Candidates;
import dev.tamis.model.Pass;
import dev.tamis.sample.UserMemories;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class MemoryRenewalTest {
  private static final int ROWS = 500;
  private static final float[] SCORES = {2, -1, 0.5f, 4, 0};
  private static final int WIDTH = SCORES.length;

  private static Batch batch(int rows) {
    Batch batch = new Batch(rows, rows);
    batch.rows = rows;
    for (int r = 0; r < rows; r++) {
      batch.posStart[r + 1] = r + 1;
    }
    return batch;
  }

  /** Candidate i of a row is item 10 + i. */
  private static Candidates candidates(Batch batch) {
    Candidates c = new Candidates(Candidates.Layout.PER_ROW, batch.rows, WIDTH);
    c.begin(batch);
    for (int e = 0; e < c.ids.length; e++) {
      c.ids[e] = 10 + e % WIDTH;
      c.score[e] = SCORES[e % WIDTH];
    }
    return c;
  }

  /** A pair (a, b) with probability {@code p_a p_b / (1 - p_a)}, p the softmax at a temperature. */
  @Test
  void keepsWithoutReplacementByTheSoftmax() {
    float[] p = new float[WIDTH];
    for (int i = 0; i < WIDTH; i++) {
      p[i] = SCORES[i] / 1.5f;
    }
    Kernels.softmax(p, 0, WIDTH);
    double[] law = new double[WIDTH * WIDTH];
    double sum = 0;
    for (int a = 0; a < WIDTH; a++) {
      for (int b = 0; b < WIDTH; b++) {
        law[a * WIDTH + b] = a == b ? 0 : (double) p[a] * p[b] / (1 - p[a]);
        sum += law[a * WIDTH + b];
      }
    }
    double total = sum;
    double[] exact = Arrays.stream(law).map(x -> x / total).toArray();
    UserMemories memories = new UserMemories(1, 2, ROWS);
    MemoryRenewal renewal = new MemoryRenewal(memories, 1.5);
    Batch batch = batch(ROWS);
    Candidates c = candidates(batch);
    long[] counts = new long[WIDTH * WIDTH];
    for (int step = 0; step < 400; step++) {
      renewal.refine(batch, c, 0, 123, new Pass(5, 0, step), new Rng());
      renewal.refine(batch, c, 123, ROWS, new Pass(5, 0, step), new Rng());
      for (int r = 0; r < ROWS; r++) {
        int at = memories.pendingAt(r);
        counts[(memories.pending()[at] - 10) * WIDTH + memories.pending()[at + 1] - 10]++;
      }
    }
    ChiSquare.assertFollows(counts, exact);
  }

  @Test
  void memoryAsLargeAsTheRowKeepsEverything() {
    UserMemories memories = new UserMemories(1, WIDTH, 1);
    Batch batch = batch(1);
    Candidates c = candidates(batch);
    float[] weights = c.weight.clone();
    new MemoryRenewal(memories, 1).refine(batch, c, 0, 1, new Pass(5, 0, 0), new Rng());

    assertThat(memories.pending()).containsExactlyInAnyOrder(10, 11, 12, 13, 14);
    assertThat(c.weight).isEqualTo(weights);
  }

  @Test
  void firstRowOfAUserDecidesAndOnlyAtTheEndOfTheStep() {
    UserMemories memories = new UserMemories(4, 2, 3);
    Batch batch = batch(3);
    batch.users = new int[] {2, 0, 2};
    System.arraycopy(new int[] {5, 6, 7, 8, 9, 10}, 0, memories.pending(), 0, 6);

    assertThat(memories.items()).containsOnly(0);
    memories.commit(batch);
    assertThat(memories.items()).containsExactly(7, 8, 0, 0, 5, 6, 0, 0);
  }
}
