package dev.tamis.sample.proposal;

import dev.tamis.config.TamisException;
import dev.tamis.data.Interactions;
import dev.tamis.kernels.Kernels;
import dev.tamis.kernels.Workers;
import dev.tamis.math.Matrix;
import dev.tamis.math.Rng;
import dev.tamis.math.Stream;
import dev.tamis.model.Batch;
import dev.tamis.model.Candidates;
import dev.tamis.model.PairModel;
import dev.tamis.model.Pass;
import dev.tamis.sample.PositiveSets;
import dev.tamis.sample.Proposal;
import dev.tamis.sample.index.KMeans;
import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Draws a cluster of items by how well its centre suits the query, then an item of the cluster by
 * its own weight (PRIS, section 4.2, samplers CU and CP):
 *
 * <pre>
 * Q(j | u) = f_j exp(q . c_k(j)) / sum_k (F_k - F_uk) exp(q . c_k)     for j not a positive of u
 * </pre>
 *
 * with {@code F_k} the weight of cluster k and {@code F_uk} that of the user's positives in it. A
 * positive is drawn again inside its cluster. Clusters are those of the item vectors at the last
 * refresh; before the first one all items are one cluster, so that draws are by weight alone, as in
 * the paper.
 *
 * <p>Deviation: the query is the one of the batch, where the authors' code keeps the user vectors
 * of the last refresh; so {@code ln Q} is that of the distribution that was drawn from. Cost of a
 * row: O(clusters x width + positives), of a draw O(log items) and the expected trials of the
 * paper's corollary 4.3, of the items of the cluster.
 */
public final class ClusterProposal implements Proposal {
  private static final int ROUNDS = 30;

  private final Interactions train;
  private final PositiveSets positives;
  private final double[] weights; // [items]
  private final float[] logWeights; // [items]
  private final KMeans clustering;
  private final int clusters;
  private final int width;
  private final int[] fitted = {0}; // [1] whether there was a refresh
  private int[] codes; // [items] cluster
  private final int[] start; // [clusters + 1] where the members of a cluster begin
  private final int[] members; // [items] by cluster, ascending
  private final double[] cumulative; // [items] weights up to and with each member of its cluster
  private final ThreadLocal<Scratch> scratch = ThreadLocal.withInitial(this::newScratch);

  /**
   * @param weights [items] of an item in its cluster; none may be 0
   * @param width of item vectors and queries
   * @throws TamisException of kind CONFIG if there are more clusters than items
   */
  public ClusterProposal(
      Interactions train, PositiveSets positives, double[] weights, int clusters, int width) {
    int items = train.itemCount();
    if (clusters > items) {
      throw TamisException.config(
          clusters + " clusters are too many for " + items + " items; set clusters to fewer");
    }
    this.train = train;
    this.positives = positives;
    this.weights = weights;
    this.logWeights = new float[items];
    for (int i = 0; i < items; i++) {
      logWeights[i] = (float) StrictMath.log(weights[i]);
    }
    this.clusters = clusters;
    this.width = width;
    this.clustering = new KMeans(clusters, width, ROUNDS);
    this.start = new int[clusters + 1];
    this.members = new int[items];
    this.cumulative = new double[items];
    group(new int[items]);
  }

  @Override
  public Candidates.Layout layout() {
    return Candidates.Layout.PER_ROW;
  }

  @Override
  public void refresh(PairModel model, long seed, int epoch, Workers workers) {
    if (epoch == 0) {
      return;
    }
    if (fitted[0] == 1) {
      clustering.resume();
    }
    clustering.fit(model.items().vectors().values(), model.items().items(), seed, workers);
    fitted[0] = 1;
    group(clustering.codes());
  }

  private void group(int[] byItem) {
    codes = byItem;
    Arrays.fill(start, 0);
    for (int code : codes) {
      start[code + 1]++;
    }
    for (int k = 0; k < clusters; k++) {
      start[k + 1] += start[k];
    }
    int[] next = start.clone();
    for (int i = 0; i < codes.length; i++) {
      int at = next[codes[i]]++;
      members[at] = i;
      cumulative[at] = weights[i] + (at == start[codes[i]] ? 0 : cumulative[at - 1]);
    }
  }

