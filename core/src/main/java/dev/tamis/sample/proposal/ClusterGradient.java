package dev.tamis.sample.proposal;

import dev.tamis.kernels.Gemm;
import dev.tamis.kernels.Kernels;
import dev.tamis.math.ArrayLength;
import dev.tamis.math.Matrix;
import dev.tamis.model.Candidates;
import dev.tamis.model.Table;
import java.util.Arrays;

/**
 * The gradient of a {@link ClusterLoss} over some rows, for one thread. Values are those of the
 * assignment to centres; on the way back the assignment, a one-hot vector, has the derivative of
 * {@code softmax(similarity / T)} ("straight through", as in PRIS' code).
 *
 * <p>Cost: three products of [items of the rows x width x clusters], and once a call those of
 * {@link ClusterSimilarity}.
 */
final class ClusterGradient {
  private static final String FEWER = "make batch-size or negatives smaller";

  private final ClusterLoss loss;
  private final int width;
  private final int clusters;
  private final float[] userMap; // [width x width]
  private final float[] centers; // [clusters x width]
  private final ClusterSimilarity similarity;
  private final Gemm product = new Gemm();
  private final float[] p; // [width x clusters]
  private final float[] dp; // [width x clusters]
  private float[] users = {}; // [rows x width] queries as the clusters see them
  private float[] dusers = {}; // [rows x width]

  // Of the items of the rows, n in all: of each row its positive, then its candidates.
  private int each; // items of a row
  private float[] v = {}; // [n x width]
  private float[] soft = {}; // [n x clusters] similarity, its softmax, its gradient
  private float[] dsoft = {}; // [n x clusters] gradient of the assignment
  private int[] codes = {}; // [n]
  private float[] dc = {}; // [n x width] gradient of the centre that the item is assigned to
  private float[] score = {}; // [n] becomes dLoss/dScore
  private float[] miss = {}; // [n] softplus(score less that of the positive)
  private float[] weight = {}; // [n]

  ClusterGradient(ClusterLoss loss, Table map, Table userMap, Table centers) {
    this.loss = loss;
    this.width = map.width();
    this.clusters = centers.rows();
    this.userMap = userMap.values();
    this.centers = centers.values();
    this.similarity = new ClusterSimilarity(map, centers);
    this.p = new float[width * clusters];
    this.dp = new float[width * clusters];
  }

  /** What it holds for so many rows, in bytes. */
  static long bytes(int width, int clusters, int rows, int negatives) {
    long items = rows * (negatives + 1L);
    return 4L * items * (2L * width + 2L * clusters + 4) + 8L * width * ((long) rows + clusters);
  }

  /** Adds the gradients of W, W_u and C, one after the other, and returns the loss of the rows. */
  double add(
      float[] vectors,
      Matrix q,
      Candidates c,
      int from,
      int to,
      double temperature,
      float[] dense,
      int denseAt) {
    int w = width;
    int userMapAt = denseAt + w * w;
    int centersAt = userMapAt + w * w;
    int rows = to - from;
    int n = gather(vectors, c, from, to);
    similarity.project(p);
    product.nn(n, clusters, w, v, 0, w, p, 0, clusters, soft, 0, clusters, false);
    ClusterSimilarity.largest(soft, clusters, codes, 0, n);
    product.nn(rows, w, w, q.data, q.at(from), w, userMap, 0, w, users, 0, w, false);
    double total = rank(c, from, to) + differentiateCenters(c, from, to);
    for (int e = 0; e < n; e++) {
      Kernels.axpy(1, dc, e * w, dense, centersAt + codes[e] * w, w);
    }
    throughSoftmax(n, (float) (1 / temperature));
    product.tn(w, clusters, n, v, 0, w, soft, 0, clusters, dp, 0, clusters, false);
    similarity.backward(dp, dense, denseAt, centersAt);
    product.tn(w, w, rows, q.data, q.at(from), w, dusers, 0, w, dense, userMapAt, w, true);
    return total;
  }

