package dev.tamis.solve;

import dev.tamis.kernels.Workers;
import java.util.function.IntConsumer;

/**
 * The item-to-item weights of the linear autoencoder without self-similarity (Steck: Embarrassingly
 * Shallow Autoencoders for Sparse Data, WWW 2019, equation 8): {@code B = I - P diag(1 / diag P)}
 * with {@code P = (X'X + lambda I)^-1}, the exact minimum of {@code |X - X B|^2 + lambda |B|^2}
 * with a zero diagonal.
 *
 * <p>One square matrix of floats is the counts, then the inverse, then the weights.
 */
public final class ClosedFormWeights {
  private static final int COLUMNS = 16; // a cache line

  private final SparseRows users;
  private final SparseRows items;
  private final double lambda;
  private final Workers workers;

  /**
   * @param users the items of each user; values are not looked at
   */
  public ClosedFormWeights(SparseRows users, double lambda, Workers workers) {
    this.users = users;
    this.items = users.transposed();
    this.lambda = lambda;
    this.workers = workers;
  }

  /**
   * Row {@code i} holds what having item {@code i} adds to the score of each item.
   *
   * @param progress told how many blocks of rows are done, of {@link ItemMatrix#stripCount}
   */
  public ItemMatrix solve(IntConsumer progress) {
    int size = users.columnCount();
    ItemMatrix matrix = ItemMatrix.zeros(size);
    workers.run(matrix.strips().length, (strip, worker) -> count(matrix, strip));
    SymmetricInverse inverse = new SymmetricInverse(matrix, workers);
    for (int block = 0; block < inverse.blocks(); block++) {
      inverse.sweep(block);
      progress.accept(block + 1);
    }
    float[] diagonal = matrix.diagonal();
    int strips = matrix.strips().length;
    workers.run(strips, (strip, worker) -> weigh(matrix, diagonal, strip));
    return matrix;
  }

  /**
   * The strongest weights of each column, as rows like those of the matrix.
   *
   * @param keep how many of a column
   */
  public static SparseRows strongest(ItemMatrix matrix, int keep, Workers workers) {
    int size = matrix.size();
    SparseWeights found = new SparseWeights(size);
    float[][][] columns = new float[workers.threads()][][]; // [threads][COLUMNS][size]
    Strongest[] strongest = new Strongest[workers.threads()];
    workers.run(
        (size + COLUMNS - 1) / COLUMNS,
        (block, worker) -> {
          if (columns[worker] == null) {
            columns[worker] = new float[COLUMNS][size];
            strongest[worker] = new Strongest();
          }
          int first = block * COLUMNS;
          int count = Math.min(COLUMNS, size - first);
          for (int i = 0; i < size; i++) {
            float[] strip = matrix.stripOf(i);
            for (int c = 0, at = matrix.at(i) + first; c < count; c++) {
              columns[worker][c][i] = strip[at + c];
            }
          }
          for (int c = 0; c < count; c++) {
            strongest[worker].begin(columns[worker][c]);
            for (int i = 0; i < size; i++) {
              strongest[worker].offer(i);
            }
            found.set(first + c, strongest[worker].columns(keep), columns[worker][c]);
          }
        });
    return found.rows(size).transposed();
  }

  /** What solving holds in memory besides the matrix, in bytes. */
  public static long bytes(int size, int pairs, int threads) {
    return SymmetricInverse.bytes(size, threads) + 4L * pairs + 12L * size;
  }

  /**
   * How many users have both items, for one strip of the lower triangle; lambda on its diagonal.
   * Floats count exactly up to 16,777,216 users who have both.
   */
  private void count(ItemMatrix matrix, int strip) {
    int first = strip * ItemMatrix.STRIP_ROWS;
    float[] target = matrix.strips()[strip];
    for (int i = first; i < first + ItemMatrix.stripRows(matrix.size(), strip); i++) {
      int at = matrix.at(i);
      for (int e = items.start()[i]; e < items.start()[i + 1]; e++) {
        int user = items.columns()[e];
        for (int f = users.start()[user]; users.columns()[f] < i; f++) {
          target[at + users.columns()[f]]++;
        }
      }
      target[at + i] = (float) (items.degree(i) + lambda);
    }
  }

  /** Divides one strip of rows of the lower triangle, and mirrors it, tile by tile. */
  private static void weigh(ItemMatrix matrix, float[] diagonal, int strip) {
    int first = strip * ItemMatrix.STRIP_ROWS;
    int end = first + ItemMatrix.stripRows(matrix.size(), strip);
    for (int tile = 0; tile <= strip; tile++) {
      int from = tile * ItemMatrix.STRIP_ROWS;
      for (int i = first; i < end; i++) {
        float[] row = matrix.stripOf(i);
        int to = Math.min(i, from + ItemMatrix.STRIP_ROWS);
        for (int j = from; j < to; j++) {
          float entry = row[matrix.at(i) + j];
          row[matrix.at(i) + j] = entry / -diagonal[j];
          matrix.stripOf(j)[matrix.at(j) + i] = entry / -diagonal[i];
        }
      }
    }
    for (int i = first; i < end; i++) {
      matrix.stripOf(i)[matrix.at(i) + i] = 0;
    }
  }
}
