package dev.tamis.sample.proposal;

import dev.tamis.kernels.Gemm;
import dev.tamis.kernels.PerThread;
import dev.tamis.kernels.Workers;
import dev.tamis.math.Matrix;
import dev.tamis.model.Batch;
import dev.tamis.model.Candidates;
import dev.tamis.model.Initial;
import dev.tamis.model.Table;
import dev.tamis.sample.Learner;
import java.util.Arrays;
import java.util.List;

/**
 * Learns centres, to which centre an item belongs, and how queries see the centres (PRIS, section
 * 4.3). An item vector v belongs to the centre c of the largest {@link ClusterSimilarity}, and a
 * query q scores it as {@code (q W_u) . c}. What is minimised is {@link ClusterLoss}; vectors and
 * queries are data to it.
 *
 * <p>Starting values are those of the authors' code: Glorot's, normal but for {@code W_u}.
 */
final class ClusterLearner implements Learner {
  private static final int BLOCK_CELLS = 1 << 18; // items assigned at a time x clusters

  private final ClusterLoss loss;
  private final int clusters;
  private final int width;
  private final Table map; // W [width x width]
  private final Table userMap; // W_u [width x width]
  private final Table centers; // C [clusters x width]
  private final PerThread<ClusterGradient> gradients = new PerThread<>(this::newGradient);
  private float[] vectors; // [items x width] the model's
  private double temperature;

  ClusterLearner(ClusterLoss loss, int clusters, int width) {
    this.loss = loss;
    this.clusters = clusters;
    this.width = width;
    this.map = new Table("cluster-similarity", width, width);
    this.userMap = new Table("cluster-users", width, width);
    this.centers = new Table("cluster-centers", clusters, width);
  }

  /** How many numbers it learns. */
  static long parameters(int width, int clusters) {
    return 2L * width * width + (long) clusters * width;
  }

  @Override
  public List<Table> parameters() {
    return List.of(map, userMap, centers);
  }

  /** Begins an epoch: the first one with drawn parameters. */
  void begin(Table items, long seed, int epoch) {
    vectors = items.values();
    temperature = loss.temperature(epoch);
    if (epoch == 0) {
      Initial.glorotNormal(map, seed);
      Initial.glorotUniform(userMap, seed);
      Initial.glorotNormal(centers, seed);
    }
  }

  /** Finds the centre of each item: {@code codes} is [items]. */
  void assign(int[] codes, Workers workers) {
    float[] p = new float[width * clusters];
    new ClusterSimilarity(map, centers).project(p);
    int block = Math.max(1, BLOCK_CELLS / clusters);
    float[][] similar = new float[workers.threads()][Math.min(block, codes.length) * clusters];
    Gemm[] products = new Gemm[workers.threads()];
    Arrays.setAll(products, w -> new Gemm());
    workers.run(
        (codes.length + block - 1) / block,
        (b, worker) -> {
          int first = b * block;
          int n = Math.min(block, codes.length - first);
          float[] to = similar[worker];
          products[worker].nn(
              n,
              clusters,
              width,
              vectors,
              first * width,
              width,
              p,
              0,
              clusters,
              to,
              0,
              clusters,
              false);
          ClusterSimilarity.largest(to, clusters, codes, first, n);
        });
  }

  /** Turns the centres for queries as they are: {@code q . out_k = (q W_u) . c_k}. */
  void turn(float[] out) {
    int w = width;
    float[] c = centers.values();
    new Gemm().nt(clusters, w, w, c, 0, w, userMap.values(), 0, w, out, 0, w, false);
  }

  @Override
  public double differentiate(
      Batch batch, Matrix q, Candidates c, int from, int to, float[] dense, int denseAt) {
    return gradients.get().add(vectors, q, c, from, to, temperature, dense, denseAt);
  }

  private ClusterGradient newGradient() {
    return new ClusterGradient(loss, map, userMap, centers);
  }
}
