package dev.tamis.sample.index;

import dev.tamis.kernels.Kernels;
import dev.tamis.kernels.Workers;
import dev.tamis.math.ArrayLength;
import dev.tamis.math.Categorical;
import dev.tamis.math.Rng;
import java.util.Arrays;

/**
 * Draws items in proportion to a quadratic kernel {@code K(q, v) = alpha (q . v)^2 + 1} without
 * looking at all of them (Blanc, Rendle: Adaptive Sampled Softmax with Kernel Based Sampling, ICML
 * 2018, section 3.2). A binary tree has buckets of items as leaves, and a node knows the sum {@code
 * S} of {@code v v'} over its items, so that their kernels sum up to {@code alpha q' S q} and their
 * number. A draw goes down by the masses of the children, then looks at each item of a bucket.
 *
 * <p>Deviation: most of the 1 that every item has is drawn without the tree, as that needs no
 * search. Buckets are runs of item numbers of nearly equal length. Cost of a draw that goes down:
 * O(width^2 log(buckets) + width x bucket), less where several draws of a query share the upper
 * nodes; of building: O(items x width^2). Memory: the upper triangle of {@code S} for each node, so
 * between 1 and 2 times {@code items x width (width + 1) / leafItems} floats, and a copy of the
 * vectors.
 */
public final class KernelTree {
  /**
   * The part of each item's 1 that is left to the tree, so that no node is without a mass and
   * rounding stays small beside it.
   */
  static final double FLOOR = 1.0 / 16;

  /** How far the items of a bucket may be above the mass that led to it, by rounding. */
  static final double SLACK = 1.0 / 64;

  private static final String MORE_IN_A_LEAF = "set leaf-items to more, or make dim smaller";

  private final int items;
  private final int width;
  private final double alpha;
  private final int depth; // levels below the root
  final int leaves; // 2^depth
  private final int cells; // of an upper triangle
  private final float[] vectors; // [items x width]
  private final float[] sums; // [2 x leaves x cells]; node 1 is the root, n has children 2n, 2n + 1

  /**
   * A tree over vectors of zeros.
   *
   * @param alpha at least 0
   * @param leafItems the most items of a bucket
   * @throws dev.tamis.config.TamisException of kind CONFIG if the tree is too large for an array
   */
  public KernelTree(int items, int width, double alpha, int leafItems) {
    this.items = items;
    this.width = width;
    this.alpha = alpha;
    this.depth = depth(items, leafItems);
    this.leaves = 1 << depth;
    this.cells = width * (width + 1) / 2;
    int sums =
        ArrayLength.of(
            "sums of a kernel tree over " + items + " items", 2L * leaves, cells, MORE_IN_A_LEAF);
    this.vectors =
        new float[ArrayLength.of("vectors of a kernel tree", width, items, "make dim smaller")];
    this.sums = new float[sums];
  }

  /** Memory in bytes. */
  public static long bytes(int items, int width, int leafItems) {
    return 4 * (numbers(items, width, leafItems) + (long) items * width);
  }

  private static long numbers(int items, int width, int leafItems) {
    return (long) width * (width + 1) << depth(items, leafItems);
  }

  private static int depth(int items, int leafItems) {
    int buckets = (items - 1) / leafItems + 1;
    return Integer.SIZE - Integer.numberOfLeadingZeros(buckets - 1);
  }

  /**
   * Takes up item vectors, which are copied.
   *
   * @param table [items x width]
   */
  public void build(float[] table, Workers workers) {
    System.arraycopy(table, 0, vectors, 0, vectors.length);
    workers.run(leaves, (leaf, worker) -> sumBucket(leaf));
    for (int node = leaves - 1; node > 0; node--) {
      System.arraycopy(sums, 2 * node * cells, sums, node * cells, cells);
      Kernels.axpy(1, sums, (2 * node + 1) * cells, sums, node * cells, cells);
    }
  }

  private void sumBucket(int leaf) {
    int sum = (leaves + leaf) * cells;
    Arrays.fill(sums, sum, sum + cells, 0);
    for (int i = firstItem(leaf); i < firstItem(leaf + 1); i++) {
      int row = sum;
      for (int d = 0; d < width; d++) {
        int at = i * width + d;
        Kernels.axpy(vectors[at], vectors, at, sums, row, width - d);
        row += width - d;
      }
    }
  }

