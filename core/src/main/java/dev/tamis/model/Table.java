package dev.tamis.model;

import dev.tamis.math.ArrayLength;

/**
 * A named parameter: rows of equal width in one array. Biases are tables of width 1, or of one row.
 */
public final class Table {
  private final String name;
  private final int rows;
  private final int width;
  private final float[] values; // [rows x width]

  /**
   * A table of zeros.
   *
   * @throws dev.tamis.config.TamisException of kind CONFIG if one array cannot hold it
   */
  public Table(String name, int rows, int width) {
    this(name, rows, width, new float[length(name, rows, width)]);
  }

  /** A table over an array, which is not copied. */
  public Table(String name, int rows, int width, float[] values) {
    if (values.length != (long) rows * width) {
      throw new IllegalArgumentException(
          "table '"
              + name
              + "' of "
              + rows
              + " x "
              + width
              + " was given "
              + values.length
              + " values");
    }
    this.name = name;
    this.rows = rows;
    this.width = width;
    this.values = values;
  }

  private static int length(String name, int rows, int width) {
    return ArrayLength.of(
        "numbers of table '" + name + "'",
        width,
        rows,
        "make dim, or the widths of layers, smaller");
  }

  public String name() {
    return name;
  }

  public int rows() {
    return rows;
  }

  public int width() {
    return width;
  }

  /** [rows x width], row-major, not a copy. */
  public float[] values() {
    return values;
  }

  /** Where a row starts in {@link #values()}. */
  public int at(int row) {
    return row * width;
  }

  /** A copy of its own. */
  public Table copy() {
    return new Table(name, rows, width, values.clone());
  }
}
