package dev.tamis.sample.proposal;

import dev.tamis.data.Interactions;
import dev.tamis.kernels.Kernels;
import dev.tamis.kernels.PerThread;
import dev.tamis.kernels.Workers;
import dev.tamis.math.AliasTable;
import dev.tamis.math.ArrayLength;
import dev.tamis.math.Categorical;
import dev.tamis.math.Matrix;
import dev.tamis.math.Rng;
import dev.tamis.math.Stream;
import dev.tamis.model.Batch;
import dev.tamis.model.Candidates;
import dev.tamis.model.ItemTable;
import dev.tamis.model.Pass;
import dev.tamis.sample.PositiveSets;
import dev.tamis.sample.Proposal;
import java.util.Arrays;

/**
 * Draws a factor of the query, then an item by its rank in that factor's column, so that items of
 * high scores come often without a score being computed (Rendle, Freudenthaler: Improving Pairwise
 * Learning for Item Recommendation from Implicit Feedback, WSDM 2014):
 *
 * <pre>
 * Q(j | q) = sum_f P(f | q) P(rank of j in column f)     for j not a positive of the user
 * P(f | q) proportional to |q_f| sd(column f);   P(r) proportional to exp(-r / lambda), r in 0..N
 * </pre>
 *
 * where ranks count from the largest entry of a column if {@code q_f} is positive, else from the
 * smallest. A positive is drawn again, factor and all. Ranks below 80 lambda, which no generator
 * would reach, count as 80 lambda. Columns are those of the item vectors at the last refresh, the
 * query is the one of the batch; equal entries rank by item number. Where no factor has a weight,
 * all have the same. An item's bias has no part in it.
 *
 * <p>{@code logQ} is computed only if asked for; it is exact for the mixture over factors, and
 * costs another O(width) a draw and two tables of the size of the items'. Else a draw costs O(log
 * width) a trial. A refresh costs O(width x items x log(items)), and must come before the first
 * draw.
 */
public final class FactorRankProposal implements Proposal {
  /** Ranks beyond so many times lambda have less than 2^-53 of the mass: nothing is drawn there. */
  private static final int REACH = 37;

  /**
   * Ranks beyond so many times lambda count as these, so that no share is too small for a float.
   */
  private static final int DEEPEST = 80;

  private final Interactions train;
  private final PositiveSets positives;
  private final int items;
  private final int width;
  private final boolean weighed;
  private final int refreshEverySteps;
  private final double[] decay; // [items] exp(-rank / lambda)
  private final AliasTable ranks; // draws a rank
  private final int[] ranked; // [width x items] the items of each column, largest entry first
  private final float[] shares; // [items x 2 width] decay of the ranks of an item in each column
  // from the largest entry, then from the smallest; empty if logQ is not asked for
  private final double[] spread; // [width] standard deviation of each column
  private final PerThread<Scratch> scratch = new PerThread<>(this::newScratch);

  /**
   * @param lambda how many ranks down the probability of a rank has fallen to 1/e
   * @param width of item vectors and queries
   * @param logQ whether log-probabilities are computed
   * @param refreshEverySteps steps from one refresh to the next, 0 for before each epoch only
   */
  public FactorRankProposal(
      Interactions train,
      PositiveSets positives,
      double lambda,
      int width,
      boolean logQ,
      int refreshEverySteps) {
    this.train = train;
    this.positives = positives;
    this.items = train.itemCount();
    this.width = width;
    this.weighed = logQ;
    this.refreshEverySteps = refreshEverySteps;
    this.decay = new double[items];
    for (int r = 0; r < items; r++) {
      decay[r] = StrictMath.exp(-Math.min(r / lambda, DEEPEST));
    }
    this.ranks = new AliasTable(Arrays.copyOf(decay, (int) Math.min(items, REACH * lambda + 1)));
    this.ranked =
        new int[ArrayLength.of("items in order of factors", width, items, "make dim smaller")];
    this.shares = new float[logQ ? shares(items, width) : 0];
    this.spread = new double[width];
  }

  private static int shares(int items, int width) {
    return ArrayLength.of("shares of items by factors", width, 2L * items, "make dim smaller");
  }

  /** Memory in bytes, positives left out. */
  public static long bytes(int items, int width, boolean logQ) {
    return items * (20 + (logQ ? 12L : 4L) * width);
  }

  @Override
  public Candidates.Layout layout() {
    return Candidates.Layout.PER_ROW;
  }

  @Override
  public boolean exactLogQ() {
    return weighed;
  }

  @Override
  public boolean needsInnerProducts() {
    return true;
  }

  @Override
  public int refreshEverySteps() {
    return refreshEverySteps;
  }

  @Override
  public void refresh(ItemTable table, long seed, int epoch, Workers workers) {
    float[] vectors = table.vectors().values();
    long[][] keys = new long[workers.threads()][items];
    workers.run(width, (f, worker) -> rank(f, vectors, keys[worker]));
  }

