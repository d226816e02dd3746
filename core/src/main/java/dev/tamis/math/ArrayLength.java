package dev.tamis.math;

import dev.tamis.config.TamisException;

/**
 * The length of an array as a product or sum that may be too large for one: options and data that
 * are allowed each may not be together, and whoever set them is told so before anything is
 * allocated.
 */
public final class ArrayLength {
  /** The most elements that every Java machine gives one array. */
  public static final int MOST = Integer.MAX_VALUE - 8;

  private ArrayLength() {}

  /**
   * The length of an array of {@code rows} rows.
   *
   * @param array what the array holds, in the plural: "scores of all items for a batch"
   * @param rows at least 0; what the option named in {@code mend} changes
   * @param width at least 0
   * @param mend what to do where they are too many: "make batch-size smaller"
   * @throws TamisException of kind CONFIG if one array cannot hold them
   */
  public static int of(String array, long rows, long width, String mend) {
    // One array of no elements is as good as another, whatever the other factor is.
    if (width != 0 && rows > MOST / width) {
      throw TamisException.config(
          array
              + ": "
              + rows
              + " x "
              + width
              + " are more than the "
              + MOST
              + " numbers that one array holds, so at most "
              + MOST / width
              + " x "
              + width
              + "; "
              + mend);
    }
    return (int) (rows * width);
  }

  /**
   * A length that was summed up.
   *
   * @throws TamisException of kind CONFIG if one array cannot hold so many
   */
  public static int of(String array, long length, String mend) {
    if (length > MOST) {
      throw TamisException.config(
          array
              + ": "
              + length
              + " are more than the "
              + MOST
              + " numbers that one array holds; "
              + mend);
    }
    return (int) length;
  }
}
