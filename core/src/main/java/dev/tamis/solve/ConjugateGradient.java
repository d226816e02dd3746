package dev.tamis.solve;

import dev.tamis.kernels.Gemm;
import dev.tamis.kernels.Kernels;

/**
 * Some steps of conjugate gradient from where a row is (Takács, Pilászy, Tikk: Applications of the
 * Conjugate Gradient Method for Implicit Feedback Collaborative Filtering, RecSys 2011). The matrix
 * of a row is never formed: what all rows share goes through one matrix product for a block of
 * rows, the rest through the row's own gathered vectors. Each step costs {@code width^2 + 2 degree
 * width} multiply-adds a row.
 */
final class ConjugateGradient implements RowSolver {
  private static final float ROUNDING = 0x1p-23f; // relative, of a float

  private final ImplicitLoss loss;
  private final int steps;
  private final int width;
  private final Gemm gemm = new Gemm();
  private final float[] x; // [block x width] what is sought
  private final float[] residual; // [block x width]
  private final float[] direction; // [block x width]
  private final float[] image; // [block x width] the matrix times the direction
  private final float[] lambda; // [block]
  private final float[] squares; // [block] of the residual
  private final float[] enough; // [block] of which less is rounding error: the row is done
  private float[] factors = {}; // [longest row]

  ConjugateGradient(ImplicitLoss loss, int steps, int width, int block) {
    this.loss = loss;
    this.steps = steps;
    this.width = width;
    this.x = new float[Math.multiplyExact(block, width)];
    this.residual = new float[x.length];
    this.direction = new float[x.length];
    this.image = new float[x.length];
    this.lambda = new float[block];
    this.squares = new float[block];
    this.enough = new float[block];
  }

  @Override
  public double solve(
      SparseRows rows, int from, int to, float[] targets, float[] others, GramMatrix gram) {
    int n = to - from;
    System.arraycopy(targets, from * width, x, 0, n * width);
    times(gram, n, x);
    double total = 0;
    for (int r = 0; r < n; r++) {
      total += begin(rows, from + r, r, others);
    }
    for (int s = 0; s < steps; s++) {
      times(gram, n, direction);
      for (int r = 0; r < n; r++) {
        // On rounding errors further steps would grow, not shrink.
        if (squares[r] > enough[r]) {
          total -= step(rows, from + r, r, others);
        }
      }
    }
    System.arraycopy(x, 0, targets, from * width, n * width);
    return total;
  }

  private void times(GramMatrix gram, int n, float[] vectors) {
    gemm.nn(n, width, width, vectors, 0, width, gram.floats(), 0, width, image, 0, width, false);
  }

  /** Residual and direction at the start; returns the loss there. */
  private double begin(SparseRows rows, int row, int r, float[] others) {
    int first = rows.start()[row];
    int degree = rows.degree(row);
    if (factors.length < degree) {
      factors = new float[Math.max(degree, 2 * factors.length)];
    }
    lambda[r] = (float) loss.lambdaOf(rows, row);
    int at = r * width;
    Kernels.dotRows(x, at, others, width, rows.columns(), first, degree, factors, 0);
    // With t the scores: residual = sum of (c - (c - 1) t) y - (Y'Y + lambda) x.
    double ofPairs = 0;
    for (int j = 0; j < degree; j++) {
      float extra = (float) loss.alpha() * rows.value(first + j);
      ofPairs += (1 + extra) * (1 - (double) factors[j]);
      factors[j] = 1 + extra - extra * factors[j];
    }
    for (int i = at; i < at + width; i++) {
      residual[i] = -image[i] - lambda[r] * x[i];
    }
    Kernels.axpyRows(factors, 0, others, width, rows.columns(), first, degree, residual, at);
    System.arraycopy(residual, at, direction, at, width);
    squares[r] = Kernels.dot(residual, at, residual, at, width);
    enough[r] = squares[r] * ROUNDING * ROUNDING;
    // x'Ax - 2 b'x + sum of c, where Ax = b - residual
    return ofPairs - Kernels.dot(x, at, residual, at, width);
  }

  /** One step; returns by how much the loss falls. */
  private double step(SparseRows rows, int row, int r, float[] others) {
    int first = rows.start()[row];
    int degree = rows.degree(row);
    int at = r * width;
    Kernels.dotRows(direction, at, others, width, rows.columns(), first, degree, factors, 0);
    for (int j = 0; j < degree; j++) {
      factors[j] *= (float) loss.alpha() * rows.value(first + j);
    }
    Kernels.axpy(lambda[r], direction, at, image, at, width);
    Kernels.axpyRows(factors, 0, others, width, rows.columns(), first, degree, image, at);
    float curvature = Kernels.dot(direction, at, image, at, width);
    float before = squares[r];
    if (!(curvature > 0)) { // as far as floats go
      squares[r] = 0;
      return 0;
    }
    float length = before / curvature;
    Kernels.axpy(length, direction, at, x, at, width);
    Kernels.axpy(-length, image, at, residual, at, width);
    squares[r] = Kernels.dot(residual, at, residual, at, width);
    Kernels.scale(squares[r] / before, direction, at, width);
    Kernels.axpy(1, residual, at, direction, at, width);
    return (double) length * before;
  }
}
