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
import dev.tamis.sample.PositiveSets;
import dev.tamis.sample.Proposal;
import dev.tamis.sample.index.ItemClusters;
import dev.tamis.sample.index.KMeans;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Draws a cluster of items by how well its centre suits the query, then an item of the cluster by
 * its own weight (PRIS, section 4.2, samplers CU and CP; law and cost are those of {@link
 * ItemClusters}). Clusters are those of the item vectors at the last refresh, by k-means; before
 * the first one all items are one cluster, so that draws are by weight alone, as in the paper.
 *
 * <p>Deviation: the query is the one of the batch, where the authors' code keeps the user vectors
 * of the last refresh; so {@code ln Q} is that of the distribution that was drawn from.
 */
public final class ClusterProposal implements Proposal {
  private static final int ROUNDS = 30;

  private final KMeans clustering;
  private final ItemClusters clusters;
  private final int[] fitted = {0}; // [1] whether there was a refresh

  /**
   * @param weights [items] of an item in its cluster; none may be 0
   * @param width of item vectors and queries
   * @throws TamisException of kind CONFIG if there are more clusters than items
   */
  public ClusterProposal(
      Interactions train, PositiveSets positives, double[] weights, int clusters, int width) {
    this.clustering = new KMeans(clusters, width, ROUNDS);
    this.clusters = new ItemClusters(train, positives, weights, clustering.centers(), width);
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
  public void refresh(ItemTable items, long seed, int epoch, Workers workers) {
    if (epoch == 0) {
      return;
    }
    if (fitted[0] == 1) {
      clustering.resume();
    }
    clustering.fit(items.vectors().values(), items.items(), seed, workers);
    fitted[0] = 1;
    clusters.group(clustering.codes());
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

  @Override
  public SortedMap<String, Object> state() {
    TreeMap<String, Object> state = new TreeMap<>();
    state.put("centers", clustering.centers());
    state.put("fitted", fitted);
    return state;
  }
}
