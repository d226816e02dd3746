package dev.tamis.kernels;

/**
 * A tile in plain Java, in loops over columns that the compiler can vectorise. Four steps of k are
 * taken in one pass over a row, which keeps the chain and saves loads and stores.
 */
final class ScalarTile implements GemmTile {
  private static final int ROWS = 8;
  private static final int COLUMNS = 128;

  @Override
  public int rows() {
    return ROWS;
  }

  @Override
  public int columns() {
    return COLUMNS;
  }

  @Override
  public void multiply(
      int k,
      float[] a,
      int aFrom,
      int lane,
      int step,
      float[] b,
      int bFrom,
      float[] c,
      int cFrom,
      int ldc,
      boolean add) {
    for (int r = 0; r < ROWS; r++) {
      int row = cFrom + r * ldc;
      if (!add) {
        for (int j = 0; j < COLUMNS; j++) {
          c[row + j] = 0;
        }
      }
      int l = 0;
      for (; l + 4 <= k; l += 4) {
        int i = aFrom + l * step + r * lane;
        fourSteps(
            a[i], a[i + step], a[i + 2 * step], a[i + 3 * step], b, bFrom + l * COLUMNS, c, row);
      }
      for (; l < k; l++) {
        oneStep(a[aFrom + l * step + r * lane], b, bFrom + l * COLUMNS, c, row);
      }
    }
  }

  private static void fourSteps(
      float a0, float a1, float a2, float a3, float[] b, int from, float[] c, int row) {
    for (int j = 0; j < COLUMNS; j++) {
      float sum = Math.fma(a0, b[from + j], c[row + j]);
      sum = Math.fma(a1, b[from + COLUMNS + j], sum);
      sum = Math.fma(a2, b[from + 2 * COLUMNS + j], sum);
      c[row + j] = Math.fma(a3, b[from + 3 * COLUMNS + j], sum);
    }
  }

  private static void oneStep(float a, float[] b, int from, float[] c, int row) {
    for (int j = 0; j < COLUMNS; j++) {
      c[row + j] = Math.fma(a, b[from + j], c[row + j]);
    }
  }
}
