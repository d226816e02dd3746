package dev.tamis.solve;

import dev.tamis.config.TamisException;
import dev.tamis.kernels.Gemm;
import dev.tamis.kernels.PackedColumns;
import dev.tamis.kernels.Workers;

/**
 * Inverts a symmetric positive definite matrix in place, by blocks of rows: the sweep operator
 * (Goodnight: A Tutorial on the SWEEP Operator, The American Statistician 1979). With the pivot
 * block {@code K}, {@code D} the inverse of {@code A_KK} and {@code W} the columns of {@code K}:
 *
 * <pre>
 * A_ij = A_ij - W_i D W_j'      A_iK = W_i D      A_KK = -D
 * </pre>
 *
 * after all blocks {@code A} is minus its inverse. Only the lower triangle is read and written.
 *
 * <p>That is {@code size^3 / 2} multiply-adds, as many as factoring by Cholesky, inverting the
 * factor and multiplying it with itself, but every one of them in a large matrix product that all
 * threads share. Pivot blocks are inverted in double, all else is in float: the relative error is
 * about the condition number times 6e-8.
 */
public final class SymmetricInverse {
  private static final int BLOCK = ItemMatrix.STRIP_ROWS;
  private static final int SHORT_RIM = 12; // rows of the last tile that a product adds

  private final ItemMatrix matrix;
  private final int size;
  private final Workers workers;
  private final Gemm shared;
  private final Gemm[] own; // [threads]
  private final float[] panel; // [BLOCK x size] W', the columns of the pivot block
  private final PackedColumns packedPanel = new PackedColumns(); // the same
  private final float[] moved; // [BLOCK x size] -D W'
  private final double[] pivot; // [BLOCK x BLOCK] its lower triangle
  private final double[] pivotRow; // [BLOCK]
  private final float[] inverse; // [BLOCK x BLOCK] -D

  /**
   * @param matrix what is inverted; its lower triangle counts
   */
  public SymmetricInverse(ItemMatrix matrix, Workers workers) {
    this.matrix = matrix;
    this.size = matrix.size();
    this.workers = workers;
    this.shared = new Gemm(workers);
    this.own = new Gemm[workers.threads()];
    for (int t = 0; t < own.length; t++) {
      own[t] = new Gemm();
    }
    this.panel = new float[Math.multiplyExact(Math.min(BLOCK, size), size)];
    this.moved = new float[panel.length];
    this.pivot = new double[BLOCK * BLOCK];
    this.pivotRow = new double[BLOCK];
    this.inverse = new float[BLOCK * BLOCK];
  }

  /** How many calls of {@link #sweep} it takes. */
  public int blocks() {
    return matrix.strips().length;
  }

  /**
   * Sweeps one block of rows; after all of them, in any order, the lower triangle is that of minus
   * the inverse.
   *
   * @throws TamisException of kind CONFIG if the matrix is not positive definite as far as floats
   *     go
   */
  public void sweep(int block) {
    int from = block * BLOCK;
    int rows = ItemMatrix.stripRows(size, block);
    invertPivot(from, rows);
    workers.run(blocks(), (strip, worker) -> takePanel(strip, block, rows));
    packedPanel.take(rows, size, panel, 0, size, workers);
    shared.nn(rows, inverse, 0, rows, packedPanel, moved, 0, size, false);
    // The largest first, because they are the last to be done.
    workers.run(blocks(), (task, worker) -> update(blocks() - 1 - task, block, rows, own[worker]));
  }

  /** What one holds besides the matrix, in bytes. */
  public static long bytes(int size, int threads) {
    long block = Math.min(BLOCK, size);
    return 8L * block * size
        + 4L * PackedColumns.size((int) block, size)
        + 12L * BLOCK * BLOCK
        + (threads + 1) * 4L * block * (block + SHORT_RIM);
  }

  private void invertPivot(int from, int rows) {
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j <= i; j++) {
        pivot[i * rows + j] = matrix.get(from + i, from + j);
      }
    }
    for (int p = 0; p < rows; p++) {
      sweepOne(p, from, rows);
    }
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j <= i; j++) {
        inverse[i * rows + j] = (float) pivot[i * rows + j];
        inverse[j * rows + i] = inverse[i * rows + j];
      }
    }
  }

  /** The same for one row of the pivot block, its lower triangle in double. */
  private void sweepOne(int p, int from, int rows) {
    double value = pivot[p * rows + p];
    if (!(value > 0)) {
      throw TamisException.config(
          "the items' matrix is not positive definite in single precision (pivot "
              + (from + p + 1)
              + " of "
              + size
              + " is "
              + value
              + "); set a larger lambda");
    }
    System.arraycopy(pivot, p * rows, pivotRow, 0, p);
    for (int i = p; i < rows; i++) {
      pivotRow[i] = pivot[i * rows + p];
    }
    for (int i = 0; i < rows; i++) {
      double factor = pivotRow[i] / value;
      if (i != p) {
        for (int j = 0; j <= i; j++) {
          pivot[i * rows + j] -= factor * pivotRow[j];
        }
      }
      pivot[Math.max(i, p) * rows + Math.min(i, p)] = factor;
    }
    pivot[p * rows + p] = -1 / value;
  }

  /**
   * Columns of the pivot block in the rows of one strip; what is above the diagonal is below it.
   */
  private void takePanel(int strip, int block, int rows) {
    int from = block * BLOCK;
    int first = strip * BLOCK;
    int count = ItemMatrix.stripRows(size, strip);
    if (strip <= block) {
      float[] pivotRows = matrix.strips()[block];
      for (int k = 0; k < rows; k++) {
        System.arraycopy(pivotRows, k * size + first, panel, k * size + first, count);
      }
    } else {
      float[] source = matrix.strips()[strip];
      for (int i = 0; i < count; i++) {
        for (int k = 0; k < rows; k++) {
          panel[k * size + first + i] = source[i * size + from + k];
        }
      }
    }
  }

  private void update(int strip, int block, int rows, Gemm gemm) {
    int from = block * BLOCK;
    int first = strip * BLOCK;
    int count = ItemMatrix.stripRows(size, strip);
    float[] target = matrix.strips()[strip];
    if (strip == block) {
      for (int k = 0; k < rows; k++) {
        for (int j = 0; j < from; j++) {
          target[k * size + j] = -moved[k * size + j];
        }
        System.arraycopy(inverse, k * rows, target, k * size + from, rows);
      }
      return;
    }
    gemm.tn(count, first + count, moved, first, size, packedPanel, target, 0, size, true);
    if (strip > block) {
      for (int i = 0; i < count; i++) {
        for (int k = 0; k < rows; k++) {
          target[i * size + from + k] = -moved[k * size + first + i];
        }
      }
    }
  }
}
