package dev.tamis.model.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tamis.math.Matrix;
import dev.tamis.model.Candidates;
import dev.tamis.model.Candidates.Layout;
import dev.tamis.model.Initial;
import dev.tamis.model.ItemTable;
import dev.tamis.model.Table;
import java.util.Arrays;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class BiasedScoreTest {
  private static final int ROWS = 5;
  private static final int NEGATIVES = 4;
  private static final int ITEMS = 23;

  private final Table items = Initial.normal(new Table("items", ITEMS, 6), 1, 1);
  private final Table bias = new Table("score-bias", 1, 1, new float[] {0.375f});
  private final Matrix q = new Matrix(ROWS, 6);

  private ScoreFunction neural() {
    NeuralShape shape = new NeuralShape(2, 4, java.util.List.of(3));
    TreeMap<String, Table> tables = new TreeMap<>();
    shape.tables().forEach(t -> tables.put(t.name(), Initial.normal(t.zeros(), 1, 1)));
    return new NeuralScore(new ItemTable(items, Optional.empty()), new NeuralLayers(shape, tables));
  }

  private ScoreFunction dot() {
    return new DotScore(new ItemTable(items, Optional.empty()));
  }

  /** The bias is added to each score, and has the sum of all derivatives as gradient. */
  @Test
  void allElseIsAsWithout() {
    Initial.normal(new Table("q", ROWS, 6, q.data), 1, 1);
    for (ScoreFunction plain : new ScoreFunction[] {neural(), dot()}) {
      BiasedScore biased = new BiasedScore(plain, bias);
      Candidates c = ScoreBlocks.of(Layout.PER_ROW, ROWS, NEGATIVES, ITEMS);
      Scoring scoring = biased.newScoring(ROWS, NEGATIVES);
      plain.newScoring(ROWS, NEGATIVES).score(q, c, 0, ROWS);
      float[] without = ScoreBlocks.scores(c);
      scoring.score(q, c, 0, ROWS);
      float[] with = ScoreBlocks.scores(c);
      float slopes = 0;
      for (int e = 0; e < with.length; e++) {
        assertThat(with[e]).isEqualTo(without[e] + 0.375f);
        slopes += ScoreBlocks.slope(e);
      }

      ScoreBlocks.Gradients alone = new ScoreBlocks.Gradients(plain, c);
      alone.pass(plain.newScoring(ROWS, NEGATIVES), q, c, 0, ROWS);
      ScoreBlocks.Gradients g = new ScoreBlocks.Gradients(biased, c);
      g.items.source = alone.items.source;
      g.pass(scoring, q, c, 3, ROWS);
      g.pass(scoring, q, c, 0, 3);
      assertThat(g.dq.data).isEqualTo(alone.dq.data);
      assertThat(g.items.coefficient).isEqualTo(alone.items.coefficient);
      assertThat(g.items.sourceRow).isEqualTo(alone.items.sourceRow);
      assertThat(g.dense.length).isEqualTo(alone.dense.length + 1);
      assertThat(g.dense[alone.dense.length]).isCloseTo(slopes, within(1e-5f));
      assertThat(Arrays.copyOf(g.dense, alone.dense.length))
          .usingComparatorWithPrecision(1e-4f)
          .containsExactly(alone.dense);
    }
  }
}
