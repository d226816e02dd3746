package dev.tamis.model.score;

import dev.tamis.kernels.Gemm;
import dev.tamis.kernels.Kernels;
import dev.tamis.model.ItemTable;

/**
 * The scores of runs of items as a matrix product, for one thread: the inner product of each query
 * with each item, summed over the width in order ({@link Gemm}), and then the item's bias where
 * there is one. Cost: {@code rows x items x width} multiply-adds.
 */
public final class InnerProducts {
  private final ItemTable items;
  private final Gemm gemm = new Gemm();

  /** Over these items, which are not copied. */
  public InnerProducts(ItemTable items) {
    this.items = items;
  }

  /**
   * Writes the scores of items {@code fromItem..toItem}.
   *
   * @param queries [rows x width]
   * @param out [rows x (toItem - fromItem)]
   */
  public void score(float[] queries, int rows, int fromItem, int toItem, float[] out) {
    int run = toItem - fromItem;
    int width = items.width();
    gemm.nt(
        rows,
        run,
        width,
        queries,
        0,
        width,
        items.vectors().values(),
        items.vectors().at(fromItem),
        width,
        out,
        0,
        run,
        false);
    if (items.bias().isPresent()) {
      float[] bias = items.bias().get().values();
      for (int row = 0; row < rows; row++) {
        Kernels.axpy(1, bias, fromItem, out, row * run, run);
      }
    }
  }
}
