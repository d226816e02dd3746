package dev.tamis.kernels;

import java.util.Arrays;

/**
 * Products of row-major matrices: {@code C = A B}, with either side transposed.
 *
 * <p>Element {@code c[i][j]} is one chain of fused multiply-adds over {@code k = 0, 1, 2, ...} that
 * starts at +0, or at what {@code C} held where the product is added. So its bits depend neither on
 * threads, tiles and vector width nor on which other elements are computed.
 *
 * <p>The last two arguments before {@code add} and their like are an offset and a row stride: row
 * {@code i} of {@code C} starts at {@code cFrom + i * ldc}. A stride is at least the width of its
 * matrix. {@code C} must share no element with {@code A} or {@code B}. Every method throws {@link
 * IllegalArgumentException} for a negative size or a stride that is too small, and {@link
 * IndexOutOfBoundsException} for a matrix that does not fit its array, before anything is written.
 *
 * <p>Not safe for use by several threads at once: it owns packing buffers, which grow to the
 * largest product seen (at most about 4 MB, or 1 kB for each row or column of the shorter side of
 * {@code C}, and 512 kB a worker). One made without workers runs on the calling thread.
 *
 * <p>How it works: the longer side of {@code C} is cut into blocks, one task each. The operand of
 * the shorter side is packed once, by all workers; each task packs its own part of the other
 * operand, so that the part stays in the second-level cache while the panels of the shorter side go
 * by. An operand that is packed, or is one panel as it stands, is read in place, and so is {@code
 * A} where {@code C} has columns for few panels only.
 */
public final class Gemm {
  /**
   * Steps of k in one block: a panel of 12 rows this long takes half of a first-level cache, and
   * few blocks mean that {@code C} is read and written few times.
   */
  private static final int MAX_DEPTH = 320;

  /** Packed elements of the longer side in one block: half of a second-level cache of 1 MB. */
  private static final int MAX_BLOCK = 1 << 17;

  /** Packed elements of the shorter side: a share of the third-level cache. */
  private static final int MAX_SHORT = 1 << 20;

  /** Panels of the shorter side up to which whole panels of a longer A are read in place. */
  private static final int MAX_IN_PLACE = 2;

  /** Multiply-adds below which waking the workers costs more than it brings. */
  private static final long MIN_SHARED_WORK = 1 << 20;

  private final Workers workers;
  private final GemmTile tile;
  private final Workers.Task packShort = this::packShort;
  private final Workers.Task multiplyBlock = this::multiplyBlock;
  private final float[][] blocks; // [workers][packed block of the longer side]
  private final float[][] edges; // [workers][tile rows x tile columns]
  private float[] shortPanels = {}; // [panels of the shorter side][depth of this pass x unit]

  // The product at hand.
  private final GemmOperand left = new GemmOperand(); // A
  private final GemmOperand right = new GemmOperand(); // B
  private boolean columnsAreLong;
  private int blockPanels;
  private float[] c;
  private int cFrom;
  private int ldc;
  private int passFrom; // this pass covers k in passFrom .. passFrom + passDepth
  private int passDepth;
  private int depth; // steps of k in one block
  private boolean addPass;

  /** Runs on the calling thread. */
  public Gemm() {
    this(null);
  }

  /** Spreads the tiles of {@code C} over the workers. */
  public Gemm(Workers workers) {
    this(workers, Kernels.gemmTile());
  }

  Gemm(Workers workers, GemmTile tile) {
    this.workers = workers;
    this.tile = tile;
    int threads = workers == null ? 1 : workers.threads();
    this.blocks = new float[threads][0];
    this.edges = new float[threads][tile.rows() * tile.columns()];
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
    check(m, n, k, m, k, a, aFrom, lda, k, n, b, bFrom, ldb, c, cFrom, ldc);
    left.set(a, aFrom, lda, 1, m, tile.rows());
    right.set(b, bFrom, 1, ldb, n, tile.columns());
    multiply(m, n, k, c, cFrom, ldc, add);
  }

  /**
   * {@code C[m x n] (+)= A[m x k] B[k x n]} to the same bits, where B has been packed; n and k are
   * its columns and steps.
   *
   * @throws IllegalArgumentException if B was packed for tiles of another width, too
   */
  public void nn(
      int m,
      float[] a,
      int aFrom,
      int lda,
      PackedColumns b,
      float[] c,
      int cFrom,
      int ldc,
      boolean add) {
    nn(m, b.count, a, aFrom, lda, b, c, cFrom, ldc, add);
  }

