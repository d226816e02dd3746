package dev.tamis.model.tower;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tamis.math.Matrix;
import dev.tamis.model.Initial;
import dev.tamis.model.Table;
import dev.tamis.objective.CentralDifferences;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class WeightedUserRowsTest {
  private static final int USERS = 6;
  private static final int WIDTH = 5;
  private static final int[] BATCH = {4, 0, 4, 2, 5};

  private final Table users = Initial.normal(new Table("users", USERS, WIDTH), 1, 1);
  private final Table weights = Initial.normal(new Table("prediction-weights", 1, WIDTH), 1, 1);
  private final WeightedUserRows tower = new WeightedUserRows(users, weights);

  private static float slope(int i) {
    return (i * 7 % 5 - 2) * 0.5f;
  }

  private Matrix slopes() {
    Matrix slopes = new Matrix(BATCH.length, WIDTH);
    for (int i = 0; i < slopes.data.length; i++) {
      slopes.data[i] = slope(i);
    }
    return slopes;
  }

  /** A weighted sum of all queries; x is the users' rows, then the weights. */
  private static double sum(double[] x) {
    double sum = 0;
    for (int r = 0; r < BATCH.length; r++) {
      for (int k = 0; k < WIDTH; k++) {
        sum += slope(r * WIDTH + k) * x[BATCH[r] * WIDTH + k] * x[USERS * WIDTH + k];
      }
    }
    return sum;
  }

  @Test
  void gradientsAreThoseOfTheQueries() {
    double[] x = new double[(USERS + 1) * WIDTH];
    for (int i = 0; i < x.length; i++) {
      x[i] = i < USERS * WIDTH ? users.values()[i] : weights.values()[i - USERS * WIDTH];
    }
    double[] expected = CentralDifferences.of(WeightedUserRowsTest::sum, x);
    Matrix gradient = slopes();
    float[] dense = new float[WIDTH + 2];
    tower.backward(BATCH, 0, 2, gradient, dense, 2);
    tower.backward(BATCH, 2, BATCH.length, gradient, dense, 2);

    double[] given = new double[x.length];
    for (int i = 0; i < gradient.data.length; i++) {
      given[BATCH[i / WIDTH] * WIDTH + i % WIDTH] += gradient.data[i];
    }
    for (int k = 0; k < WIDTH; k++) {
      given[USERS * WIDTH + k] = dense[2 + k];
    }
    for (int i = 0; i < x.length; i++) {
      assertThat(given[i]).isCloseTo(expected[i], within(1e-5));
    }
    assertThat(Arrays.copyOf(dense, 2)).containsOnly(0);
  }

  @Test
  void bitsDoNotDependOnTheBlocksThatRowsAreCutInto() {
    float[] whole = new float[WIDTH];
    tower.backward(BATCH, 0, BATCH.length, slopes(), whole, 0);
    float[] parts = new float[WIDTH];
    for (int r = 0; r < BATCH.length; r++) {
      tower.backward(BATCH, r, r + 1, slopes(), parts, 0);
    }
    assertThat(parts).isEqualTo(whole);
  }

  @Test
  void queriesOfAllUsersAreThoseOfABatch() {
    Matrix q = new Matrix(BATCH.length, WIDTH);
    tower.forward(BATCH, 0, BATCH.length, q);
    for (int r = 0; r < BATCH.length; r++) {
      for (int k = 0; k < WIDTH; k++) {
        assertThat(tower.queries().values()[BATCH[r] * WIDTH + k])
            .isEqualTo(q.data[r * WIDTH + k])
            .isEqualTo(users.values()[BATCH[r] * WIDTH + k] * weights.values()[k]);
      }
    }
  }

  @Test
  void weightsOfAnotherWidthAreRefused() {
    assertThatThrownBy(() -> new WeightedUserRows(users, new Table("w", 1, 4)))
        .hasMessage("users of width 5 need weights of 1 x 5, not 1 x 4");
  }
}