  @Override
  public void propose(Batch batch, int from, int to, Matrix q, Candidates out, Pass pass, Rng rng) {
    Scratch mine = scratch.get();
    positives.fetch(batch.users, from, to);
    for (int r = from; r < to; r++) {
      int user = batch.users[r];
      mine.prepare(user, q.data, q.at(r));
      rng.key(pass.seed(), Stream.NEGATIVES, pass.step(), r);
      for (int e = out.at(r); e < out.at(r + 1); e++) {
        int k = mine.drawCluster(rng);
        int item = drawMember(k, rng);
        while (positives.contains(user, item)) {
          item = drawMember(k, rng);
        }
        out.ids[e] = item;
        out.logQ[e] = logWeights[item] + mine.scores[k];
      }
      for (int p = out.posStart[r]; p < out.posStart[r + 1]; p++) {
        int item = out.posIds[p];
        out.posLogQ[p] = logWeights[item] + mine.scores[codes[item]];
      }
    }
  }

  private int drawMember(int k, Rng rng) {
    return members[first(cumulative, start[k], start[k + 1], rng.nextDouble())];
  }

  /** The first place in {@code from..to} whose cumulative weight is above a share of the last. */
  private static int first(double[] cumulative, int from, int to, double share) {
    // Below the last even where the product is rounded up, so that what is found has a weight.
    double last = cumulative[to - 1];
    double mark = Math.min(share * last, Math.nextDown(last));
    int low = from;
    int high = to - 1;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (cumulative[middle] > mark) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  @Override
  public double[] probabilities(int user, float[] query) {
    Scratch mine = scratch.get();
    mine.prepare(user, query, 0);
    double[] p = new double[weights.length];
    double total = 0;
    for (int i = 0; i < p.length; i++) {
      double score = mine.scores[codes[i]] - mine.most;
      p[i] = train.contains(user, i) ? 0 : weights[i] * StrictMath.exp(score);
      total += p[i];
    }
    for (int i = 0; i < p.length; i++) {
      p[i] /= total;
    }
    return p;
  }

  /**
   * Of items in the cluster that was drawn: {@code sum_k F_k exp(q . c_k)} over the same sum of
   * {@code F_k - F_uk}, both over clusters with an item that the user has not.
   */
  @Override
  public double trials(int user, float[] query) {
    Scratch mine = scratch.get();
    mine.prepare(user, query, 0);
    double all = 0;
    for (int k = 0; k < clusters; k++) {
      // The share of a cluster without a free item is 0, and an empty one has no last member.
      if (mine.shares[k] > 0) {
        all += cumulative[start[k + 1] - 1] * mine.shares[k];
      }
    }
    return all / mine.masses[clusters - 1];
  }

  @Override
  public SortedMap<String, Object> state() {
    TreeMap<String, Object> state = new TreeMap<>();
    state.put("centers", clustering.centers());
    state.put("fitted", fitted);
    return state;
  }

  private Scratch newScratch() {
    return new Scratch();
  }

  /** What one thread knows of the user at hand. */
  private final class Scratch {
    final int[] all = new int[clusters]; // 0, 1, 2, ...
    final float[] scores = new float[clusters]; // of the centres
    final float[] shares = new float[clusters]; // exp(score - most)
    final double[] masses = new double[clusters]; // cumulative
    final double[] taken = new double[clusters]; // weight of the positives in a cluster
    final int[] takenCount = new int[clusters];
    float most;

    Scratch() {
      Arrays.setAll(all, k -> k);
    }

    void prepare(int user, float[] query, int from) {
      Kernels.dotRows(query, from, clustering.centers(), width, all, 0, clusters, scores, 0);
      Arrays.fill(taken, 0);
      Arrays.fill(takenCount, 0);
      for (int e = train.rowStart()[user]; e < train.rowStart()[user + 1]; e++) {
        int item = train.itemIds()[e];
        taken[codes[item]] += weights[item];
        takenCount[codes[item]]++;
      }
      // Only clusters with a free item count: the best of them must keep its mass, however far the
      // others are ahead.
      for (int k = 0; k < clusters; k++) {
        boolean free = start[k + 1] - start[k] > takenCount[k];
        shares[k] = free ? scores[k] : Float.NEGATIVE_INFINITY;
      }
      most = Kernels.max(shares, 0, clusters);
      for (int k = 0; k < clusters; k++) {
        shares[k] -= most;
      }
      Kernels.exp(shares, 0, shares, 0, clusters);
      double sum = 0;
      for (int k = 0; k < clusters; k++) {
        boolean free = start[k + 1] - start[k] > takenCount[k];
        if (free) {
          sum += Math.max(0, cumulative[start[k + 1] - 1] - taken[k]) * shares[k];
        }
        masses[k] = sum;
      }
    }

    /** A cluster without a free item has no mass of its own, so it is never the first. */
    int drawCluster(Rng rng) {
      return first(masses, 0, clusters, rng.nextDouble());
    }
  }
}
