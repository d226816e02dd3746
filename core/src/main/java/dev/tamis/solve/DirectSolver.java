package dev.tamis.solve;

import dev.tamis.config.TamisException;
import dev.tamis.kernels.Gemm;
import java.util.Arrays;

/**
 * Solves each row exactly: forms its matrix and factors it. Products of vectors are summed in
 * float; the matrix is kept, factored and solved in double, because it may be nearly singular where
 * lambda is small. Costs {@code degree width^2 + width^3 / 6} multiply-adds a row, the second part
 * at a fraction of the speed of a matrix product: for wide vectors, conjugate gradient is quicker
 * by far.
 */
public final class DirectSolver implements RowSolver {
  /** Vectors gathered at a time. */
  private static final int GATHERED = 256;

  private final ImplicitLoss loss;
  private final int width;
  private final Gemm gemm = new Gemm();
  private final float[] gathered; // [GATHERED x width] vectors times the root of alpha r
  private final float[] products; // [width x width]
  private final double[] matrix; // [width x width] upper triangle
  private final double[] x; // [width]

  /** For vectors of one width. */
  public DirectSolver(ImplicitLoss loss, int width) {
    this.loss = loss;
    this.width = width;
    this.gathered = new float[Math.multiplyExact(GATHERED, width)];
    this.products = new float[Math.multiplyExact(width, width)];
    this.matrix = new double[products.length];
    this.x = new double[width];
  }

  @Override
  public double solve(
      SparseRows rows, int from, int to, float[] targets, float[] others, GramMatrix gram) {
    double total = 0;
    for (int row = from; row < to; row++) {
      int first = rows.start()[row];
      int degree = rows.degree(row);
      double lambda = loss.lambdaOf(rows, row);
      total +=
          solve(
              rows.columns(),
              first,
              degree,
              rows.values(),
              lambda,
              others,
              gram,
              targets,
              row * width);
    }
    return total;
  }

  /**
   * Solves one row and returns its loss.
   *
   * @param columns the row has {@code columns[first..first + degree)}
   * @param values parallel to {@code columns}, or null for 1 each
   * @param lambda the row's
   * @param out the vector is written to {@code out[at..at + width)}
   */
  public double solve(
      int[] columns,
      int first,
      int degree,
      float[] values,
      double lambda,
      float[] others,
      GramMatrix gram,
      float[] out,
      int at) {
    System.arraycopy(gram.doubles(), 0, matrix, 0, matrix.length);
    Arrays.fill(x, 0);
    double confidences = 0;
    for (int done = 0; done < degree; done += GATHERED) {
      int n = Math.min(GATHERED, degree - done);
      for (int j = 0; j < n; j++) {
        int e = first + done + j;
        double extra = loss.alpha() * (values == null ? 1 : values[e]);
        float root = (float) Math.sqrt(extra);
        int from = columns[e] * width;
        for (int i = 0; i < width; i++) {
          gathered[j * width + i] = root * others[from + i];
          x[i] += (1 + extra) * others[from + i];
        }
        confidences += 1 + extra;
      }
      gemm.tn(width, width, n, gathered, 0, width, gathered, 0, width, products, 0, width, false);
      for (int i = 0; i < matrix.length; i++) {
        matrix[i] += products[i];
      }
    }
    for (int i = 0; i < width; i++) {
      matrix[i * width + i] += lambda;
    }
    double fall = factorAndSolve();
    for (int i = 0; i < width; i++) {
      out[at + i] = (float) x[i];
    }
    return confidences - fall;
  }

  /**
   * Cholesky's factorisation without its roots, and the solution in {@code x}, which holds the
   * right side b at first; returns {@code b . x}.
   */
  private double factorAndSolve() {
    double fall = 0;
    for (int p = 0; p < width; p++) {
      int row = p * width;
      double pivot = matrix[row + p];
      if (!(pivot > 0)) {
        throw TamisException.config(
            "the least squares of a row have no single solution: pivot "
                + (p + 1)
                + " of "
                + width
                + " is "
                + pivot
                + "; set a larger lambda, or a smaller dim");
      }
      for (int i = p + 1; i < width; i++) {
        double factor = matrix[row + i] / pivot;
        int other = i * width;
        for (int j = i; j < width; j++) {
          matrix[other + j] -= factor * matrix[row + j];
        }
      }
      double known = x[p];
      double share = known / pivot;
      for (int j = p + 1; j < width; j++) {
        x[j] -= share * matrix[row + j];
      }
      fall += known * share;
    }
    for (int p = width - 1; p >= 0; p--) {
      double rest = x[p];
      for (int j = p + 1; j < width; j++) {
        rest -= matrix[p * width + j] * x[j];
      }
      x[p] = rest / matrix[p * width + p];
    }
    return fall;
  }
}
