package dev.tamis.sample.proposal;

import dev.tamis.config.TamisException;
import dev.tamis.data.Interactions;
import dev.tamis.kernels.Workers;
import dev.tamis.math.Matrix;
import dev.tamis.math.Rng;
import dev.tamis.model.Batch;
import dev.tamis.model.Candidates;
import dev.tamis.model.ItemTable;
import dev.tamis.model.Pass;
import dev.tamis.sample.Learner;
import dev.tamis.sample.PositiveSets;
import dev.tamis.sample.Proposal;
import dev.tamis.sample.index.ItemClusters;
import java.util.Optional;

/**
 * Draws a cluster of items and then an item of it, where clusters are learned along with the model
 * (PRIS, section 4.3, samplers CUJ and CPJ): by a loss of their own over the batches that the model
 * is trained on ({@link ClusterLoss}). The law is that of {@link ItemClusters} with {@code (q W_u)
 * . c_k} as a cluster's score, at the cost stated there, and learning costs O(clusters x width) for
 * each item of a batch.
 *
 * <p>Draws look at assignment, centres and {@code W_u} of the last refresh; before the first epoch
 * ends all items are one cluster, so that draws are by weight alone, as in the authors' code. The
 * parameters are among the learner's tables, so a checkpoint needs nothing else.
 *
 * <p>Deviation: the query is the one of the batch, where the authors' code keeps the user vectors
 * of the last refresh; so {@code ln Q} is that of the distribution that was drawn from.
 */
public final class LearnedClusterProposal implements Proposal {
  private final ClusterLearner learner;
  private final float[] turned; // [clusters x width] centres as queries see them, at the refresh
  private final int[] codes; // [items]
  private final ItemClusters clusters;

  /**
   * @param weights [items] of an item in its cluster; none may be 0
   * @param width of item vectors and queries
   * @throws TamisException of kind CONFIG if there are more clusters than items
   */
  public LearnedClusterProposal(
      Interactions train,
      PositiveSets positives,
      double[] weights,
      int clusters,
      int width,
      ClusterLoss loss) {
    this.learner = new ClusterLearner(loss, clusters, width);
    this.turned = new float[Math.multiplyExact(clusters, width)];
    this.codes = new int[train.itemCount()];
    this.clusters = new ItemClusters(train, positives, weights, turned, width);
  }

  /**
   * What is held to learn, in bytes.
   *
   * @param rows pairs that a thread learns from at a time
   * @param negatives candidates of each
   */
  public static long learningBytes(
      int width, int clusters, int rows, int negatives, int threads, int shards) {
    return ClusterGradient.bytes(width, clusters, rows, negatives) * threads
        + Float.BYTES * ClusterLearner.parameters(width, clusters) * shards;
  }

  @Override
  public Candidates.Layout layout() {
    return Candidates.Layout.PER_ROW;
  }

  @Override
  public boolean needsInnerProducts() {
    return true;
  }

  @Override
  public Optional<Learner> learner() {
    return Optional.of(learner);
  }

  @Override
  public void refresh(ItemTable items, long seed, int epoch, Workers workers) {
    learner.begin(items.vectors(), seed, epoch);
    if (epoch > 0) {
      learner.assign(codes, workers);
      learner.turn(turned);
      clusters.group(codes);
    }
  }

  @Override
  public void propose(Batch batch, int from, int to, Matrix q, Candidates out, Pass pass, Rng rng) {
    clusters.propose(batch, from, to, q, out, pass, rng);
  }

  @Override
  public double[] probabilities(int user, float[] query) {
    return clusters.probabilities(user, query);
  }

  @Override
  public double trials(int user, float[] query) {
    return clusters.trials(user, query);
  }
}
