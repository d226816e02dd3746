package dev.tamis.sample.index;

import dev.tamis.config.TamisException;
import dev.tamis.data.Interactions;
import dev.tamis.kernels.Kernels;
import dev.tamis.kernels.PerThread;
import dev.tamis.math.AliasRuns;
import dev.tamis.math.Categorical;
import dev.tamis.math.Matrix;
import dev.tamis.math.Rng;
import dev.tamis.math.Stream;
import dev.tamis.model.Batch;
import dev.tamis.model.Candidates;
import dev.tamis.model.Pass;
import dev.tamis.sample.PositiveSets;
import java.util.Arrays;

/**
 * Items in clusters, however those were found, and how a query draws through them: a cluster by its
 * centre, then an item of it by its own weight (PRIS, section 4.2, samplers CU and CP):
 *
 * <pre>
 * Q(j | u) = f_j exp(q . c_k(j)) / sum_k (F_k - F_uk) exp(q . c_k)     for j not a positive of u
 * </pre>
 *
 * with {@code F_k} the weight of cluster k and {@code F_uk} that of the user's positives in it. A
 * positive is drawn again inside its cluster; a cluster without a free item is never drawn.
 *
 * <p>Cost of a row: O(clusters x width + positives), of a draw O(log clusters) and the expected
 * trials of the paper's corollary 4.3. Drawing is safe for several threads.
 */
public final class ItemClusters {
  private final Interactions train;
  private final PositiveSets positives;
  private final double[] weights; // [items]
  private final float[] logWeights; // [items]
  private final int clusters;
  private final int width;
  private final float[] centers; // [clusters x width] live: of whoever made the clusters
  private int[] codes; // [items] cluster
  private final int[] start; // [clusters + 1] where the members of a cluster begin
  private final int[] members; // [items] by cluster, ascending
  private final double[] byPlace; // [items] weights of the members
  private final AliasRuns table; // a run a cluster, by place
  private final double[] total; // [clusters] weight
  private final PerThread<Scratch> scratch = new PerThread<>(this::newScratch);

  /**
   * All items in the first cluster.
   *
   * @param weights [items] of an item in its cluster; none may be 0
   * @param centers [clusters x width] is kept, and looked at in every draw
   * @param width of centres and queries
   * @throws TamisException of kind CONFIG if there are more clusters than items
   */
  public ItemClusters(
      Interactions train, PositiveSets positives, double[] weights, float[] centers, int width) {
    int items = train.itemCount();
    this.clusters = centers.length / width;
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
    this.width = width;
    this.centers = centers;
    this.start = new int[clusters + 1];
    this.members = new int[items];
    this.byPlace = new double[items];
    this.table = new AliasRuns(items);
    this.total = new double[clusters];
    group(new int[items]);
  }

  /**
   * Puts items in clusters, on one thread.
   *
   * @param byItem [items] the cluster of each item, kept; a cluster may be empty
   */
  public void group(int[] byItem) {
    codes = byItem;
    Arrays.fill(start, 0);
    Arrays.fill(total, 0);
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
      byPlace[at] = weights[i];
      total[codes[i]] += weights[i];
    }
    for (int k = 0; k < clusters; k++) {
      if (start[k] < start[k + 1]) {
        table.build(byPlace, start[k], start[k + 1]);
      }
    }
  }

  /** Fills a block of candidates, as a proposal does. */
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
    int place = start[k] + rng.nextInt(start[k + 1] - start[k]);
    return members[table.take(place, rng.nextLong())];
  }

  /** [items] the law of the draws for a user. O(items). */
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
   * How many items of the cluster that was drawn are drawn until one is kept, on average: {@code
   * sum_k F_k exp(q . c_k)} over the same sum of {@code F_k - F_uk}, both over clusters with an
   * item that the user has not.
   */
  public double trials(int user, float[] query) {
    Scratch mine = scratch.get();
    mine.prepare(user, query, 0);
    double all = 0;
    for (int k = 0; k < clusters; k++) {
      all += total[k] * mine.shares[k];
    }
    return all / mine.masses[clusters - 1];
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
      Kernels.dotRows(query, from, centers, width, all, 0, clusters, scores, 0);
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
      if (!Float.isFinite(most)) {
        // Scores that are no numbers: by weight alone, as the loss will be no number either.
        for (int k = 0; k < clusters; k++) {
          shares[k] = shares[k] == Float.NEGATIVE_INFINITY ? shares[k] : 0;
        }
        Arrays.fill(scores, 0);
        most = 0;
      }
      for (int k = 0; k < clusters; k++) {
        shares[k] -= most;
      }
      Kernels.exp(shares, 0, shares, 0, clusters);
      double sum = 0;
      for (int k = 0; k < clusters; k++) {
        boolean free = start[k + 1] - start[k] > takenCount[k];
        if (free) {
          sum += Math.max(0, total[k] - taken[k]) * shares[k];
        }
        masses[k] = sum;
      }
    }

    /** A cluster without a free item has no mass of its own, so it is never the first. */
    int drawCluster(Rng rng) {
      return Categorical.first(masses, 0, clusters, rng.nextDouble());
    }
  }
}
