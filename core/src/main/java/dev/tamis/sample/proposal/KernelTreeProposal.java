package dev.tamis.sample.proposal;

import dev.tamis.kernels.PerThread;
import dev.tamis.kernels.Workers;
import dev.tamis.math.Matrix;
import dev.tamis.math.Rng;
import dev.tamis.math.Stream;
import dev.tamis.model.Batch;
import dev.tamis.model.Candidates;
import dev.tamis.model.ItemTable;
import dev.tamis.model.Pass;
import dev.tamis.sample.PositiveSets;
import dev.tamis.sample.Proposal;
import dev.tamis.sample.index.KernelTree;

/**
 * Draws items in proportion to {@code K(q, v) = alpha (q . v)^2 + 1} (Blanc, Rendle: Adaptive
 * Sampled Softmax with Kernel Based Sampling, ICML 2018), and draws again where the item is a
 * positive that the user is not to be given. Item vectors are those of the last refresh, the query
 * is the one of the batch, and {@code logQ} is {@code ln K}, which is exact up to a constant of the
 * query.
 *
 * <p>The kernel is even: items of large negative scores are drawn as often as those of large
 * positive ones. An item's bias has no part in it. Cost of a draw: that of {@link KernelTree} a
 * trial. It must be refreshed before it draws.
 */
public final class KernelTreeProposal implements Proposal {
  private final PositiveSets positives;
  private final KernelTree tree;
  private final int refreshEverySteps;
  private final PerThread<Scratch> scratch = new PerThread<>(this::newScratch);

  /**
   * @param positives what is not drawn
   * @param alpha how much a score counts beside the 1 that every item has
   * @param leafItems the most items of a leaf of the tree
   * @param width of item vectors and queries
   * @param refreshEverySteps steps from one refresh to the next, 0 for before each epoch only
   */
  public KernelTreeProposal(
      PositiveSets positives, double alpha, int leafItems, int width, int refreshEverySteps) {
    this.positives = positives;
    this.refreshEverySteps = refreshEverySteps;
    this.tree = new KernelTree(positives.pairs().itemCount(), width, alpha, leafItems);
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
  public int refreshEverySteps() {
    return refreshEverySteps;
  }

  @Override
  public void refresh(ItemTable items, long seed, int epoch, Workers workers) {
    tree.build(items.vectors().values(), workers);
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
      mine.descent.take(q.data, q.at(r));
      rng.key(pass.seed(), Stream.NEGATIVES, pass.step(), r);
      for (int e = out.at(r); e < out.at(r + 1); e++) {
        int item = mine.draw(batch.users[r], rng);
        out.ids[e] = item;
        out.logQ[e] = (float) StrictMath.log(mine.descent.kernel(item));
      }
      for (int p = out.posStart[r]; p < out.posStart[r + 1]; p++) {
        out.posLogQ[p] = (float) StrictMath.log(mine.descent.kernel(out.posIds[p]));
      }
    }
  }

  @Override
  public double[] probabilities(int user, float[] query) {
    return FreeItems.probabilities(positives.pairs(), user, masses(query));
  }

  @Override
  public double trials(int user, float[] query) {
    return FreeItems.trials(positives.pairs(), user, masses(query));
  }

  private double[] masses(float[] query) {
    Scratch mine = scratch.get();
    mine.descent.take(query, 0);
    double[] masses = new double[positives.pairs().itemCount()];
    mine.enumerate(masses);
    return masses;
  }

  private Scratch newScratch() {
    return new Scratch();
  }

  /** What one thread draws with. */
  private final class Scratch {
    final KernelTree.Descent descent = tree.newDescent();
    private double[] masses; // [items] once somebody needed it

    int draw(int user, Rng rng) {
      int items = positives.pairs().itemCount();
      // When positives have nearly all of the mass, trials do not end. After as many as there are
      // items it is as cheap to look at each item, and what is drawn has the same law.
      for (int trial = 0; trial < items; trial++) {
        int item = descent.trial(rng);
        if (item >= 0 && !positives.contains(user, item)) {
          return item;
        }
      }
      masses = masses == null ? new double[items] : masses;
      enumerate(masses);
      return FreeItems.draw(positives.pairs(), user, masses, rng);
    }

    /** Fills in the kernels of all items. */
    void enumerate(double[] out) {
      for (int i = 0; i < out.length; i++) {
        out[i] = descent.kernel(i);
      }
    }
  }
}
