package dev.tamis.train;

import dev.tamis.data.Interactions;
import dev.tamis.kernels.Gemm;
import dev.tamis.kernels.Kernels;
import dev.tamis.kernels.Workers;
import dev.tamis.math.ArrayLength;
import dev.tamis.math.Matrix;
import dev.tamis.math.Rng;
import dev.tamis.model.Batch;
import dev.tamis.model.Candidates;
import dev.tamis.model.ItemTable;
import dev.tamis.model.Pass;
import dev.tamis.model.RowFetch;
import dev.tamis.model.SparseGradient;
import dev.tamis.model.Table;
import dev.tamis.objective.Objective;
import dev.tamis.sample.Proposal;
import dev.tamis.sample.Refiner;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;

/**
 * A training step with inner products as scores whose rows share candidates by groups: scores and
 * gradients of a group are matrix products, so that a shared candidate costs a fraction of one that
 * is a row's own. Where a candidate is a positive of the row's user, its score there is minus
 * infinity, unless the proposal keeps accidental hits.
 *
 * <p>A proposal may also make one list for the whole batch ({@link Proposal#ofBatch}). Then the
 * batch is cut into parts, whose number depends on its size only, and what the parts say of a
 * candidate is summed in their order, whichever threads worked on them.
 *
 * <p>Scores are held for some rows at a time, as many as stay in a cache. Where refiners leave most
 * candidates with the weight 0, gradients are sums over the others, to the same bits: in the matrix
 * product, the zeros add nothing.
 *
 * <p>Groups draw, then each owner groups the entries of its rows of the tables and settles them,
 * then parts score and differentiate on any thread while the tables are only read, then each owner
 * updates its rows (see {@link RowUpdates}).
 */
public final class SharedStep implements Step {
  private static final int PARTS = 16; // at most, of a batch with one list
  private static final int PART_ROWS = 128; // at least, of such a batch
  private static final int WINDOW = 1 << 17; // cells, which stay in a second-level cache
  private static final int SPARSE = 8; // few is less than one cell in so many

  private final QuerySide queries;
  private final ItemSide items;
  private final ItemTable table; // of the items
  private final Proposal proposal;
  private final List<Refiner> refiners;
  private final boolean weightsFlow; // the gradient goes through the weights
  private final Objective objective;
  private final float decay;
  private final Workers workers;
  private final int batchRows; // at most
  private final int partRows; // those of a group, or fewer where the whole batch is one
  private final int windowCells; // of each thread
  private final Candidates lists; // whose cells are in the windows of threads
  private final Matrix q; // [batch rows + parts * width, dim] queries, then gradients of candidates
  private final float[] slopes; // [parts x width] of the candidates' scores, summed over rows
  private final boolean needsSlopes;
  private final SparseGradient itemGradient; // positives of all rows, then candidates by list
  private final SparseGradient biasGradient;
  private final Scratch[] scratch; // [threads]
  private final CandidateVectors ofBatch; // where the batch has one list
  private final double[] loss; // [parts]

  SharedStep(
      QuerySide queries, ItemSide items, Interactions train, StepParts parts, Workers workers) {
    this.queries = queries;
    this.items = items;
    this.table = items.table();
    this.proposal = parts.proposal();
    this.refiners = parts.refiners();
    this.weightsFlow = parts.weightsFlow();
    this.objective = parts.objective();
    this.decay = (float) (2 * parts.decay());
    this.needsSlopes = decay != 0 || table.bias().isPresent();
    this.workers = workers;
    this.batchRows = parts.batchRows();
    int together = proposal.ofBatch(batchRows);
    this.partRows = partRows(batchRows, together > 0, parts.shards());
    int count = parts(batchRows, together > 0, parts.shards());
    int listed = together > 0 ? together : parts.width();
    this.windowCells = windowRows(partRows, listed) * listed;
    this.lists = Candidates.lists(batchRows, listed, together > 0 ? batchRows : partRows);
    int entries = entries(batchRows, together > 0 ? 1 : count, listed);
    int dim = queries.width();
    this.q = new Matrix(entries(batchRows, count, listed), dim);
    this.slopes = new float[count * listed];
    this.itemGradient = new SparseGradient(entries);
    itemGradient.source = q;
    itemGradient.occurrences = new float[entries];
    this.biasGradient = new SparseGradient(entries);
    biasGradient.source = new Matrix(1, 1);
    biasGradient.source.data[0] = 1;
    this.scratch = new Scratch[workers.threads()];
    this.ofBatch = together > 0 ? new CandidateVectors(listed, dim) : null;
    Arrays.setAll(scratch, i -> new Scratch(train, listed, dim));
    this.loss = new double[count];
  }