  /**
   * The same for the first {@code n} columns of B only.
   *
   * @throws IllegalArgumentException if B has fewer columns, too
   */
  public void nn(
      int m,
      int n,
      float[] a,
      int aFrom,
      int lda,
      PackedColumns b,
      float[] c,
      int cFrom,
      int ldc,
      boolean add) {
    int k = b.steps;
    checkPacked(m, n, b, c, cFrom, ldc);
    check("A", m, k, a, aFrom, lda);
    left.set(a, aFrom, lda, 1, m, tile.rows());
    right.set(b, n);
    multiply(m, n, k, c, cFrom, ldc, add);
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
    check(m, n, k, m, k, a, aFrom, lda, n, k, b, bFrom, ldb, c, cFrom, ldc);
    left.set(a, aFrom, lda, 1, m, tile.rows());
    right.set(b, bFrom, ldb, 1, n, tile.columns());
    multiply(m, n, k, c, cFrom, ldc, add);
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
    check(m, n, k, k, m, a, aFrom, lda, k, n, b, bFrom, ldb, c, cFrom, ldc);
    left.set(a, aFrom, 1, lda, m, tile.rows());
    right.set(b, bFrom, 1, ldb, n, tile.columns());
    multiply(m, n, k, c, cFrom, ldc, add);
  }

  /** {@code C[m x n] (+)= A[k x m]^T B[k x n]} to the same bits, of the first n packed columns. */
  public void tn(
      int m,
      int n,
      float[] a,
      int aFrom,
      int lda,
      PackedColumns b,
      float[] c,
      int cFrom,
      int ldc,
      boolean add) {
    int k = b.steps;
    checkPacked(m, n, b, c, cFrom, ldc);
    check("A", k, m, a, aFrom, lda);
    left.set(a, aFrom, 1, lda, m, tile.rows());
    right.set(b, n);
    multiply(m, n, k, c, cFrom, ldc, add);
  }

  private void multiply(int m, int n, int k, float[] c, int cFrom, int ldc, boolean add) {
    if (m == 0 || n == 0) {
      return;
    }
    if (k == 0) {
      for (int i = 0; i < m && !add; i++) {
        Arrays.fill(c, cFrom + i * ldc, cFrom + i * ldc + n, 0);
      }
      return;
    }
    this.c = c;
    this.cFrom = cFrom;
    this.ldc = ldc;
    columnsAreLong = n >= m;
    GemmOperand longSide = columnsAreLong ? right : left;
    GemmOperand shortSide = columnsAreLong ? left : right;
    depth = depth(k);
    int shortWidth = shortSide.panels * shortSide.unit;
    int maxPass = depth * Math.max(1, MAX_SHORT / shortWidth / depth);
    boolean shared = workers != null && (long) m * n * k >= MIN_SHARED_WORK;
    int tasks = cut(longSide, shared ? workers.threads() : 1);
    for (passFrom = 0; passFrom < k; passFrom += passDepth) {
      passDepth = Math.min(maxPass, k - passFrom);
      addPass = add || passFrom > 0;
      boolean packs = !shortSide.packed;
      if (packs && shortPanels.length < shortWidth * passDepth) {
        shortPanels = new float[shortWidth * passDepth];
      }
      if (shared) {
        workers.run(packs ? shortSide.panels : 0, packShort);
        workers.run(tasks, multiplyBlock);
      } else {
        for (int i = 0; i < shortSide.panels && packs; i++) {
          packShort(i, 0);
        }
        for (int i = 0; i < tasks; i++) {
          multiplyBlock(i, 0);
        }
      }
    }
    left.source = null;
    right.source = null;
    this.c = null;
  }

  /** Cuts the longer side into blocks, a whole number of them for each thread; returns how many. */
  private int cut(GemmOperand longSide, int threads) {
    int most = Math.max(1, MAX_BLOCK / (longSide.unit * depth));
    int tasks = threads * divideUp(divideUp(longSide.panels, most), threads);
    blockPanels = divideUp(longSide.panels, tasks);
    return divideUp(longSide.panels, blockPanels);
  }

  private void packShort(int panel, int worker) {
    GemmOperand side = columnsAreLong ? left : right;
    // Panels of one depth block lie together.
    for (int from = 0; from < passDepth; from += depth) {
      int steps = Math.min(depth, passDepth - from);
      int at = (side.panels * from + panel * steps) * side.unit;
      side.pack(panel, passFrom + from, steps, shortPanels, at);
    }
  }

