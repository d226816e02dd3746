package dev.tamis.train;

import dev.tamis.kernels.Gemm;
import dev.tamis.kernels.Kernels;
import dev.tamis.kernels.Workers;
import dev.tamis.math.Matrix;
import dev.tamis.model.Table;
import dev.tamis.optim.Optimizer;
import java.util.Arrays;
import java.util.List;

/**
 * The items of a step in which every row has all of them as candidates: scores {@code q . v_i +
 * b_i} and the way back as matrix products.
 *
 * <p>The gradient of the item table is never written out whole: a tile of it is made and applied at
 * once. Threads share the work by tiles of outputs, whose inner order is fixed.
 */
final class ItemProducts {
  private static final int ITEMS_A_TILE = 512;

  private final TableUpdates items;
  private final TableUpdates bias;
  private final Workers workers;
  private final Gemm gemm;
  private final Gemm[] tileGemm; // [threads]
  private final float[][] tile; // [threads][tile x width]
  private final float[][] tileBias; // [threads][tile]

  /**
   * @param items [items x width]
   * @param bias [items x 1]
   */
  ItemProducts(Table items, Table bias, Optimizer ofItems, Optimizer ofBias, Workers workers) {
    this.items = new TableUpdates(items, ofItems.attach(items));
    this.bias = new TableUpdates(bias, ofBias.attach(bias));
    this.workers = workers;
    this.gemm = new Gemm(workers);
    this.tileGemm = new Gemm[workers.threads()];
    this.tile = new float[workers.threads()][ITEMS_A_TILE * items.width()];
    this.tileBias = new float[workers.threads()][ITEMS_A_TILE];
    Arrays.setAll(tileGemm, i -> new Gemm());
  }

  void beginStep(double rate) {
    items.updater().beginStep(rate);
    bias.updater().beginStep(rate);
  }

  /** Writes the scores of the first rows of q, without biases, to [rows x items]. */
  void score(int rows, Matrix q, float[] scores) {
    int n = items.table().rows();
    int width = items.table().width();
    float[] vectors = items.table().values();
    gemm.nt(rows, n, width, q.data, 0, width, vectors, 0, width, scores, 0, n, false);
  }

  /** Adds the biases to the scores of a row, which begin at {@code at}. */
  void addBias(float[] scores, int at) {
    Kernels.axpy(1, bias.table().values(), 0, scores, at, bias.table().rows());
  }

  /**
   * From the slopes of the loss to the gradients of the queries; before {@link #update}.
   *
   * @param slopes [rows x items] of the loss by scores
   * @param dq its first rows are written
   */
  void queryGradient(int rows, float[] slopes, Matrix dq) {
    int n = items.table().rows();
    int width = items.table().width();
    float[] vectors = items.table().values();
    gemm.nn(rows, width, n, slopes, 0, n, vectors, 0, width, dq.data, 0, width, false);
  }

  /** Moves items and biases by the slopes of the loss. */
  void update(int rows, float[] slopes, Matrix q) {
    workers.run(
        (items.table().rows() + ITEMS_A_TILE - 1) / ITEMS_A_TILE,
        (t, worker) -> updateTile(t * ITEMS_A_TILE, worker, rows, slopes, q));
  }

  private void updateTile(int first, int worker, int rows, float[] slopes, Matrix q) {
    int n = items.table().rows();
    int width = items.table().width();
    int count = Math.min(ITEMS_A_TILE, n - first);
    float[] mine = tile[worker];
    tileGemm[worker].tn(
        count, width, rows, slopes, first, n, q.data, 0, width, mine, 0, width, false);
    items.updater().updateRange(first, count, mine, 0);
    Arrays.fill(tileBias[worker], 0, count, 0);
    for (int r = 0; r < rows; r++) {
      Kernels.axpy(1, slopes, r * n + first, tileBias[worker], 0, count);
    }
    bias.updater().updateRange(first, count, tileBias[worker], 0);
  }

  /** The tables with their updaters: items, bias. */
  List<TableUpdates> updates() {
    return List.of(items, bias);
  }
}
