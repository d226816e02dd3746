package dev.tamis.solve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SparseRowsTest {
  private static void refused(String words, int[] start, int[] columns, float[] values) {
    assertThatThrownBy(() -> new SparseRows(start, columns, values, 4))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(words);
  }

  private static int[] ints(int... numbers) {
    return numbers;
  }

  @Test
  void transposedTwiceIsTheSame() {
    SparseRows rows =
        new SparseRows(ints(0, 2, 2, 4), ints(0, 3, 1, 3), new float[] {1, 2, 3, 4}, 4);
    SparseRows turned = rows.transposed();

    assertThat(turned.start()).containsExactly(0, 1, 2, 2, 4);
    assertThat(turned.columns()).containsExactly(0, 2, 0, 2);
    assertThat(turned.values()).containsExactly(1, 3, 2, 4);
    assertThat(turned.transposed().columns()).isEqualTo(rows.columns());
    assertThat(turned.transposed().start()).isEqualTo(rows.start());
  }

  @Test
  void arraysThatDoNotFitAreRefused() {
    refused("starts of 2 rows do not fit 3 entries", ints(0, 1, 2), ints(0, 1, 2), null);
    refused("starts of 1 rows do not fit 1 entries", ints(1, 1), ints(0), null);
    refused("starts of -1 rows do not fit 0 entries", ints(), ints(), null);
    refused("2 values do not fit 3 entries", ints(0, 3), ints(0, 1, 2), new float[2]);
  }

  @Test
  void rowsThatFallOrEndTooLateAreRefused() {
    refused(
        "row 1 is out of range: it goes from 3 to 1 of 3", ints(0, 3, 1, 3), ints(0, 1, 2), null);
    refused("row 0 is out of range: it goes from 0 to 5 of 3", ints(0, 5, 3), ints(0, 1, 2), null);
  }

  @Test
  void columnsOutOfOrderOrRangeAreRefused() {
    refused(
        "row 1 are out of order or out of range at entry 2", ints(0, 1, 3), ints(0, 2, 2), null);
    refused("row 0 are out of order or out of range at entry 0", ints(0, 1), ints(4), null);
    refused("row 0 are out of order or out of range at entry 0", ints(0, 1), ints(-1), null);
  }
}