  private void multiplyBlock(int task, int worker) {
    GemmOperand longSide = columnsAreLong ? right : left;
    GemmOperand shortSide = columnsAreLong ? left : right;
    int first = task * blockPanels;
    int end = Math.min(longSide.panels, first + blockPanels);
    float[] edge = edges[worker];
    boolean packed = longSide.packed;
    // Where the shorter side has few panels, a packed element is not read often enough to pay.
    boolean inPlace = !columnsAreLong && shortSide.panels <= MAX_IN_PLACE;
    int firstPacked =
        packed || !inPlace ? first : Math.max(first, Math.min(end, left.count / left.unit));
    if (!packed && blocks[worker].length < (end - firstPacked) * longSide.unit * depth) {
      blocks[worker] = new float[(end - firstPacked) * longSide.unit * depth];
    }
    float[] block = packed ? longSide.source : blocks[worker];
    boolean shortPacked = shortSide.packed;
    float[] shorts = shortPacked ? shortSide.source : shortPanels;
    for (int from = 0; from < passDepth; from += depth) {
      int steps = Math.min(depth, passDepth - from);
      if (!packed) {
        longSide.pack(firstPacked, end, passFrom + from, steps, block, 0);
      }
      boolean add = addPass || from > 0;
      for (int s = 0; s < shortSide.panels; s++) {
        int shortAt =
            shortPacked
                ? shortSide.at(s, passFrom + from, steps)
                : (shortSide.panels * from + s * steps) * shortSide.unit;
        for (int p = first; p < firstPacked; p++) {
          int lane = left.laneStride;
          int at = left.from + p * left.unit * lane + (passFrom + from) * left.stepStride;
          tile(steps, p, left.source, at, lane, left.stepStride, s, shorts, shortAt, add, edge);
        }
        for (int p = firstPacked; p < end; p++) {
          int longAt =
              packed
                  ? longSide.at(p, passFrom + from, steps)
                  : (p - firstPacked) * longSide.unit * steps;
          if (columnsAreLong) {
            tile(steps, s, shorts, shortAt, 1, left.unit, p, block, longAt, add, edge);
          } else {
            tile(steps, p, block, longAt, 1, left.unit, s, shorts, shortAt, add, edge);
          }
        }
      }
    }
  }

  /**
   * One tile; at the rim of {@code C} it is computed aside, for it has rows or columns too many.
   */
  private void tile(
      int steps,
      int aPanel,
      float[] a,
      int aAt,
      int lane,
      int step,
      int bPanel,
      float[] b,
      int bAt,
      boolean add,
      float[] edge) {
    int at = cFrom + aPanel * left.unit * ldc + bPanel * right.unit;
    int rows = left.lanes(aPanel);
    int columns = right.lanes(bPanel);
    if (rows == left.unit && columns == right.unit) {
      tile.multiply(steps, a, aAt, lane, step, b, bAt, c, at, ldc, add);
      return;
    }
    for (int i = 0; i < rows && add; i++) {
      System.arraycopy(c, at + i * ldc, edge, i * right.unit, columns);
    }
    tile.multiply(steps, a, aAt, lane, step, b, bAt, edge, 0, right.unit, add);
    for (int i = 0; i < rows; i++) {
      System.arraycopy(edge, i * right.unit, c, at + i * ldc, columns);
    }
  }

  private static void check(
      int m,
      int n,
      int k,
      int aRows,
      int aColumns,
      float[] a,
      int aFrom,
      int lda,
      int bRows,
      int bColumns,
      float[] b,
      int bFrom,
      int ldb,
      float[] c,
      int cFrom,
      int ldc) {
    checkSizes(m, n, k);
    check("A", aRows, aColumns, a, aFrom, lda);
    check("B", bRows, bColumns, b, bFrom, ldb);
    check("C", m, n, c, cFrom, ldc);
  }

  private void checkPacked(int m, int n, PackedColumns b, float[] c, int cFrom, int ldc) {
    if (b.unit != tile.columns()) {
      throw new IllegalArgumentException(
          "columns are packed by " + b.unit + ", but tiles have " + tile.columns());
    }
    checkSizes(m, n, b.steps);
    if (n > b.count) {
      throw new IllegalArgumentException(
          "the first " + n + " columns are wanted, but " + b.count + " are packed");
    }
    check("C", m, n, c, cFrom, ldc);
  }

  static void checkSizes(int m, int n, int k) {
    if (m < 0 || n < 0 || k < 0) {
      throw new IllegalArgumentException(
          "sizes must not be negative, but are m=" + m + ", n=" + n + ", k=" + k);
    }
  }

  static void check(String name, int rows, int columns, float[] x, int from, int stride) {
    if (stride < columns) {
      throw new IllegalArgumentException(
          name + " has " + columns + " columns, but a row stride of only " + stride);
    }
    // Less than 2^62 + 2^32, so it cannot overflow.
    long end = from + (rows == 0 || columns == 0 ? 0 : (rows - 1) * (long) stride + columns);
    if (from < 0 || end > x.length) {
      throw new IndexOutOfBoundsException(
          name
              + " is "
              + rows
              + " x "
              + columns
              + " with row stride "
              + stride
              + " and needs elements "
              + from
              + " to "
              + end
              + ", but its array has "
              + x.length);
    }
  }

  /** Steps of k in one block of a product of so many. */
  static int depth(int k) {
    return divideUp(k, divideUp(k, MAX_DEPTH));
  }

  static int divideUp(int a, int b) {
    return (a + b - 1) / b;
  }
}