  private void rank(int f, float[] vectors, long[] keys) {
    double mean = 0;
    for (int i = 0; i < items; i++) {
      float value = vectors[i * width + f];
      mean += value;
      keys[i] = (long) descending(value) << Integer.SIZE | i;
    }
    mean /= items;
    double squares = 0;
    for (int i = 0; i < items; i++) {
      double off = vectors[i * width + f] - mean;
      squares += off * off;
    }
    spread[f] = StrictMath.sqrt(squares / items);
    Arrays.sort(keys);
    for (int r = 0; r < items; r++) {
      int item = (int) keys[r];
      ranked[f * items + r] = item;
      if (weighed) {
        int at = 2 * item * width + f;
        shares[at] = (float) decay[r];
        shares[at + width] = (float) decay[items - 1 - r];
      }
    }
  }

  /** A number that is the smaller the larger a value is, the same for both zeros. */
  private static int descending(float value) {
    int bits = Float.floatToIntBits(value + 0f);
    int ascending = bits ^ (bits >> (Integer.SIZE - 1) & Integer.MAX_VALUE);
    return ~ascending;
  }

  @Override
  public void propose(Batch batch, int from, int to, Matrix q, Candidates out, Pass pass, Rng rng) {
    Scratch mine = scratch.get();
    positives.fetch(batch.users, from, to);
    for (int r = from; r < to; r++) {
      mine.take(q.data, q.at(r));
      rng.key(pass.seed(), Stream.NEGATIVES, pass.step(), r);
      for (int e = out.at(r); e < out.at(r + 1); e++) {
        out.ids[e] = mine.draw(batch.users[r], rng);
      }
      if (weighed) {
        mine.logMasses(out.ids, out.logQ, out.at(r), out.width);
        int positive = out.posStart[r];
        mine.logMasses(out.posIds, out.posLogQ, positive, out.posStart[r + 1] - positive);
      }
    }
    if (!weighed) {
      Arrays.fill(out.logQ, out.at(from), out.at(to), 0);
      Arrays.fill(out.posLogQ, out.posStart[from], out.posStart[to], Float.NaN);
    }
  }

  @Override
  public double[] probabilities(int user, float[] query) {
    return FreeItems.probabilities(train, user, masses(query));
  }

  @Override
  public double trials(int user, float[] query) {
    return FreeItems.trials(train, user, masses(query));
  }

  private double[] masses(float[] query) {
    Scratch mine = scratch.get();
    mine.take(query, 0);
    double[] masses = new double[items];
    mine.enumerate(masses);
    return masses;
  }

  private Scratch newScratch() {
    return new Scratch();
  }

  /** What one thread knows of the query at hand. */
  private final class Scratch {
    private final float[] weights = new float[2 * width]; // of the factors, as shares lie
    private final double[] cumulative = new double[width]; // weights of the factors
    private double[] masses; // [items] once somebody needed it

    void take(float[] query, int from) {
      Arrays.fill(weights, 0);
      double sum = 0;
      for (int f = 0; f < width; f++) {
        float value = query[from + f];
        float weight = (float) (Math.abs(value) * spread[f]);
        weights[value > 0 ? f : width + f] = weight;
        sum += weight;
        cumulative[f] = sum;
      }
      if (sum == 0) {
        Arrays.fill(weights, width, 2 * width, 1);
        for (int f = 0; f < width; f++) {
          cumulative[f] = f + 1;
        }
      }
    }

    int draw(int user, Rng rng) {
      // When positives have nearly all of the mass, trials do not end. After as many as there are
      // items it is as cheap to look at each item, and what is drawn has the same law.
      for (int trial = 0; trial < items; trial++) {
        int f = Categorical.first(cumulative, 0, width, rng.nextDouble());
        int item = ranked[f * items + fromLargest(f, ranks.draw(rng))];
        if (!positives.contains(user, item)) {
          return item;
        }
      }
      masses = masses == null ? new double[items] : masses;
      enumerate(masses);
      return FreeItems.draw(train, user, masses, rng);
    }

    /** Where a rank, as the query counts it, is in the order of a column. */
    private int fromLargest(int f, int rank) {
      return weights[f] > 0 ? rank : items - 1 - rank;
    }

    /** The logarithms of the masses of some items, before positives are left out. */
    void logMasses(int[] ids, float[] out, int from, int count) {
      for (int e = from; e < from + count; e++) {
        out[e] = Kernels.dot(weights, 0, shares, 2 * ids[e] * width, 2 * width);
      }
      Kernels.log(out, from, out, from, count);
    }

    /** Fills in the masses of all items. */
    void enumerate(double[] out) {
      Arrays.fill(out, 0);
      for (int f = 0; f < width; f++) {
        float weight = weights[f] + weights[width + f];
        for (int r = 0; r < items; r++) {
          out[ranked[f * items + fromLargest(f, r)]] += weight * decay[r];
        }
      }
    }
  }
}
