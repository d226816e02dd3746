package dev.tamis.solve;

import dev.tamis.kernels.Gemm;
import dev.tamis.kernels.Workers;
import java.util.Arrays;

/**
 * The inner products of a table's columns with each other, {@code Y'Y}. Runs of rows are summed in
 * float and the runs in double, so that the error does not grow with the number of rows. Costs
 * {@code rows x width^2} multiply-adds.
 */
public final class GramMatrix {
  private static final int RUN = 2048;

  private final int width;
  private final Gemm gemm;
  private final float[] run; // [width x width]
  private final double[] sum; // [width x width]
  private final float[] rounded; // [width x width]

  /** For tables of one width; {@code workers} may be null for the calling thread alone. */
  public GramMatrix(int width, Workers workers) {
    this.width = width;
    this.gemm = new Gemm(workers);
    this.run = new float[Math.multiplyExact(width, width)];
    this.sum = new double[run.length];
    this.rounded = new float[run.length];
  }

  /** Takes up a table, [rows x width]. */
  public GramMatrix of(float[] table) {
    Arrays.fill(sum, 0);
    int rows = table.length / width;
    for (int from = 0; from < rows; from += RUN) {
      int depth = Math.min(RUN, rows - from);
      int at = from * width;
      gemm.tn(width, width, depth, table, at, width, table, at, width, run, 0, width, false);
      for (int i = 0; i < run.length; i++) {
        sum[i] += run[i];
      }
    }
    for (int i = 0; i < run.length; i++) {
      rounded[i] = (float) sum[i];
    }
    return this;
  }

  public int width() {
    return width;
  }

  /** [width x width] the products, rounded. Not a copy. */
  public float[] floats() {
    return rounded;
  }

  /** [width x width] the products. Not a copy. */
  public double[] doubles() {
    return sum;
  }

  /** What one holds, in bytes. */
  public static long bytes(int width) {
    return 16L * width * width;
  }
}
