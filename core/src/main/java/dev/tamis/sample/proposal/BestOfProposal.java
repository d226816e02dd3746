package dev.tamis.sample.proposal;

import dev.tamis.kernels.Kernels;
import dev.tamis.kernels.PerThread;
import dev.tamis.kernels.Workers;
import dev.tamis.math.Matrix;
import dev.tamis.math.Rng;
import dev.tamis.math.Stream;
import dev.tamis.model.Batch;
import dev.tamis.model.Candidates;
import dev.tamis.model.ItemTable;
import dev.tamis.model.Pass;
import dev.tamis.model.RowFetch;
import dev.tamis.sample.PositiveSets;
import dev.tamis.sample.Proposal;
import java.util.Arrays;

/**
 * Draws some items evenly, positives left out that the user is not to be given, and keeps the one
 * of the highest inner product with the query: dynamic negative sampling (Zhang, Chen, Wang, Yu:
 * Optimizing Top-N Collaborative Filtering via Dynamic Negative Item Sampling, SIGIR 2013) where it
 * stands among the samplers of FastVAE. The item of rank {@code r} of {@code n} is kept with
 * probability
 *
 * <pre>
 * ((n - r + 1) / n)^tries - ((n - r) / n)^tries
 * </pre>
 *
 * and items of equal scores share what is theirs together, for the first that was drawn is kept.
 *
 * <p>To know a rank takes all scores, so {@code logQ} is not known. Item vectors are those of the
 * last refresh, which must come before the first draw. Cost of a draw: {@code tries} inner products
 * of items at random.
 */
public final class BestOfProposal implements Proposal {
  private final PositiveSets positives;
  private final int tries;
  private final int width;
  private final float[] vectors; // [items x width]
  private final PerThread<Scratch> scratch = new PerThread<>(this::newScratch);

  /**
   * @param positives what is not drawn
   * @param tries how many items are drawn for one that is kept
   * @param width of item vectors and queries
   */
  public BestOfProposal(PositiveSets positives, int tries, int width) {
    this.positives = positives;
    this.tries = tries;
    this.width = width;
    this.vectors = new float[Math.multiplyExact(positives.pairs().itemCount(), width)];
  }

  /** What it holds, in bytes. */
  public static long bytes(int items, int width) {
    return 4L * items * width;
  }

  @Override
  public Candidates.Layout layout() {
    return Candidates.Layout.PER_ROW;
  }

  @Override
  public boolean exactLogQ() {
    return false;
  }

  @Override
  public boolean needsInnerProducts() {
    return true;
  }

  @Override
  public void refresh(ItemTable table, long seed, int epoch, Workers workers) {
    System.arraycopy(table.vectors().values(), 0, vectors, 0, vectors.length);
  }

  @Override
  public boolean drawsPositives() {
    return positives.isEmpty();
  }

  @Override
  public void propose(Batch batch, int from, int to, Matrix q, Candidates out, Pass pass, Rng rng) {
    Scratch mine = scratch.get();
    positives.fetch(batch.users, from, to);
    for (int r = from; r < to; r++) {
      rng.key(pass.seed(), Stream.NEGATIVES, pass.step(), r);
      for (int e = out.at(r); e < out.at(r + 1); e++) {
        out.ids[e] = mine.draw(batch.users[r], q, r, rng);
      }
    }
    Arrays.fill(out.logQ, out.at(from), out.at(to), 0);
    Arrays.fill(out.posLogQ, out.posStart[from], out.posStart[to], Float.NaN);
  }

  @Override
  public double[] probabilities(int user, float[] query) {
    int items = positives.pairs().itemCount();
    float[] scores = new float[items];
    float[] ascending = new float[items];
    int n = 0;
    for (int i = 0; i < items; i++) {
      scores[i] = Kernels.dot(query, 0, vectors, i * width, width);
      if (!positives.contains(user, i)) {
        ascending[n++] = scores[i];
      }
    }
    Arrays.sort(ascending, 0, n);
    double[] p = new double[items];
    for (int i = 0; i < items; i++) {
      if (!positives.contains(user, i)) {
        double below = below(ascending, n, scores[i]);
        double to = below(ascending, n, Math.nextUp(scores[i]));
        p[i] = (StrictMath.pow(to / n, tries) - StrictMath.pow(below / n, tries)) / (to - below);
      }
    }
    return p;
  }

  /** How many of the first {@code n} are lower than a score. */
  private static int below(float[] ascending, int n, float score) {
    int low = 0;
    int high = n;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (ascending[middle] < score) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private Scratch newScratch() {
    return new Scratch();
  }

  /** What one thread works with. */
  private final class Scratch {
    private final int[] ids = new int[tries];
    private final float[] scores = new float[tries];

    int draw(int user, Matrix q, int row, Rng rng) {
      for (int t = 0; t < tries; t++) {
        ids[t] = positives.drawOther(user, rng);
      }
      RowFetch.fetch(vectors, width, ids, 0, tries);
      Kernels.dotRows(q.data, q.at(row), vectors, width, ids, 0, tries, scores, 0);
      int best = 0;
      for (int t = 1; t < tries; t++) {
        best = scores[t] > scores[best] ? t : best;
      }
      return ids[best];
    }
  }
}
