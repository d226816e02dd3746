package dev.tamis.kernels;

/**
 * The innermost block of a matrix product: one tile of {@code C} from some rows of {@code A},
 * packed or as they stand, and a packed panel of {@code B}.
 *
 * <p>Every element is a chain of fused multiply-adds over k, in order.
 */
interface GemmTile {
  /** Rows of a tile: the width of a packed panel of {@code A}. */
  int rows();

  /** Columns of a tile: the width of a packed panel of {@code B}. */
  int columns();

  /**
   * Computes all rows and columns of one tile.
   *
   * @param k the length of the chains
   * @param a rows that begin at {@code aFrom}
   * @param lane from an element of a row of {@code A} to the one of the same k in the next row; 1
   *     in a packed panel
   * @param step from one k to the next; {@link #rows()} in a packed panel
   * @param b a panel at {@code bFrom}: [k x columns]
   * @param c the tile at {@code cFrom}: [rows x columns], rows {@code ldc} apart
   * @param add whether the chains start from what the tile holds, rather than from +0
   */
  void multiply(
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
      boolean add);
}
