package dev.tamis.solve;

/** Solves rows of {@link ImplicitLoss} against the other side; scratch of one thread. */
interface RowSolver {
  /**
   * Solves rows {@code from..to} in place and returns the sum of their losses, without the lambda
   * terms of the other side. A row's bits do not depend on the other rows.
   *
   * @param rows what the rows have
   * @param targets [rows x width] the vectors, as they are and then as they should be
   * @param others [columns x width]
   * @param gram of {@code others}
   */
  double solve(SparseRows rows, int from, int to, float[] targets, float[] others, GramMatrix gram);
}
