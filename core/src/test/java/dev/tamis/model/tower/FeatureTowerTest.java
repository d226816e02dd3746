package dev.tamis.model.tower;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tamis.data.feature.FeatureLists;
import dev.tamis.math.Matrix;
import dev.tamis.model.Initial;
import dev.tamis.model.Table;
import dev.tamis.model.TableShape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FeatureTowerTest {
  private static final int WIDTH = 5;
  private static final int FEATURES = 7;

  /** Lists with a repeated row, weights other than 1, and none at all. */
  private static final FeatureLists LISTS =
      new FeatureLists(
          new int[] {0, 1, 4, 6, 6},
          new int[] {3, 0, 0, 6, 2, 5},
          new float[] {1, 0.5f, 0.5f, -1.7f, 1, 0.25f});

  private static FeatureTower tower(String hidden, boolean normalised, float scale) {
    List<Integer> widths =
        hidden.equals("0")
            ? List.of()
            : Arrays.stream(hidden.split(" ")).map(Integer::valueOf).toList();
    FeatureTowerShape shape = new FeatureTowerShape("item", WIDTH, widths, normalised, scale);
    Map<String, Table> tables = new TreeMap<>();
    List<TableShape> all = new ArrayList<>(shape.layers());
    all.add(shape.vectors(FEATURES));
    for (TableShape table : all) {
      tables.put(table.name(), Initial.normal(table.zeros(), 4, 0.7));
    }
    return new FeatureTower(shape, FEATURES, tables);
  }

  /** Some function of the vectors of all lists but the last, whose sum is 0 and has no length. */
  private static double loss(FeatureTower tower, Matrix weights) {
    Matrix made = tower.new Activations(3).forward(LISTS, new int[] {2, 0, 1}, 0, 3);
    double loss = 0;
    for (int i = 0; i < 3 * WIDTH; i++) {
      loss += weights.data[i] * made.data[i];
    }
    return loss;
  }

  @ParameterizedTest
  @CsvSource({"0, false, 1", "0, true, 4", "0, false, 2.5", "6, false, 1", "6 4, true, 3"})
  void gradientsAreThoseOfDifferences(String hidden, boolean normalised, float scale) {
    FeatureTower tower = tower(hidden, normalised, scale);
    Matrix weights = new Matrix(3, WIDTH);
    Table random = Initial.normal(new Table("weights", 3, WIDTH), 8, 1);
    System.arraycopy(random.values(), 0, weights.data, 0, weights.data.length);

    FeatureTower.Activations activations = tower.new Activations(3);
    activations.forward(LISTS, new int[] {2, 0, 1}, 0, 3);
    Matrix dOut = new Matrix(4, WIDTH);
    System.arraycopy(weights.data, 0, dOut.data, dOut.at(1), 3 * WIDTH);
    float[] dense = new float[tower.shape().layerNumbers()];
    Matrix dSums = activations.backward(dOut, 1, dense);

    float[] dVectors = new float[FEATURES * WIDTH];
    int[] things = {2, 0, 1};
    for (int r = 0; r < 3; r++) {
      for (int e = LISTS.start()[things[r]]; e < LISTS.start()[things[r] + 1]; e++) {
        for (int k = 0; k < WIDTH; k++) {
          dVectors[LISTS.row()[e] * WIDTH + k] += LISTS.weight()[e] * dSums.data[dSums.at(r) + k];
        }
      }
    }
    assertDifferences(tower, weights, tower.vectors(), dVectors, 0);
    int at = 0;
    for (Table table : tower.layers()) {
      assertDifferences(tower, weights, table, dense, at);
      at += table.values().length;
    }
    assertThat(at).isEqualTo(dense.length);
  }

  private static void assertDifferences(
      FeatureTower tower, Matrix weights, Table table, float[] gradient, int at) {
    float step = 1e-2f;
    for (int i = 0; i < table.values().length; i++) {
      float value = table.values()[i];
      table.values()[i] = value + step;
      double up = loss(tower, weights);
      table.values()[i] = value - step;
      double down = loss(tower, weights);
      table.values()[i] = value;
      double slope = (up - down) / (2.0 * step);
      assertThat((double) gradient[at + i])
          .as("%s at %d", table.name(), i)
          .isCloseTo(slope, within(2e-3 * Math.max(1, Math.abs(slope))));
    }
  }

  @Test
  void withoutLayersAVectorIsTheWeightedSum() {
    FeatureTower tower = tower("0", false, 1);
    Table made = new Table("items", 4, WIDTH);
    tower.fill(LISTS, made);
    float[] v = tower.vectors().values();
    for (int k = 0; k < WIDTH; k++) {
      assertThat(made.values()[k]).isEqualTo(v[3 * WIDTH + k]);
      assertThat(made.values()[WIDTH + k]).isCloseTo(v[k] - 1.7f * v[6 * WIDTH + k], within(1e-6f));
      assertThat(made.values()[3 * WIDTH + k]).isZero();
    }
  }

  /** What a vector is does not depend on what else is worked out with it. */
  @Test
  void vectorsStandAloneAndHaveTheirLength() {
    FeatureTower tower = tower("6 4", true, 3);
    Table made = new Table("items", 4, WIDTH);
    tower.fill(LISTS, made);
    for (int i = 0; i < 3; i++) {
      Matrix alone = tower.new Activations(1).forward(LISTS, new int[] {i}, 0, 1);
      double square = 0;
      for (int k = 0; k < WIDTH; k++) {
        assertThat(alone.data[k]).isEqualTo(made.values()[made.at(i) + k]);
        square += alone.data[k] * (double) alone.data[k];
      }
      assertThat(Math.sqrt(square)).isCloseTo(3, within(1e-5));
    }
  }
}
