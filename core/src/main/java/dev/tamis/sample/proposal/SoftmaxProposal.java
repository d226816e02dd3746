package dev.tamis.sample.proposal;

import dev.tamis.kernels.Gemm;
import dev.tamis.kernels.Kernels;
import dev.tamis.kernels.PerThread;
import dev.tamis.kernels.Workers;
import dev.tamis.math.ArrayLength;
import dev.tamis.math.Matrix;
import dev.tamis.math.Rng;
import dev.tamis.math.Stream;
import dev.tamis.model.Batch;
import dev.tamis.model.Candidates;
import dev.tamis.model.ItemTable;
import dev.tamis.model.Pass;
import dev.tamis.model.score.CatalogueScores;
import dev.tamis.sample.PositiveSets;
import dev.tamis.sample.Proposal;

/**
 * Draws from the softmax of a query's scores over all items: {@code Q(j) = exp(s_j) / sum of
 * exp(s_k)}. It is what MIDX comes to when no stage of it is approximated (Chen et al.: Fast
 * Variational AutoEncoder with Inverted Multi-Index for Collaborative Filtering, WWW 2022, section
 * 4, theorem 4.1): the stages multiply to the softmax, whatever the codewords, and need every
 * score, so the index has no part in it here. It is the measure that other proposals are held
 * against.
 *
 * <p>Items are those of the last refresh, which must come before the first draw; the query is the
 * one of the batch. Cost of a row: a score and an exponential for each item; of a draw that of
 * {@link SoftmaxDraws}. Memory: a copy of the items, and for each thread {@value #ROWS_TOGETHER} +
 * 1 numbers an item.
 */
public final class SoftmaxProposal implements Proposal {
  private static final int ROWS_TOGETHER = 16;

  private final PositiveSets positives;
  private final int items;
  private final int width;
  private final float[] vectors; // [items x width]
  private final float[] biases; // [items]
  private final PerThread<Scratch> scratch = new PerThread<>(this::newScratch);

  /**
   * @param positives what is not drawn
   * @param width of item vectors and queries
   * @throws dev.tamis.config.TamisException of kind CONFIG if one array cannot hold the scores of
   *     some rows
   */
  public SoftmaxProposal(PositiveSets positives, int width) {
    this.positives = positives;
    this.items = positives.pairs().itemCount();
    CatalogueScores.size(ROWS_TOGETHER, items); // before the first draw
    this.width = width;
    this.vectors = new float[ArrayLength.of("vectors of items", width, items, "make dim smaller")];
    this.biases = new float[items];
  }

  /** What it holds for so many threads, in bytes. */
  public static long bytes(int items, int width, int threads) {
    return 4L * items * (width + 1 + (long) threads * (ROWS_TOGETHER + 1));
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
    System.arraycopy(table.vectors().values(), 0, vectors, 0, vectors.length);
    if (table.bias().isPresent()) {
      System.arraycopy(table.bias().get().values(), 0, biases, 0, items);
    }
  }

  @Override
  public void propose(Batch batch, int from, int to, Matrix q, Candidates out, Pass pass, Rng rng) {
    Scratch mine = scratch.get();
    for (int first = from; first < to; first += ROWS_TOGETHER) {
      int rows = Math.min(ROWS_TOGETHER, to - first);
      mine.score(q.data, q.at(first), rows);
      for (int r = first; r < first + rows; r++) {
        int at = (r - first) * items;
        mine.draws.take(batch.users[r], mine.scores, at);
        mine.draws.weigh();
        rng.key(pass.seed(), Stream.NEGATIVES, pass.step(), r);
        for (int e = out.at(r); e < out.at(r + 1); e++) {
          out.ids[e] = mine.draws.draw(rng);
          out.logQ[e] = mine.scores[at + out.ids[e]];
        }
        for (int p = out.posStart[r]; p < out.posStart[r + 1]; p++) {
          out.posLogQ[p] = mine.scores[at + out.posIds[p]];
        }
      }
    }
  }

  @Override
  public double[] probabilities(int user, float[] query) {
    Scratch mine = scratch.get();
    mine.score(query, 0, 1);
    mine.draws.take(user, mine.scores, 0);
    float[] free = mine.draws.scores();
    double most = Kernels.max(free, 0, items);
    double[] p = new double[items];
    double sum = 0;
    for (int i = 0; i < items; i++) {
      p[i] = StrictMath.exp(free[i] - most);
      sum += p[i];
    }
    for (int i = 0; i < items; i++) {
      p[i] /= sum;
    }
    return p;
  }

  private Scratch newScratch() {
    return new Scratch();
  }

  /** What one thread works with. */
  private final class Scratch {
    final float[] scores = new float[CatalogueScores.size(ROWS_TOGETHER, items)]; // [rows x items]
    final SoftmaxDraws draws = new SoftmaxDraws(positives.pairs());
    private final Gemm gemm = new Gemm();

    /** Scores all items for the queries that begin at {@code q[from]}. */
    void score(float[] q, int from, int rows) {
      for (int r = 0; r < rows; r++) {
        System.arraycopy(biases, 0, scores, r * items, items);
      }
      gemm.nt(rows, items, width, q, from, width, vectors, 0, width, scores, 0, items, true);
    }
  }
}