  /** Brings the item vectors of some rows together; returns how many they are. */
  private int gather(float[] vectors, Candidates c, int from, int to) {
    each = c.width + 1;
    int n = (to - from) * each;
    if (codes.length < n) {
      v = new float[ArrayLength.of("vectors that clusters learn from", n, width, FEWER)];
      soft = new float[ArrayLength.of("similarities of clusters", n, clusters, FEWER)];
      dsoft = new float[soft.length];
      codes = new int[n];
      dc = new float[v.length];
      score = new float[n];
      miss = new float[n];
      weight = new float[n];
      users = new float[(to - from) * width];
      dusers = new float[(to - from) * width];
    }
    int at = 0;
    for (int r = from; r < to; r++) {
      System.arraycopy(vectors, c.posIds[c.posStart[r]] * width, v, at, width);
      at += width;
      for (int i = c.idsAt(r); i < c.idsAt(r) + c.width; i++, at += width) {
        System.arraycopy(vectors, c.ids[i] * width, v, at, width);
      }
    }
    return n;
  }

  /** The loss of the ranking, and its derivatives by the scores. */
  private double rank(Candidates c, int from, int to) {
    int n = (to - from) * each;
    for (int r = from; r < to; r++) {
      int user = (r - from) * width;
      int first = (r - from) * each;
      Kernels.dotRows(users, user, centers, width, codes, first, each, score, first);
      System.arraycopy(score, first + 1, weight, first + 1, c.width);
      Kernels.axpy(-1, c.logQ, c.idsAt(r), weight, first + 1, c.width);
      Kernels.softmax(weight, first + 1, c.width);
      float positive = score[first];
      for (int e = first; e < first + each; e++) {
        score[e] -= positive;
      }
    }
    Kernels.softplus(score, 0, miss, 0, n);
    Kernels.sigmoid(score, 0, score, 0, n);
    double total = 0;
    for (int r = from; r < to; r++) {
      float scale = (float) loss.ranking() * c.rowWeight[r];
      total += scale * slopes((r - from) * each, scale);
    }
    return total;
  }

  /** Turns the sigmoids of a row into derivatives; returns its loss. */
  private double slopes(int first, float scale) {
    double rowLoss = 0;
    for (int e = first + 1; e < first + each; e++) {
      rowLoss += weight[e] * miss[e];
    }
    float sum = 0;
    for (int e = first + 1; e < first + each; e++) {
      float slope = scale * weight[e] * score[e];
      sum += slope;
      float through = scale * weight[e] * (float) (miss[e] - rowLoss);
      score[e] = loss.weightsFlow() ? slope + through : slope;
    }
    score[first] = -sum;
    return rowLoss;
  }

  /**
   * From derivatives by scores to those by centres and queries; adds distances and lengths, and
   * returns their loss.
   */
  private double differentiateCenters(Candidates c, int from, int to) {
    double total = 0;
    Arrays.fill(dc, 0, (to - from) * each * width, 0);
    Arrays.fill(dusers, 0, (to - from) * width, 0);
    for (int r = from; r < to; r++) {
      int user = (r - from) * width;
      int first = (r - from) * each;
      Kernels.axpyRows(score, first, centers, width, codes, first, each, dusers, user);
      float length = (float) loss.l2() * c.rowWeight[r];
      Kernels.axpy(2 * length, users, user, dusers, user, width);
      total += length * Kernels.dot(users, user, users, user, width);
      for (int e = first; e < first + each; e++) {
        int share = e == first ? 1 : c.width;
        float pull = (float) loss.distance() / width / share * c.rowWeight[r];
        int at = e * width;
        int center = codes[e] * width;
        Kernels.axpy(score[e], users, user, dc, at, width);
        Kernels.axpy(2 * (pull + length), centers, center, dc, at, width);
        Kernels.axpy(-2 * pull, v, at, dc, at, width);
        total += pull * Kernels.squaredDistance(v, at, centers, center, width);
        total += length * Kernels.dot(centers, center, centers, center, width);
      }
    }
    return total;
  }

  /** Turns similarities into the derivatives by them. */
  private void throughSoftmax(int n, float inverseTemperature) {
    product.nt(n, clusters, width, dc, 0, width, centers, 0, width, dsoft, 0, clusters, false);
    Kernels.scale(inverseTemperature, soft, 0, n * clusters);
    for (int e = 0; e < n; e++) {
      int at = e * clusters;
      Kernels.softmax(soft, at, clusters);
      float mean = Kernels.dot(soft, at, dsoft, at, clusters);
      for (int k = at; k < at + clusters; k++) {
        soft[k] *= inverseTemperature * (dsoft[k] - mean);
      }
    }
  }
}