  /** Positives of rows, and candidates of lists. */
  private static int entries(int rows, int lists, int width) {
    return ArrayLength.of(
        "positives and candidates of a batch",
        rows + (long) lists * width,
        "make batch-size or the negatives of a group smaller");
  }

  private static int partRows(int batchRows, boolean oneList, int groups) {
    int parts = oneList ? PARTS : groups;
    return Math.max(oneList ? PART_ROWS : 1, (batchRows + parts - 1) / parts);
  }

  /** Into how many parts a batch is cut. */
  static int parts(int batchRows, boolean oneList, int groups) {
    int partRows = partRows(batchRows, oneList, groups);
    return (batchRows + partRows - 1) / partRows;
  }

  private static int windowRows(int partRows, int width) {
    return Math.max(1, Math.min(partRows, WINDOW / width));
  }

  /**
   * How many bytes a step holds, tables and their updates left out.
   *
   * @param oneList whether the whole batch has one list
   * @param width candidates of a group, or of the whole batch
   * @param dim numbers of a vector
   */
  public static long bytes(
      int batchRows, boolean oneList, int width, int dim, int items, int threads, int groups) {
    int partRows = partRows(batchRows, oneList, groups);
    int parts = parts(batchRows, oneList, groups);
    long entries = batchRows + (long) (oneList ? 1 : parts) * width;
    long sources = batchRows + (long) parts * width;
    long cells = (long) windowRows(partRows, width) * width;
    long vectors = 4 * CandidateVectors.size(width, dim);
    long ofThread = 12 * cells + (oneList ? 0 : vectors) + 16L * width + 4L * items + 24 * entries;
    return 4L * dim * (batchRows + sources)
        + (oneList ? vectors : 0)
        + 4L * parts * width
        + 16 * entries
        + threads * ofThread;
  }

  @Override
  public double run(Batch batch, double rate, Pass pass) {
    int together = proposal.ofBatch(batch.rows);
    lists.width = together > 0 ? together : lists.width;
    lists.begin(batch);
    lists.weighted = !refiners.isEmpty();
    lists.weightsFlow = weightsFlow;
    Arrays.fill(lists.rowWeight, 0, batch.rows, 1f / batch.rows);
    int groups = (batch.rows + lists.groupRows - 1) / lists.groupRows;
    int parts = (batch.rows + partRows - 1) / partRows;
    int listsApart = ofBatch == null ? parts : 1;
    reserve(batch.posStart[batch.rows] + listsApart * lists.width);
    listPositives(batch);
    queries.begin(batch, rate);
    workers.run(groups, (group, worker) -> draw(group, worker, batch, pass));
    for (int list = 0; list < listsApart; list++) {
      listCandidates(list, batch);
    }
    items.begin(itemGradient, rate);
    workers.run(workers.threads(), (owner, worker) -> settle(owner));
    double total = queries.encode(batch, pass);
    items.encode();
    if (ofBatch != null) {
      ofBatch.take(table.vectors(), lists.ids, lists.idsAt(0), lists.width);
    }
    workers.run(parts, (part, worker) -> loss[part] = differentiate(part, worker, batch, pass));
    if (ofBatch != null) {
      workers.run(PARTS, (share, worker) -> sumParts(share, parts));
    }
    for (int list = 0; list < listsApart && needsSlopes; list++) {
      takeSlopes(list, batch);
    }
    queries.finish();
    float perEntry = decay / batch.rows;
    workers.run(
        workers.threads(),
        (owner, worker) -> {
          queries.apply(owner, perEntry);
          items.apply(owner, itemGradient, biasGradient, perEntry);
        });
    queries.applyDense();
    items.finish();
    proposal.endStep(batch, pass);
    for (int p = 0; p < parts; p++) {
      total += loss[p];
    }
    return total;
  }

  private void reserve(int entries) {
    itemGradient.reserve(entries);
    if (itemGradient.occurrences.length < entries) {
      itemGradient.occurrences = new float[itemGradient.row.length];
    }
    itemGradient.count = entries;
    biasGradient.reserve(entries); // its source is row 0 for all
    biasGradient.row = itemGradient.row;
    biasGradient.occurrences = itemGradient.occurrences;
    biasGradient.count = entries;
  }

  /** Lists the entries that do not depend on draws. */
  private void listPositives(Batch batch) {
    for (int r = 0; r < batch.rows; r++) {
      for (int p = batch.posStart[r]; p < batch.posStart[r + 1]; p++) {
        itemGradient.row[p] = batch.posIds[p];
        itemGradient.sourceRow[p] = r;
        itemGradient.occurrences[p] = 1;
      }
    }
  }

