package dev.tamis.math;

/** A row-major block of rows in one array; rows may be fewer than there is room for. */
public final class Matrix {
  private static final int TILE = 16; // floats in a cache line

  public final float[] data; // [capacity x width]
  public final int width;
  public int rows;

  /** Room for {@code capacity} rows of {@code width} numbers, all zero, all in use. */
  public Matrix(int capacity, int width) {
    this.data = new float[Math.multiplyExact(capacity, width)];
    this.width = width;
    this.rows = capacity;
  }

  /** Where row {@code row} starts in {@link #data}. */
  public int at(int row) {
    return row * width;
  }

  /** How many rows there is room for. */
  public int capacity() {
    return width == 0 ? 0 : data.length / width;
  }

  /**
   * Writes the rows of {@code from}, [rows x columns], as columns of {@code to}, [columns x rows];
   * both begin at 0.
   */
  public static void transpose(float[] from, int rows, int columns, float[] to) {
    for (int first = 0; first < rows; first += TILE) {
      int end = Math.min(rows, first + TILE);
      for (int j = 0; j < columns; j++) {
        for (int i = first; i < end; i++) {
          to[j * rows + i] = from[i * columns + j];
        }
      }
    }
  }
}
