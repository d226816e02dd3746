package dev.tamis.sample.proposal;

import dev.tamis.config.TamisException;
import dev.tamis.data.Interactions;
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
import dev.tamis.sample.index.CellDraws;
import dev.tamis.sample.index.CellItems;
import dev.tamis.sample.index.InvertedMultiIndex;
import dev.tamis.sample.index.ResidualCells;
import dev.tamis.sample.index.WeighedCells;
import java.util.Arrays;
import java.util.SortedMap;

/**
 * Draws an item through an inverted multi-index: a cell by what its codewords score and what share
 * of the items it is, then an item of the cell (Chen et al.: Fast Variational AutoEncoder with
 * Inverted Multi-Index for Collaborative Filtering, WWW 2022, section 5). With {@code a + b} the
 * score of an item's codewords, {@code ln Q} is, but for a constant of the query,
 *
 * <pre>
 * MIDX_Uni   a + b
 * MIDX_Pop   a + b + ln f_i
 * MIDX_Res   a + b + ln n + s_i - logsumexp of s over the n items of the cell
 * </pre>
 *
 * for weights {@code f} and scores {@code s}. The index is that of the item vectors at the last
 * refresh, which must come before the first draw; the query is the one of the batch, so {@code ln
 * Q} is that of the distribution that is drawn from. MIDX itself, whose law is the softmax of all
 * scores, is {@link SoftmaxProposal}.
 *
 * <p>Cost: that of {@link CellDraws} and {@link WeighedCells} or {@link ResidualCells}; the number
 * of items does not show in it but for the residual. Where positives are not drawn, each is drawn
 * again, cell and all; the law is the same, restricted to the other items.
 */
public final class MidxProposal implements Proposal {
  /** Draws of positives in a row, after which each item is looked at, once for the query. */
  private static final int TRIALS = 1000;

  private final PositiveSets positives;
  private final InvertedMultiIndex index;
  private final CellItems items;
  private final PerThread<Scratch> scratch = new PerThread<>(this::newScratch);

  private MidxProposal(PositiveSets positives, InvertedMultiIndex index, CellItems items) {
    this.positives = positives;
    this.index = index;
    this.items = items;
  }

  /**
   * Items of a cell by weights: MIDX_Uni if all are equal, MIDX_Pop if they are popularities.
   *
   * @param positives what is not drawn
   * @param weights [items] none may be 0
   * @param codewords of each half of the vectors
   * @param width of item vectors and queries
   * @throws TamisException of kind CONFIG if there are more codewords than items
   */
  public static MidxProposal weighed(
      PositiveSets positives, double[] weights, int codewords, int width) {
    InvertedMultiIndex index = new InvertedMultiIndex(weights.length, codewords, width);
    return new MidxProposal(positives, index, new WeighedCells(index, weights));
  }

  /** Items of a cell by their scores: MIDX_Res. Parameters are those of {@link #weighed}. */
  public static MidxProposal residual(PositiveSets positives, int codewords, int width) {
    int items = positives.pairs().itemCount();
    InvertedMultiIndex index = new InvertedMultiIndex(items, codewords, width);
    return new MidxProposal(positives, index, new ResidualCells(index));
  }

  @Override
  public Candidates.Layout layout() {
    return Candidates.Layout.PER_ROW;
  }

  @Override
  public boolean drawsPositives() {
    return positives.isEmpty();
  }

  @Override
  public boolean needsInnerProducts() {
    return true;
  }

  @Override
  public void refresh(ItemTable table, long seed, int epoch, Workers workers) {
    index.build(table.vectors().values(), seed, workers);
    items.refresh(table);
  }

