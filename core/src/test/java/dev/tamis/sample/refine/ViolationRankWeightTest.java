package dev.tamis.sample.refine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tamis.math.Rng;
import dev.tamis.model.Candidates;
import dev.tamis.model.Candidates.Layout;
import dev.tamis.model.Pass;
import dev.tamis.objective.Blocks;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ViolationRankWeightTest {
  @Test
  void multipliesARowByTheLogarithmOfItsEstimatedRank() {
    int width = 5;
    Candidates c = Blocks.pairs(Layout.PER_ROW, width + 1, width, 0, 1);
    Arrays.fill(c.posScore, 1);
    Arrays.fill(c.rowWeight, 0.25f);
    float[] weights = c.weight.clone();
    for (int r = 0; r <= width; r++) {
      Arrays.fill(c.score, c.at(r), c.at(r) + r, -0.5f);
      Arrays.fill(c.score, c.at(r) + r, c.at(r + 1), -1); // keep the margin, if barely
    }
    new ViolationRankWeight(2, 700, width)
        .refine(null, c, 0, width + 1, new Pass(1, 0, 0), new Rng());

    for (int r = 0; r <= width; r++) {
      double expected = 0.25 * Math.log(1 + 700 * (r / 5.0));
      assertThat((double) c.rowWeight[r]).isCloseTo(expected, within(1e-6));
    }
    assertThat(c.rowWeight[0]).isZero();
    assertThat(c.weight).isEqualTo(weights);
  }

  /** So that the loss of the row becomes one too. */
  @Test
  void scoreThatIsNotANumberCounts() {
    Candidates c = Blocks.pairs(Layout.PER_ROW, 1, 2, 0, 1);
    c.score[0] = Float.NaN;
    c.score[1] = -9;
    new ViolationRankWeight(1, 10, 2).refine(null, c, 0, 1, new Pass(1, 0, 0), new Rng());

    assertThat(c.rowWeight[0]).isPositive();
  }
}
