package dev.tamis.sample.refine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tamis.math.ChiSquare;
import dev.tamis.math.Rng;
import dev.tamis.math.Stream;
import dev.tamis.model.Candidates;
import dev.tamis.model.Candidates.Layout;
import dev.tamis.model.Pass;
import dev.tamis.objective.Blocks;
import org.junit.jupiter.api.Test;

class TopScoredTest {
  private static final Pass PASS = new Pass(1, 0, 0);

  @Test
  void keepsTheFirstOfTheHighest() {
    Candidates c = Blocks.pairs(Layout.PER_ROW, 2, 4, 1, 1);
    float[] scores = {1, 3, 3, 2, -5, -7, -6, -9};
    System.arraycopy(scores, 0, c.score, 0, 8);
    new TopScored().refine(null, c, 0, 2, PASS, new Rng());

    assertThat(java.util.Arrays.copyOf(c.weight, 8)).containsExactly(0, 1, 0, 0, 1, 0, 0, 0);
  }

  /** The rank that is kept follows the law of the largest of H uniform draws from N items. */
  @Test
  void ranksFollowTheirLaw() {
    int items = 30;
    int draws = 4;
    double[] p = new double[items];
    for (int rank = 1; rank <= items; rank++) {
      p[rank - 1] =
          Math.pow((items - rank + 1.0) / items, draws)
              - Math.pow((items - rank + 0.0) / items, draws);
    }
    long[] counts = new long[items];
    int rows = 1000;
    Candidates c = Blocks.pairs(Layout.PER_ROW, rows, draws, 1, 1);
    Rng rng = Rng.keyed(3, Stream.NEGATIVES, 0, 0);
    for (int round = 0; round < 1000; round++) {
      for (int e = 0; e < rows * draws; e++) {
        c.score[e] = -rng.nextInt(items); // an item's score is its rank, from above
      }
      new TopScored().refine(null, c, 0, rows, PASS, rng);
      for (int e = 0; e < rows * draws; e++) {
        if (c.weight[e] == 1) {
          counts[(int) -c.score[e]]++;
        }
      }
    }
    ChiSquare.assertFollows(counts, p);
  }
}
