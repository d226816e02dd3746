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
import dev.tamis.model.TableShape;
import dev.tamis.objective.CentralDifferences;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class NeuralScoreTest {
  private static final int ROWS = 7;
  private static final int NEGATIVES = 4;
  private static final int ITEMS = 23;

  /** A network with its tables, queries and items. */
  private static final class Net {
    final NeuralShape shape;
    final Map<String, Table> tables = new TreeMap<>();
    final Table items;
    final NeuralScore score;
    final Matrix q;

    Net(NeuralShape shape) {
      this.shape = shape;
      for (TableShape table : shape.tables()) {
        tables.put(table.name(), Initial.normal(table.zeros(), 1, 0.6));
      }
      items = Initial.normal(new Table("items", ITEMS, shape.rowWidth()), 1, 1);
      q = new Matrix(ROWS, shape.rowWidth());
      Initial.normal(new Table("q", ROWS, shape.rowWidth(), q.data), 1, 1);
      score =
          new NeuralScore(new ItemTable(items, Optional.empty()), new NeuralLayers(shape, tables));
    }

    /** Queries, items and parameters one after another. */
    double[] numbers() {
      List<float[]> parts = new ArrayList<>(List.of(q.data, items.values()));
      score.parameters().forEach(table -> parts.add(table.values()));
      double[] all = new double[parts.stream().mapToInt(part -> part.length).sum()];
      int n = 0;
      for (float[] part : parts) {
        for (float number : part) {
          all[n++] = number;
        }
      }
      return all;
    }

    /** The score of a row and an item, written out. */
    double expected(double[] x, int row, int item) {
      int width = shape.rowWidth();
      int query = row * width;
      int vector = (ROWS + item) * width;
      int at = (ROWS + ITEMS) * width;
      double[] layer = new double[2 * shape.mlp()];
      for (int k = 0; k < shape.mlp(); k++) {
        layer[k] = x[query + shape.gmf() + k];
        layer[shape.mlp() + k] = x[vector + shape.gmf() + k];
      }
      for (int outputs : shape.hidden()) {
        double[] next = new double[outputs];
        for (int o = 0; o < outputs; o++) {
          double sum = x[at + layer.length * outputs + o];
          for (int i = 0; i < layer.length; i++) {
            sum += layer[i] * x[at + i * outputs + o];
          }
          next[o] = Math.max(sum, 0);
        }
        at += (layer.length + 1) * outputs;
        layer = next;
      }
      double score = 0;
      for (int k = 0; k < shape.gmf(); k++) {
        score += x[at + k] * x[query + k] * x[vector + k];
      }
      for (int k = 0; k < layer.length; k++) {
        score += x[at + shape.gmf() + k] * layer[k];
      }
      return score;
    }

    double sum(double[] x, Candidates c) {
      double sum = 0;
      for (int r = 0; r < c.rows; r++) {
        for (int e = c.entriesBefore(r); e < c.entriesBefore(r + 1); e++) {
          int item = ScoreBlocks.item(c, r, e - c.entriesBefore(r));
          sum += ScoreBlocks.slope(e) * expected(x, r, item);
        }
      }
      return sum;
    }
  }

  static List<NeuralShape> shapes() {
    return List.of(
        new NeuralShape(3, 5, List.of(6, 4)),
        new NeuralShape(0, 5, List.of(7)),
        new NeuralShape(17, 1, List.of(1, 18, 3)),
        new NeuralShape(0, 16, List.of(32, 16, 8)));
  }

  @Test
  void roomForTooManyNegativesIsRefused() {
    Net net = new Net(new NeuralShape(0, 16, List.of(32, 16, 8)));

    assertThatThrownBy(() -> net.score.newScoring(16, 5_000_000))
        .hasMessageStartingWith("outputs of the first layer: 80000016 x 32 are more than")
        .hasMessageContaining("make the negatives of a row fewer");
    assertThatThrownBy(() -> net.score.newScoring(16, 200_000_000))
        .hasMessageStartingWith("positives and candidates of some rows: 200000001 x 16");
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void scoresAreThoseOfTheNetwork(NeuralShape shape) {
    Net net = new Net(shape);
    for (Layout layout : List.of(Layout.PER_ROW, Layout.SHARED)) {
      Candidates c = ScoreBlocks.of(layout, ROWS, NEGATIVES, ITEMS);
      net.score.newScoring(ROWS, NEGATIVES).score(net.q, c, 0, ROWS);
      float[] scores = ScoreBlocks.scores(c);
      for (int r = 0; r < ROWS; r++) {
        for (int e = c.entriesBefore(r); e < c.entriesBefore(r + 1); e++) {
          int item = ScoreBlocks.item(c, r, e - c.entriesBefore(r));
          assertThat((double) scores[e])
              .isCloseTo(net.expected(net.numbers(), r, item), within(2e-5));
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void gradientsAreThoseOfTheScores(NeuralShape shape) {
    Net net = new Net(shape);
    Candidates c = ScoreBlocks.of(Layout.PER_ROW, ROWS, NEGATIVES, ITEMS);
    double[] slopes = CentralDifferences.of(x -> net.sum(x, c), net.numbers());
    ScoreBlocks.Gradients g = new ScoreBlocks.Gradients(net.score, c);
    g.dense[0] = 3; // belongs to others
    g.pass(net.score.newScoring(ROWS, NEGATIVES), net.q, c, 0, ROWS);

    assertThat(net.score.scalesQueries()).isFalse();
    assertThat(g.dense[0]).isEqualTo(3);
    int width = shape.rowWidth();
    double[] given = new double[slopes.length];
    for (int i = 0; i < ROWS * width; i++) {
      given[i] = g.dq.data[i];
    }
    for (int e = 0; e < c.entriesBefore(ROWS); e++) {
      for (int k = 0; k < width; k++) {
        given[(ROWS + g.items.row[e]) * width + k] +=
            g.items.coefficient[e] * g.items.source.data[e * width + k];
      }
    }
    for (int i = 1; i < g.dense.length; i++) {
      given[(ROWS + ITEMS) * width + i - 1] = g.dense[i];
    }
    for (int i = 0; i < slopes.length; i++) {
      assertThat(given[i])
          .as("number %d", i)
          .isCloseTo(slopes[i], within(2e-5 * Math.max(1, Math.abs(slopes[i]))));
    }
  }

  /** Whatever the blocks: each pair alone, and sums over rows or entries in order. */
  @ParameterizedTest
  @MethodSource("shapes")
  void bitsDoNotDependOnTheBlocksThatRowsAreCutInto(NeuralShape shape) {
    Net net = new Net(shape);
    Candidates c = ScoreBlocks.of(Layout.PER_ROW, ROWS, NEGATIVES, ITEMS);
    Candidates cut = ScoreBlocks.of(Layout.PER_ROW, ROWS, NEGATIVES, ITEMS);
    net.score.newScoring(ROWS, NEGATIVES).score(net.q, c, 0, ROWS);
    Scoring scoring = net.score.newScoring(3, NEGATIVES);
    for (int r = 0; r < ROWS; r += 3) {
      scoring.score(net.q, cut, r, Math.min(ROWS, r + 3));
    }
    assertThat(ScoreBlocks.scores(cut)).isEqualTo(ScoreBlocks.scores(c));

    ScoreBlocks.Gradients whole = new ScoreBlocks.Gradients(net.score, c);
    whole.pass(net.score.newScoring(ROWS, NEGATIVES), net.q, c, 0, ROWS);
    for (int rows : new int[] {1, 2, 5}) {
      ScoreBlocks.Gradients parts = new ScoreBlocks.Gradients(net.score, c);
      Scoring own = net.score.newScoring(rows, NEGATIVES);
      for (int r = 0; r < ROWS; r += rows) {
        parts.pass(own, net.q, c, r, Math.min(ROWS, r + rows));
      }
      assertThat(parts.dq.data).isEqualTo(whole.dq.data);
      assertThat(parts.items.source.data).isEqualTo(whole.items.source.data);
      assertThat(parts.dense).isEqualTo(whole.dense);
    }
  }

  @Test
  void stepsAllocateNothingOnceWarm() throws InterruptedException {
    Net net = new Net(shapes().get(0));
    Candidates c = ScoreBlocks.of(Layout.PER_ROW, ROWS, NEGATIVES, ITEMS);
    ScoreBlocks.Gradients g = new ScoreBlocks.Gradients(net.score, c);
    Scoring scoring = net.score.newScoring(ROWS, NEGATIVES);
    WarmAllocation.assertNone(() -> g.pass(scoring, net.q, c, 0, ROWS));
  }

  @Test
  void itemsThatDoNotFitAreRefused() {
    NeuralShape shape = shapes().get(0);
    NeuralLayers layers = new NeuralLayers(shape, new Net(shape).tables);
    Table items = new Table("items", ITEMS, 8);
    Table bias = new Table("item-bias", ITEMS, 1);

    assertThatThrownBy(
            () ->
                new NeuralScore(
                    new ItemTable(new Table("items", ITEMS, 7), Optional.empty()), layers))
        .hasMessageContaining("items of width 8 without bias, but these have width 7");
    assertThatThrownBy(() -> new NeuralScore(new ItemTable(items, Optional.of(bias)), layers))
        .hasMessageContaining("width 8 and a bias");
  }
}