  /** The first item of a bucket. */
  int firstItem(int leaf) {
    return (int) ((long) items * leaf >>> depth);
  }

  /** A part for one thread. */
  public Descent newDescent() {
    return new Descent();
  }

  /** Draws for one query after another, on one thread. */
  public final class Descent {
    private final float[] squares = new float[cells]; // of the query: twice off the diagonal
    private final double[] masses = new double[2 * leaves]; // of nodes that were looked at
    private final long[] lookedAt = new long[2 * leaves]; // by which query
    private final int[] bucket; // [items of a bucket]
    private final float[] dots; // [items of a bucket]
    private final double[] cumulative; // [items of a bucket]
    private int summedUp = -1; // the first item of the bucket that is summed up
    private float[] query;
    private int at;
    private long queries;

    private Descent() {
      int most = (items - 1) / leaves + 1;
      bucket = new int[most];
      dots = new float[most];
      cumulative = new double[most];
    }

    /** Takes up the query at {@code q[from..from + width)}, which must stay as it is. */
    public void take(float[] q, int from) {
      query = q;
      at = from;
      queries++;
      summedUp = -1;
      int cell = 0;
      for (int d = 0; d < width; d++) {
        squares[cell++] = q[from + d] * q[from + d];
        for (int e = d + 1; e < width; e++) {
          squares[cell++] = 2 * q[from + d] * q[from + e];
        }
      }
    }

    /**
     * An item, or -1 where another trial is needed; the items of all trials that have one follow
     * the kernel. A trial needs another about once in {@code 1 / SLACK} times.
     */
    public int trial(Rng rng) {
      double even = items * (1 - FLOOR);
      if (rng.nextDouble() * (even + mass(1)) < even) {
        int item = rng.nextInt(items);
        return rng.nextDouble() < kept(1, 1) ? item : -1;
      }
      int node = 1;
      double promised = mass(1);
      while (node < leaves) {
        double left = mass(2 * node);
        double both = left + mass(2 * node + 1);
        node = rng.nextDouble() * both < left ? 2 * node : 2 * node + 1;
        promised *= masses[node] / both;
      }
      int first = firstItem(node - leaves);
      int count = firstItem(node - leaves + 1) - first;
      if (rng.nextDouble() < kept(promised, sumUp(first, count))) {
        return first + Categorical.first(cumulative, 0, count, rng.nextDouble());
      }
      return -1;
    }

    /**
     * The probability to keep a bucket. Masses of nodes are sums of floats that may cancel, so the
     * way down is not quite as probable as the items at its end; what is kept is.
     */
    static double kept(double promised, double found) {
      return Math.min(1, found / ((1 + SLACK) * promised));
    }

    /** What the items of a node have of their kernels in the tree, but for rounding. */
    double mass(int node) {
      if (lookedAt[node] != queries) {
        lookedAt[node] = queries;
        float form = Kernels.dot(squares, 0, sums, node * cells, cells);
        masses[node] = alpha * Math.max(0, form) + FLOOR * itemsOf(node);
      }
      return masses[node];
    }

    /** Sums up what some items in a row have in the tree, and returns the last sum. */
    double sumUp(int first, int count) {
      if (count == 0) {
        return 0;
      }
      if (summedUp != first) {
        summedUp = first;
        for (int i = 0; i < count; i++) {
          bucket[i] = first + i;
        }
        Kernels.dotRows(query, at, vectors, width, bucket, 0, count, dots, 0);
        double sum = 0;
        for (int i = 0; i < count; i++) {
          sum += alpha * dots[i] * dots[i] + FLOOR;
          cumulative[i] = sum;
        }
      }
      return cumulative[count - 1];
    }

    /** The kernel of the query and an item. */
    public double kernel(int item) {
      double product = Kernels.dot(query, at, vectors, item * width, width);
      return alpha * product * product + 1;
    }
  }

  private int itemsOf(int node) {
    int level = Integer.SIZE - 1 - Integer.numberOfLeadingZeros(node);
    int below = depth - level;
    int number = node - (1 << level);
    return firstItem(number + 1 << below) - firstItem(number << below);
  }
}