  private void draw(int group, int worker, Batch batch, Pass pass) {
    int from = group * lists.groupRows;
    int to = Math.min(batch.rows, from + lists.groupRows);
    proposal.propose(batch, from, to, q, lists, pass, scratch[worker].rng);
  }

  private void listCandidates(int list, Batch batch) {
    int first = firstEntry(list, batch);
    int ids = lists.idsAt(list * partRows);
    System.arraycopy(lists.ids, ids, itemGradient.row, first, lists.width);
    for (int j = 0; j < lists.width; j++) {
      itemGradient.coefficient[first + j] = 1;
      itemGradient.sourceRow[first + j] = source(list) + j;
    }
  }

  private void settle(int owner) {
    queries.settle(owner);
    items.settle(owner, itemGradient);
  }

  private double differentiate(int part, int worker, Batch batch, Pass pass) {
    int from = part * partRows;
    int to = Math.min(batch.rows, from + partRows);
    Scratch mine = scratch[worker];
    queries.forward(batch, from, to, q);
    mine.begin(part, from);
    double sum = 0;
    // A short batch has a short list, of which more rows fit; not always into the same cells.
    int some = Math.min(windowRows(partRows, lists.width), windowCells / lists.width);
    for (int first = from; first < to; first += some) {
      sum += mine.differentiate(first, Math.min(to, first + some), batch, pass);
    }
    queries.backward(batch, from, to, part);
    return sum;
  }

  /** Adds a share of what the parts say of one list of candidates, in the order of the parts. */
  private void sumParts(int share, int parts) {
    int from = (int) ((long) lists.width * share / PARTS);
    int count = (int) ((long) lists.width * (share + 1) / PARTS) - from;
    int sum = q.at(source(0) + from);
    for (int part = 1; part < parts; part++) {
      Kernels.axpy(1, q.data, q.at(source(part) + from), q.data, sum, count * q.width);
      Kernels.axpy(1, slopes, part * lists.width + from, slopes, from, count);
    }
  }

  private void takeSlopes(int list, Batch batch) {
    int first = firstEntry(list, batch);
    for (int j = 0; j < lists.width; j++) {
      float slope = slopes[list * lists.width + j];
      biasGradient.coefficient[first + j] = slope;
      itemGradient.occurrences[first + j] = Math.max(0, slope) * batch.rows;
    }
  }

  /** Where the candidates of a list begin in the items' gradient. */
  private int firstEntry(int list, Batch batch) {
    return batch.posStart[batch.rows] + list * lists.width;
  }

  /** The row of {@link #q} where the gradients of a part's candidates begin. */
  private int source(int part) {
    return batchRows + part * lists.width;
  }

  /** The tables with their updaters, in a fixed order: queries, items, bias. */
  @Override
  public List<TableUpdates> updates() {
    List<TableUpdates> all = new ArrayList<>(queries.updates());
    all.addAll(items.updates());
    return all;
  }

  @Override
  public void beginEpoch(long seed, int epoch) {
    items.settleAll();
    queries.refresh(proposal, table, seed, epoch, workers);
  }

  @Override
  public void measured(long steps, boolean best) {
    queries.measured(steps, best);
  }

  @Override
  public SortedMap<String, Object> state() {
    return queries.stateWith(proposal);
  }

  /** What one thread works on: a part at a time. */
  private final class Scratch {
    final Rng rng = new Rng();
    private final PositiveMask mask; // null where accidental hits are kept
    private final Gemm gemm = new Gemm();
    private final Candidates c; // some rows at a time
    private final CandidateVectors candidates;
    private final int[] chosen; // [candidates] columns that have a weight
    private final float[] slope; // [candidates] of these
    private int slopesAt; // where the slopes of the part begin
    private int source; // the row of q where the gradients of candidates begin

    Scratch(Interactions train, int width, int dim) {
      this.mask = proposal.keepsAccidentalHits() ? null : new PositiveMask(train, width);
      this.c = lists.window(windowRows(partRows, width));
      this.candidates = ofBatch == null ? new CandidateVectors(width, dim) : ofBatch;
      this.chosen = new int[width];
      this.slope = new float[width];
    }

    /** Takes up the candidates of a part, which begins with row {@code from}. */
    void begin(int part, int from) {
      if (candidates != ofBatch) {
        candidates.take(table.vectors(), lists.ids, lists.idsAt(from), lists.width);
      }
      source = source(part);
      Arrays.fill(q.data, q.at(source), q.at(source + lists.width), 0);
      slopesAt = part * lists.width;
      Arrays.fill(slopes, slopesAt, slopesAt + lists.width, 0);
    }

