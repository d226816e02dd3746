package dev.tamis.kernels;

/**
 * The right side {@code B[steps x count]} of products as {@link Gemm} reads it: made once for many
 * products with left sides of few rows, each of which would else make it anew.
 *
 * <p>Holds {@code steps} times {@code count}, rounded up to whole panels, and grows to the largest
 * that it was given. Not safe for use while it is being made.
 */
public final class PackedColumns {
  /** Panels that are packed together: what lies side by side in a row of B is read at once. */
  private static final int GROUP = 16;

  final int unit;
  float[] panels = {}; // [blocks of steps][panels of columns][steps of the block x unit]
  private final GemmOperand source = new GemmOperand();
  private final Workers.Task packGroup = this::packGroup;
  int steps;
  int count;

  /** Of a matrix without columns. */
  public PackedColumns() {
    this(Kernels.gemmTile());
  }

  PackedColumns(GemmTile tile) {
    this.unit = tile.columns();
  }

  /** How many numbers are held for a matrix of this size. */
  public static long size(int steps, int count) {
    int unit = Kernels.gemmTile().columns();
    return (long) steps * Gemm.divideUp(count, unit) * unit;
  }

  /**
   * Takes {@code B[steps x count]}, whose rows are {@code ldb} apart.
   *
   * @throws IllegalArgumentException if a size is negative or the stride too small
   * @throws IndexOutOfBoundsException if the matrix does not fit its array
   */
  public void take(int steps, int count, float[] b, int from, int ldb) {
    take(steps, count, b, from, ldb, null);
  }

  /** The same, shared by the workers, which a large matrix is worth; null for none. */
  public void take(int steps, int count, float[] b, int from, int ldb, Workers workers) {
    Gemm.checkSizes(0, count, steps);
    Gemm.check("B", steps, count, b, from, ldb);
    pack(steps, count, b, from, 1, ldb, workers);
  }

  /**
   * Takes {@code B} from its transpose {@code [count x steps]}, whose rows are {@code ldb} apart.
   *
   * @throws IllegalArgumentException if a size is negative or the stride too small
   * @throws IndexOutOfBoundsException if the matrix does not fit its array
   */
  public void takeTransposed(int steps, int count, float[] b, int from, int ldb) {
    Gemm.checkSizes(0, count, steps);
    Gemm.check("B", count, steps, b, from, ldb);
    pack(steps, count, b, from, ldb, 1, null);
  }

  private void pack(
      int steps, int count, float[] b, int from, int laneStride, int stepStride, Workers workers) {
    source.set(b, from, laneStride, stepStride, count, unit);
    this.steps = steps;
    this.count = count;
    int size = Math.multiplyExact(Math.multiplyExact(source.panels, unit), steps);
    if (panels.length < size) {
      panels = new float[size];
    }
    int groups = Gemm.divideUp(source.panels, GROUP);
    if (workers != null) {
      workers.run(groups, packGroup);
    } else {
      for (int group = 0; group < groups; group++) {
        packGroup(group, 0);
      }
    }
    source.source = null;
  }

  private void packGroup(int group, int worker) {
    int first = group * GROUP;
    int end = Math.min(source.panels, first + GROUP);
    int block = Gemm.depth(Math.max(1, steps));
    for (int k = 0; k < steps; k += block) {
      int some = Math.min(block, steps - k);
      int at = (source.panels * k + first * some) * unit;
      source.pack(first, end, k, some, panels, at);
    }
  }
}