  @Override
  public void propose(Batch batch, int from, int to, Matrix q, Candidates out, Pass pass, Rng rng) {
    Scratch mine = scratch.get();
    mine.reserve(out.width);
    positives.fetch(batch.users, from, to);
    for (int r = from; r < to; r++) {
      mine.take(batch.users[r], q.data, q.at(r));
      rng.key(pass.seed(), Stream.NEGATIVES, pass.step(), r);
      mine.draw(rng, out, out.at(r));
      for (int p = out.posStart[r]; p < out.posStart[r + 1]; p++) {
        out.posLogQ[p] = (float) mine.log(out.posIds[p]);
      }
    }
  }

  @Override
  public double[] probabilities(int user, float[] query) {
    return FreeItems.probabilities(positives.pairs(), user, masses(user, query, true));
  }

  @Override
  public double trials(int user, float[] query) {
    return FreeItems.trials(positives.pairs(), user, masses(user, query, false));
  }

  @Override
  public SortedMap<String, Object> state() {
    return index.state();
  }

  private double[] masses(int user, float[] query, boolean free) {
    Scratch mine = scratch.get();
    mine.take(user, query, 0);
    return mine.masses(free);
  }

  private Scratch newScratch() {
    return new Scratch();
  }

  /** What one thread knows of the row at hand. */
  private final class Scratch {
    private final CellDraws cellDraws = new CellDraws(index, items.shares());
    private final CellItems.Draws itemDraws = items.newDraws();
    private int[] cells = {}; // [candidates]
    private double[] logs = {}; // [candidates]
    private int user;
    private double[] free; // [items] masses of the user's, once they were needed

    void reserve(int width) {
      if (cells.length < width) {
        cells = new int[width];
        logs = new double[width];
      }
    }

    void take(int user, float[] q, int from) {
      this.user = user;
      free = null;
      cellDraws.take(q, from);
      itemDraws.take(q, from);
    }

    /** {@code ln Q} of an item, positives included, but for a constant of the query. */
    double log(int item) {
      return cellDraws.score(index.cell(item)) + itemDraws.log(item);
    }

    /** Draws the candidates of a row, which begin at {@code at}. */
    void draw(Rng rng, Candidates out, int at) {
      draw(rng, 0, out.width, out.ids, at);
      int end = positives.isEmpty() ? at : at + out.width;
      for (int p = positives.find(user, out.ids, at, end);
          p < end;
          p = positives.find(user, out.ids, p + 1, end)) {
        drawAgain(rng, out.ids, at, p - at);
      }
      for (int i = 0; i < out.width; i++) {
        out.logQ[at + i] = (float) logs[i];
      }
    }

    /** Draws the i-th candidate of the row until it is no positive. */
    private void drawAgain(Rng rng, int[] ids, int at, int i) {
      for (int trial = 1; positives.contains(user, ids[at + i]); trial++) {
        if (trial < TRIALS && free == null) {
          draw(rng, i, i + 1, ids, at);
        } else {
          ids[at + i] = drawFree(rng);
          logs[i] = log(ids[at + i]);
        }
      }
    }

    private void draw(Rng rng, int from, int to, int[] ids, int shift) {
      cellDraws.draw(rng, cells, logs, from, to);
      itemDraws.draw(rng, cells, logs, from, to, ids, shift);
    }

    private int drawFree(Rng rng) {
      free = free == null ? masses(true) : free;
      return FreeItems.draw(positives.pairs(), user, free, rng);
    }

    /** [items] up to a factor, by which the largest is 1: of all items, or 0 for positives. */
    double[] masses(boolean freeOnly) {
      double[] masses = new double[index.items()];
      Arrays.setAll(masses, this::log);
      if (freeOnly) {
        Interactions pairs = positives.pairs();
        for (int e = pairs.rowStart()[user]; e < pairs.rowStart()[user + 1]; e++) {
          masses[pairs.itemIds()[e]] = Double.NEGATIVE_INFINITY;
        }
      }
      double most = Double.NEGATIVE_INFINITY;
      for (double log : masses) {
        most = Math.max(most, log);
      }
      for (int i = 0; i < masses.length; i++) {
        masses[i] = StrictMath.exp(masses[i] - most);
      }
      return masses;
    }
  }
}
