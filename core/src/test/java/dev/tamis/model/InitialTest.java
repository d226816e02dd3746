package dev.tamis.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class InitialTest {
  private static final int ROWS = 900;
  private static final int WIDTH = 100;

  private static Table table() {
    return new Table("t", ROWS, WIDTH);
  }

  /** Asserts mean 0 and this variance, 5 standard errors wide for a kurtosis of at most 3. */
  private static void assertSpread(Table table, double variance) {
    double n = table.values().length;
    double mean = 0;
    double squares = 0;
    for (float x : table.values()) {
      mean += x / n;
      squares += x * x / n;
    }
    assertThat(Math.abs(mean)).isLessThan(5 * Math.sqrt(variance / n));
    assertThat(Math.abs(squares / variance - 1)).isLessThan(5 * Math.sqrt(2 / n));
  }

  private static double largest(Table table) {
    double largest = 0;
    for (float x : table.values()) {
      largest = Math.max(largest, Math.abs(x));
    }
    return largest;
  }

  @Test
  void startsHaveTheSpreadTheyAreNamedAfter() {
    double glorot = 2.0 / (ROWS + WIDTH);

    assertSpread(Initial.glorotUniform(table(), 1), glorot);
    assertThat(largest(Initial.glorotUniform(table(), 1)))
        .isBetween(0.99 * Math.sqrt(3 * glorot), Math.sqrt(3 * glorot) * 1.000001);
    assertSpread(Initial.glorotNormal(table(), 1), glorot);
    assertThat(largest(Initial.glorotNormal(table(), 1)) / Math.sqrt(glorot))
        .isBetween(2.2, 2 / 0.87962566 * 1.000001);
    assertSpread(Initial.normal(table(), 1, 0.5), 0.25);
    assertThat(largest(Initial.normal(table(), 1, 0.5))).isGreaterThan(1.5);
    assertSpread(Initial.cutNormal(table(), 1, 0.5), 0.25 * 0.87962566 * 0.87962566);
    assertThat(largest(Initial.cutNormal(table(), 1, 0.5))).isBetween(0.99, 1.000001);
  }

  @Test
  void startOfARowDependsOnNameAndSeedAlone() {
    float[] all = Initial.normal(table(), 1, 1).values();
    float[] fewer = Initial.normal(new Table("t", 10, WIDTH), 1, 1).values();

    assertThat(Arrays.copyOf(all, 10 * WIDTH)).isEqualTo(fewer);
    assertThat(Initial.normal(new Table("u", 10, WIDTH), 1, 1).values()).isNotEqualTo(fewer);
    assertThat(Initial.normal(new Table("t", 10, WIDTH), 2, 1).values()).isNotEqualTo(fewer);
    assertThat(Arrays.copyOfRange(all, 0, WIDTH))
        .isNotEqualTo(Arrays.copyOfRange(all, WIDTH, 2 * WIDTH));
  }
}
