package dev.tamis.kernels;

/**
 * Products of row-major matrices: {@code C = A B}, with either side transposed.
 *
 * <p>Element {@code c[i][j]} is one chain of fused multiply-adds over {@code k = 0, 1, 2, ...} that
 * starts at +0, or at what {@code C} held where the product is added. So its bits depend neither on
 * threads, tiles and vector width nor on which other elements are computed.
 *
 * <p>Not safe for use by several threads at once: it owns packing buffers. One made without workers
 * runs on the calling thread.
 */
public final class Gemm {
  private final Workers workers;

  /** Runs on the calling thread. */
  public Gemm() {
    this(null);
  }

  /** Spreads the tiles of {@code C} over the workers. */
  public Gemm(Workers workers) {
    this.workers = workers;
  }

  /**
   * {@code C[m x n] (+)= A[m x k] B[k x n]}; {@code lda}, {@code ldb}, {@code ldc} are the row
   * strides.
   */
  public void nn(
      int m,
      int n,
      int k,
      float[] a,
      int aFrom,
      int lda,
      float[] b,
      int bFrom,
      int ldb,
      float[] c,
      int cFrom,
      int ldc,
      boolean add) {
    multiply(m, n, k, a, aFrom, lda, 1, b, bFrom, ldb, 1, c, cFrom, ldc, add);
  }

  /** {@code C[m x n] (+)= A[m x k] B[n x k]^T}. */
  public void nt(
      int m,
      int n,
      int k,
      float[] a,
      int aFrom,
      int lda,
      float[] b,
      int bFrom,
      int ldb,
      float[] c,
      int cFrom,
      int ldc,
      boolean add) {
    multiply(m, n, k, a, aFrom, lda, 1, b, bFrom, 1, ldb, c, cFrom, ldc, add);
  }

  /** {@code C[m x n] (+)= A[k x m]^T B[k x n]}. */
  public void tn(
      int m,
      int n,
      int k,
      float[] a,
      int aFrom,
      int lda,
      float[] b,
      int bFrom,
      int ldb,
      float[] c,
      int cFrom,
      int ldc,
      boolean add) {
    multiply(m, n, k, a, aFrom, 1, lda, b, bFrom, ldb, 1, c, cFrom, ldc, add);
  }

  private void multiply(
      int m,
      int n,
      int k,
      float[] a,
      int aFrom,
      int aRow,
      int aCol,
      float[] b,
      int bFrom,
      int bRow,
      int bCol,
      float[] c,
      int cFrom,
      int ldc,
      boolean add) {
    Workers.Task row =
        (i, worker) -> {
          for (int j = 0; j < n; j++) {
            float sum = add ? c[cFrom + i * ldc + j] : 0;
            for (int l = 0; l < k; l++) {
              sum = Math.fma(a[aFrom + i * aRow + l * aCol], b[bFrom + l * bRow + j * bCol], sum);
            }
            c[cFrom + i * ldc + j] = sum;
          }
        };
    if (workers != null) {
      workers.run(m, row);
    } else {
      for (int i = 0; i < m; i++) {
        row.run(i, 0);
      }
    }
  }
}
