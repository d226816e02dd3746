package dev.tamis.math;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MatrixTest {
  @ParameterizedTest
  @CsvSource({"0, 5", "1, 1", "15, 3", "16, 40", "33, 17"})
  void rowsBecomeColumns(int rows, int columns) {
    float[] from = new float[rows * columns];
    for (int i = 0; i < from.length; i++) {
      from[i] = i;
    }
    float[] to = new float[from.length];
    Matrix.transpose(from, rows, columns, to);
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        assertThat(to[j * rows + i]).isEqualTo(from[i * columns + j]);
      }
    }
  }
}
