package dev.tamis.sample.index;

import dev.tamis.kernels.Gemm;
import dev.tamis.kernels.Kernels;
import dev.tamis.kernels.Workers;
import dev.tamis.math.Rng;
import dev.tamis.math.Stream;
import java.util.Arrays;

/**
 * Lloyd's k-means over the rows of a matrix, with the start of Arthur and Vassilvitskii (k-means++,
 * 2007). Deterministic: points are assigned in blocks whose size does not depend on the threads,
 * and means are summed in the order of the points. A cluster that loses all its points is moved to
 * the point that is farthest from its own centre. Cost of a round: O(rows x clusters x width).
 */
public final class KMeans {
  private static final int BLOCK_CELLS = 1 << 18; // points of a block x clusters
  private static final double ENOUGH = 1e-6; // relative fall of the loss

  private final int clusters;
  private final int width;
  private final int maxRounds;
  private final float[] centers; // [clusters x width]
  private final int block; // points assigned at a time
  private final float[] halfNorms; // [clusters] half of the squared length of each centre
  private int[] codes = {}; // [rows]
  private float[] distances = {}; // [rows] squared, to the nearest centre
  private boolean started;

  /**
   * @param maxRounds the most rounds of one fit
   */
  public KMeans(int clusters, int width, int maxRounds) {
    this.clusters = clusters;
    this.width = width;
    this.maxRounds = maxRounds;
    this.centers = new float[Math.multiplyExact(clusters, width)];
    this.halfNorms = new float[clusters];
    this.block = Math.max(1, BLOCK_CELLS / clusters);
  }

  /** [clusters x width], live: a checkpoint may read and write them. */
  public float[] centers() {
    return centers;
  }

  /** [rows] the cluster of each point at the last fit. */
  public int[] codes() {
    return codes;
  }

  /** From now on a fit begins at the centres as they stand, not at drawn points. */
  public void resume() {
    started = true;
  }

  /**
   * Clusters points; the first time from drawn centres, later from those of the time before.
   *
   * @param points [rows x width], at least as many rows as clusters
   * @return the sum of squared distances to the centres
   */
  public double fit(float[] points, int rows, long seed, Workers workers) {
    return fit(points, 0, width, rows, seed, workers);
  }

  /**
   * The same for columns of a wider matrix: row {@code i} begins at {@code from + i * stride} of
   * {@code values}.
   */
  public double fit(float[] values, int from, int stride, int rows, long seed, Workers workers) {
    Points points = new Points(values, from, stride, rows);
    if (rows < clusters) {
      throw new IllegalArgumentException(clusters + " clusters of " + rows + " points");
    }
    if (codes.length != rows) {
      codes = new int[rows];
      distances = new float[rows];
    }
    if (!started) {
      plant(points, Rng.keyed(seed, Stream.CLUSTERS, 0, 0));
      started = true;
    }
    double loss = assign(points, workers);
    for (int round = 0; round < maxRounds; round++) {
      move(points, workers);
      double next = assign(points, workers);
      if (loss - next <= ENOUGH * loss) {
        return next;
      }
      loss = next;
    }
    return loss;
  }

  /** Draws each centre among the points, by the squared distance to the centres before it. */
  private void plant(Points points, Rng rng) {
    int rows = points.rows;
    Arrays.fill(distances, Float.POSITIVE_INFINITY);
    int chosen = rng.nextInt(rows);
    for (int k = 0; k < clusters; k++) {
      System.arraycopy(points.values, points.at(chosen), centers, k * width, width);
      double total = 0;
      for (int i = 0; i < rows; i++) {
        float distance =
            Kernels.squaredDistance(points.values, points.at(i), centers, k * width, width);
        distances[i] = Math.min(distances[i], distance);
        total += distances[i];
      }
      double left = rng.nextDouble() * total;
      chosen = 0;
      // The last point with a distance, should rounding leave something over.
      for (int i = 0; i < rows && left >= 0; i++) {
        if (distances[i] > 0) {
          chosen = i;
          left -= distances[i];
        }
      }
    }
  }

  private double assign(Points points, Workers workers) {
    int rows = points.rows;
    for (int k = 0; k < clusters; k++) {
      halfNorms[k] = Kernels.dot(centers, k * width, centers, k * width, width) / 2;
    }
    int blocks = (rows + block - 1) / block;
    double[] loss = new double[blocks];
    float[][] near = new float[workers.threads()][Math.min(block, rows) * clusters];
    Gemm[] products = new Gemm[workers.threads()];
    Arrays.setAll(products, w -> new Gemm());
    workers.run(
        blocks,
        (b, worker) -> {
          int first = b * block;
          int count = Math.min(block, rows - first);
          loss[b] = assign(points, first, count, near[worker], products[worker]);
        });
    double total = 0;
    for (double part : loss) {
      total += part;
    }
    return total;
  }

  /** The nearest centre has the largest {@code x . c - |c|^2 / 2}. */
  private double assign(Points points, int first, int count, float[] near, Gemm product) {
    product.nt(
        count,
        clusters,
        width,
        points.values,
        points.at(first),
        points.stride,
        centers,
        0,
        width,
        near,
        0,
        clusters,
        false);
    double loss = 0;
    for (int i = 0; i < count; i++) {
      int best = 0;
      float most = Float.NEGATIVE_INFINITY;
      for (int k = 0; k < clusters; k++) {
        float value = near[i * clusters + k] - halfNorms[k];
        if (value > most) {
          most = value;
          best = k;
        }
      }
      codes[first + i] = best;
      distances[first + i] =
          Kernels.squaredDistance(
              points.values, points.at(first + i), centers, best * width, width);
      loss += distances[first + i];
    }
    return loss;
  }

  /** Moves each centre to the mean of its points, which are summed up in their order. */
  private void move(Points points, Workers workers) {
    int[] start = new int[clusters + 1];
    for (int code : codes) {
      start[code + 1]++;
    }
    for (int k = 0; k < clusters; k++) {
      start[k + 1] += start[k];
    }
    int[] next = start.clone();
    int[] members = new int[points.rows]; // by cluster, ascending
    for (int i = 0; i < points.rows; i++) {
      members[next[codes[i]]++] = i;
    }
    double[][] sums = new double[workers.threads()][width];
    workers.run(
        clusters, (k, worker) -> move(points, k, members, start[k], start[k + 1], sums[worker]));
    for (int k = 0; k < clusters; k++) {
      if (start[k] == start[k + 1]) {
        reseed(k, points);
      }
    }
  }

  private void move(Points points, int k, int[] members, int from, int to, double[] sums) {
    Arrays.fill(sums, 0);
    for (int m = from; m < to; m++) {
      int at = points.at(members[m]);
      for (int d = 0; d < width; d++) {
        sums[d] += points.values[at + d];
      }
    }
    for (int d = 0; d < width && to > from; d++) {
      centers[k * width + d] = (float) (sums[d] / (to - from));
    }
  }

  private void reseed(int k, Points points) {
    int farthest = 0;
    for (int i = 1; i < points.rows; i++) {
      farthest = distances[i] > distances[farthest] ? i : farthest;
    }
    System.arraycopy(points.values, points.at(farthest), centers, k * width, width);
    distances[farthest] = 0; // the next empty cluster goes elsewhere
  }

  /** Rows of a matrix, from some column on. */
  private record Points(float[] values, int from, int stride, int rows) {
    int at(int row) {
      return from + row * stride;
    }
  }
}
