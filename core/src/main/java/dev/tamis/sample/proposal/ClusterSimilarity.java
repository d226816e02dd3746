package dev.tamis.sample.proposal;

import dev.tamis.kernels.Gemm;
import dev.tamis.model.Table;

/**
 * How alike an item vector and a centre are, as learned clusters see it: {@code sim(v, c) = (v W) .
 * (c W)}, the form of PRIS' code (the paper has {@code v^T W c / 2 + w_I . v + w_C . c}).
 *
 * <p>Over all centres that is one product, {@code v P} with {@code P = M C^T} and {@code M = W
 * W^T}: {@link #project} makes P, {@link #backward} takes its gradient apart. Cost of each:
 * O(width^2 x (clusters + width)). Scratch of one thread.
 */
final class ClusterSimilarity {
  private final int width;
  private final int clusters;
  private final float[] map; // W [width x width]
  private final float[] centers; // C [clusters x width]
  private final float[] square; // M [width x width]
  private final float[] dsquare; // [width x width]
  private final float[] sides; // [width x width] dM and its transpose, together
  private final Gemm product = new Gemm();

  /** Over tables that other threads may read too. */
  ClusterSimilarity(Table map, Table centers) {
    this.width = map.width();
    this.clusters = centers.rows();
    this.map = map.values();
    this.centers = centers.values();
    this.square = new float[width * width];
    this.dsquare = new float[width * width];
    this.sides = new float[width * width];
  }

  /** Makes P, [width x clusters]. */
  void project(float[] p) {
    int w = width;
    product.nt(w, w, w, map, 0, w, map, 0, w, square, 0, w, false);
    product.nt(w, clusters, w, square, 0, w, centers, 0, w, p, 0, clusters, false);
  }

  /**
   * Adds the gradients of W and C.
   *
   * @param dp [width x clusters] gradient of P, which was made last
   */
  void backward(float[] dp, float[] dense, int mapAt, int centersAt) {
    int w = width;
    product.tn(clusters, w, w, dp, 0, clusters, square, 0, w, dense, centersAt, w, true);
    product.nn(w, w, clusters, dp, 0, clusters, centers, 0, w, dsquare, 0, w, false);
    for (int i = 0; i < w; i++) {
      for (int j = 0; j < w; j++) {
        sides[i * w + j] = dsquare[i * w + j] + dsquare[j * w + i];
      }
    }
    product.nn(w, w, w, sides, 0, w, map, 0, w, dense, mapAt, w, true);
  }

  /**
   * The most similar cluster of each of some items, the first of them if several are.
   *
   * @param similar [n x clusters]
   */
  static void largest(float[] similar, int clusters, int[] codes, int from, int n) {
    for (int i = 0; i < n; i++) {
      int best = i * clusters;
      float most = similar[best];
      for (int k = best + 1; k < (i + 1) * clusters; k++) {
        if (similar[k] > most) {
          most = similar[k];
          best = k;
        }
      }
      codes[from + i] = best - i * clusters;
    }
  }
}
