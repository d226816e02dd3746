package dev.tamis.solve;

import dev.tamis.kernels.Workers;

/**
 * One side of alternating least squares: solves all rows of {@link ImplicitLoss} while the other
 * side stands still. Rows are cut into blocks, which workers share; a row's bits depend on neither.
 */
public final class LeastSquares {
  /** How a row is solved. */
  public enum Solver {
    /** Some steps of conjugate gradient from where the row was. */
    CONJUGATE_GRADIENT,
    /** Exactly. */
    CHOLESKY
  }

  private static final int BLOCK = 64;

  private final SparseRows rows;
  private final ImplicitLoss loss;
  private final int width;
  private final Workers workers;
  private final GramMatrix gram;
  private final RowSolver[] solvers; // [threads]
  private final double[] losses; // [blocks]

  /**
   * @param rows what each row has
   * @param steps of conjugate gradient
   */
  public LeastSquares(
      SparseRows rows, ImplicitLoss loss, Solver solver, int steps, int width, Workers workers) {
    this.rows = rows;
    this.loss = loss;
    this.width = width;
    this.workers = workers;
    this.gram = new GramMatrix(width, workers);
    this.solvers = new RowSolver[workers.threads()];
    for (int t = 0; t < solvers.length; t++) {
      solvers[t] =
          switch (solver) {
            case CONJUGATE_GRADIENT -> new ConjugateGradient(loss, steps, width, BLOCK);
            case CHOLESKY -> new DirectSolver(loss, width);
          };
    }
    this.losses = new double[(rows.rowCount() + BLOCK - 1) / BLOCK];
  }

  /**
   * Solves all rows in place and returns {@link ImplicitLoss}.
   *
   * @param targets [rows x width]
   * @param others [columns x width]
   */
  public double solve(float[] targets, float[] others) {
    gram.of(others);
    workers.run(
        losses.length,
        (block, worker) -> {
          int from = block * BLOCK;
          int to = Math.min(rows.rowCount(), from + BLOCK);
          losses[block] = solvers[worker].solve(rows, from, to, targets, others, gram);
        });
    double total = 0;
    for (double ofBlock : losses) {
      total += ofBlock;
    }
    return total;
  }

  /** The lambda terms of this side, given its vectors. */
  public double penalty(float[] targets) {
    double total = 0;
    for (int r = 0; r < rows.rowCount(); r++) {
      double square = 0;
      for (int i = r * width; i < (r + 1) * width; i++) {
        square += (double) targets[i] * targets[i];
      }
      total += loss.lambdaOf(rows, r) * square;
    }
    return total;
  }

  /** What one holds, in bytes, besides the rows. */
  public static long bytes(Solver solver, int rowCount, int width, int threads) {
    long gemm = 4L * (3 * (1 << 16) + 2L * width * Math.min(width, 320));
    long scratch =
        switch (solver) {
          case CONJUGATE_GRADIENT -> 16L * BLOCK * width;
          case CHOLESKY -> 12L * width * width + 1024L * width;
        };
    return GramMatrix.bytes(width) + threads * (scratch + gemm) + rowCount / BLOCK * 8L;
  }
}
