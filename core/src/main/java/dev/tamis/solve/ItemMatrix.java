package dev.tamis.solve;

/**
 * A square matrix over items, in strips of rows: an array cannot hold more than 2^31 numbers.
 *
 * @param size rows and columns
 * @param strips [strips][rows of the strip x size]; all strips but the last have {@link
 *     #STRIP_ROWS} rows
 */
public record ItemMatrix(int size, float[][] strips) {
  /** Rows of a strip: whole panels of a matrix product, as deep as one goes at a time. */
  public static final int STRIP_ROWS = 312;

  /** A matrix of zeros. */
  public static ItemMatrix zeros(int size) {
    float[][] strips = new float[stripCount(size)][];
    for (int s = 0; s < strips.length; s++) {
      strips[s] = new float[Math.multiplyExact(stripRows(size, s), size)];
    }
    return new ItemMatrix(size, strips);
  }

  /** How many strips a matrix has. */
  public static int stripCount(int size) {
    return (size + STRIP_ROWS - 1) / STRIP_ROWS;
  }

  /** How many rows a strip of a matrix has. */
  public static int stripRows(int size, int strip) {
    return Math.min(STRIP_ROWS, size - strip * STRIP_ROWS);
  }

  /** The strip in which a row lies. */
  public float[] stripOf(int row) {
    return strips[row / STRIP_ROWS];
  }

  /** Where a row begins in its strip. */
  public int at(int row) {
    return row % STRIP_ROWS * size;
  }

  /** One number. */
  public float get(int row, int column) {
    return stripOf(row)[at(row) + column];
  }

  /** [size] the diagonal, copied. */
  public float[] diagonal() {
    float[] diagonal = new float[size];
    for (int i = 0; i < size; i++) {
      diagonal[i] = get(i, i);
    }
    return diagonal;
  }

  /** What one holds, in bytes. */
  public static long bytes(int size) {
    return 4L * size * size;
  }
}
