package dev.tamis.math;

/** A row-major block of rows in one array; rows may be fewer than there is room for. */
public final class Matrix {
  private static final String MEND =
      "make batch-size, or the widths of vectors and layers, smaller";

  public final float[] data; // [capacity x width]
  public final int width;
  public int rows;

  /**
   * Room for {@code capacity} rows of {@code width} numbers, all zero, all in use.
   *
   * @throws dev.tamis.config.TamisException of kind CONFIG if one array cannot hold them
   */
  public Matrix(int capacity, int width) {
    this.data = new float[ArrayLength.of("vectors of a batch", capacity, width, MEND)];
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
}