    double differentiate(int from, int to, Batch batch, Pass pass) {
      c.show(lists, from);
      score(from, to, batch);
      if (mask != null) {
        mask.apply(c, from, to, batch);
      }
      if (c.weighted) {
        Arrays.fill(c.weight, c.at(from), c.at(to), 1f / c.width);
        for (Refiner refiner : refiners) {
          refiner.refine(batch, c, from, to, pass, rng);
        }
      }
      double sum = objective.differentiate(c, from, to);
      if (c.weighted && hasFewWeights(from, to)) {
        backwardByCell(from, to);
      } else {
        backward(from, to);
      }
      backwardOfPositives(from, to, batch);
      return sum;
    }

    private void score(int from, int to, Batch batch) {
      Table items = table.vectors();
      int dim = items.width();
      gemm.nn(
          to - from,
          q.data,
          q.at(from),
          dim,
          candidates.toScores,
          c.score,
          c.at(from),
          c.width,
          false);
      int[] start = batch.posStart;
      RowFetch.fetch(items.values(), dim, batch.posIds, start[from], start[to] - start[from]);
      for (int r = from; r < to; r++) {
        int positives = start[r + 1] - start[r];
        Kernels.dotRows(
            q.data,
            q.at(r),
            items.values(),
            dim,
            batch.posIds,
            start[r],
            positives,
            c.posScore,
            start[r]);
      }
      if (table.bias().isPresent()) {
        addBias(table.bias().get().values(), from, to, batch);
      }
    }

    private void addBias(float[] bias, int from, int to, Batch batch) {
      for (int j = 0; j < c.width; j++) {
        slope[j] = bias[c.ids[c.idsAt(from) + j]];
      }
      for (int r = from; r < to; r++) {
        Kernels.axpy(1, slope, 0, c.score, c.at(r), c.width);
      }
      for (int p = batch.posStart[from]; p < batch.posStart[to]; p++) {
        c.posScore[p] += bias[batch.posIds[p]];
      }
    }

    private boolean hasFewWeights(int from, int to) {
      int cells = (to - from) * c.width;
      return Kernels.countAbove(c.weight, c.at(from), cells, 0) < cells / SPARSE;
    }

    /** From dLoss/dScore to the gradients of queries and candidates. */
    private void backward(int from, int to) {
      Matrix dq = queries.gradient();
      int rows = to - from;
      int dim = q.width;
      gemm.nn(
          rows,
          c.score,
          c.at(from),
          c.width,
          candidates.toGradients,
          dq.data,
          dq.at(from),
          dim,
          false);
      gemm.tn(
          c.width,
          dim,
          rows,
          c.score,
          c.at(from),
          c.width,
          q.data,
          q.at(from),
          dim,
          q.data,
          q.at(source),
          dim,
          true);
      for (int r = from; r < to && needsSlopes; r++) {
        Kernels.axpy(1, c.score, c.at(r), slopes, slopesAt, c.width);
      }
    }

    /** The same, where few cells count. */
    private void backwardByCell(int from, int to) {
      Matrix dq = queries.gradient();
      int dim = q.width;
      for (int r = from; r < to; r++) {
        int n = Kernels.selectAbove(c.weight, c.at(r), c.width, 0, chosen, 0);
        for (int k = 0; k < n; k++) {
          slope[k] = c.score[c.at(r) + chosen[k]];
          slopes[slopesAt + chosen[k]] += slope[k];
        }
        Arrays.fill(dq.data, dq.at(r), dq.at(r + 1), 0);
        Kernels.axpyRows(slope, 0, candidates.rows, dim, chosen, 0, n, dq.data, dq.at(r));
        for (int k = 0; k < n; k++) {
          Kernels.axpy(slope[k], q.data, q.at(r), q.data, q.at(source + chosen[k]), dim);
        }
      }
    }

    private void backwardOfPositives(int from, int to, Batch batch) {
      Matrix dq = queries.gradient();
      Table items = table.vectors();
      for (int r = from; r < to; r++) {
        int first = batch.posStart[r];
        Kernels.axpyRows(
            c.posScore,
            first,
            items.values(),
            q.width,
            batch.posIds,
            first,
            batch.posStart[r + 1] - first,
            dq.data,
            dq.at(r));
      }
      int first = batch.posStart[from];
      int positives = batch.posStart[to] - first;
      System.arraycopy(c.posScore, first, itemGradient.coefficient, first, positives);
      System.arraycopy(c.posScore, first, biasGradient.coefficient, first, positives);
    }
  }
}
