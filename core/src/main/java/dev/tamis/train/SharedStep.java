package dev.tamis.train;

import dev.tamis.data.Interactions;
import dev.tamis.kernels.Gemm;
import dev.tamis.kernels.Kernels;
import dev.tamis.kernels.Workers;
import dev.tamis.math.Matrix;
import dev.tamis.math.Rng;
import dev.tamis.model.Batch;
import dev.tamis.model.Candidates;
import dev.tamis.model.ItemTable;
import dev.tamis.model.PairModel;
import dev.tamis.model.Pass;
import dev.tamis.model.RowFetch;
import dev.tamis.model.SparseGradient;
import dev.tamis.model.Table;
import dev.tamis.model.score.ScoreFunction;
import dev.tamis.objective.Objective;
import dev.tamis.optim.Optimizer;
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
 * infinity.
 *
 * <p>Groups draw, then each owner groups the entries of its rows of the tables and settles them,
 * then groups score and differentiate on any thread while the tables are only read, then each owner
 * updates its rows (see {@link RowUpdates}).
 */
public final class SharedStep implements Step {
  private final QuerySide queries;
  private final ItemTable table; // of the items
  private final Proposal proposal;
  private final List<Refiner> refiners;
  private final Objective objective;
  private final float decay;
  private final Workers workers;
  private final int batchRows; // at most
  private final Candidates candidates;
  private final Matrix
      q; // [batch rows + groups * width, dim] queries, then gradients of candidates
  private final SparseGradient itemGradient; // positives of all rows, then candidates by group
  private final SparseGradient biasGradient;
  private final RowGroups itemGroups;
  private final List<RowUpdates> items; // vectors, then the bias if there is one
  private final Scratch[] scratch; // [threads]
  private final double[] loss; // [groups]

  /**
   * @param train what a user's positives are
   * @param refiners what reweighs the candidates once they are scored, in this order; none that
   *     selects
   * @param batchRows the largest batch
   * @param width candidates of a group
   * @param decay L2 per occurrence: each time a row of a table stands in a batch it adds {@code
   *     decay * |row|^2} to the loss, averaged over the rows of the batch. A candidate stands there
   *     as often as rows push it away: the sum of its derivatives, those of a row adding up to 1 at
   *     most where the loss is a softmax
   * @param groups into how many groups a batch is cut, whatever the threads
   */
  public SharedStep(
      PairModel model,
      Interactions train,
      Proposal proposal,
      List<Refiner> refiners,
      Objective objective,
      Optimizer optimizer,
      int batchRows,
      int width,
      double decay,
      Workers workers,
      int groups) {
    this(
        new UserSide(model, optimizer, batchRows, groups, workers),
        model.score(),
        train,
        proposal,
        refiners,
        objective,
        optimizer,
        batchRows,
        width,
        decay,
        workers,
        groups);
  }

  /** The same, whatever the queries are made of. */
  SharedStep(
      QuerySide queries,
      ScoreFunction score,
      Interactions train,
      Proposal proposal,
      List<Refiner> refiners,
      Objective objective,
      Optimizer optimizer,
      int batchRows,
      int width,
      double decay,
      Workers workers,
      int groups) {
    if (proposal.layout() != Candidates.Layout.SHARED
        || !objective.accepts().contains(Candidates.Layout.SHARED)) {
      throw new IllegalArgumentException("proposal and objective must have candidates of groups");
    }
    if (!score.scalesQueries() || score.towardsQueries() || !score.parameters().isEmpty()) {
      throw new IllegalArgumentException("shared candidates are scored by inner products only");
    }
    this.queries = queries;
    this.table = score.items();
    this.proposal = proposal;
    this.refiners = List.copyOf(refiners);
    this.objective = objective;
    this.decay = (float) (2 * decay);
    this.workers = workers;
    this.batchRows = batchRows;
    int groupRows = (batchRows + groups - 1) / groups;
    this.candidates = new Candidates(Candidates.Layout.SHARED, batchRows, width, groupRows);
    int entries = batchRows + candidates.ids.length;
    int dim = queries.width();
    this.q = new Matrix(entries, dim);
    this.itemGradient = new SparseGradient(entries);
    itemGradient.source = q;
    itemGradient.occurrences = new float[entries];
    this.biasGradient = new SparseGradient(entries);
    biasGradient.source = new Matrix(1, 1);
    biasGradient.source.data[0] = 1;
    this.itemGroups = new RowGroups(table.items(), workers.threads());
    this.items = new ArrayList<>();
    for (Table t : table.tables()) {
      items.add(new RowUpdates(t, optimizer.attach(t), itemGroups));
    }
    this.scratch = new Scratch[workers.threads()];
    Arrays.setAll(scratch, i -> new Scratch(train, width, dim));
    this.loss = new double[groups];
  }

  @Override
  public double run(Batch batch, double rate, Pass pass) {
    candidates.begin(batch);
    candidates.weighted = !refiners.isEmpty();
    candidates.weightsFlow = refiners.stream().anyMatch(Refiner::weightsFlow);
    Arrays.fill(candidates.rowWeight, 0, batch.rows, 1f / batch.rows);
    int groups = (batch.rows + candidates.groupRows - 1) / candidates.groupRows;
    reserve(batch.posStart[batch.rows] + groups * candidates.width);
    listPositives(batch);
    for (RowUpdates table : items) {
      table.beginStep(rate);
    }
    queries.begin(batch, rate);
    workers.run(groups, (group, worker) -> draw(group, worker, batch, pass));
    workers.run(workers.threads(), (owner, worker) -> groupAndSettle(owner));
    double total = queries.encode(batch, pass);
    workers.run(groups, (group, worker) -> loss[group] = differentiate(group, worker, batch, pass));
    queries.finish();
    float perEntry = decay / batch.rows;
    workers.run(
        workers.threads(),
        (owner, worker) -> {
          queries.apply(owner, perEntry);
          for (int t = 0; t < items.size(); t++) {
            items.get(t).apply(owner, t == 0 ? itemGradient : biasGradient, perEntry);
          }
        });
    queries.applyDense();
    proposal.endStep(batch, pass);
    for (int g = 0; g < groups; g++) {
      total += loss[g];
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
    int from = group * candidates.groupRows;
    int to = Math.min(batch.rows, from + candidates.groupRows);
    proposal.propose(batch, from, to, q, candidates, pass, scratch[worker].rng);
    int first = firstEntry(group, batch);
    for (int j = 0; j < candidates.width; j++) {
      itemGradient.row[first + j] = candidates.ids[candidates.idsAt(from) + j];
      itemGradient.coefficient[first + j] = 1;
      itemGradient.sourceRow[first + j] = source(group) + j;
    }
  }

  private void groupAndSettle(int owner) {
    queries.settle(owner);
    itemGroups.group(owner, itemGradient);
    for (RowUpdates table : items) {
      table.settle(owner);
    }
  }

  private double differentiate(int group, int worker, Batch batch, Pass pass) {
    int from = group * candidates.groupRows;
    int to = Math.min(batch.rows, from + candidates.groupRows);
    Scratch mine = scratch[worker];
    queries.forward(batch, from, to, q);
    mine.score(from, to, batch);
    mine.mask(from, to, batch);
    if (candidates.weighted) {
      Arrays.fill(candidates.weight, candidates.at(from), candidates.at(to), 1f / candidates.width);
      for (Refiner refiner : refiners) {
        refiner.refine(batch, candidates, from, to, pass, mine.rng);
      }
    }
    double sum = objective.differentiate(candidates, from, to);
    mine.backward(from, to, batch, group);
    queries.backward(batch, from, to, group);
    return sum;
  }

  /** Where the candidates of a group begin in the items' gradient. */
  private int firstEntry(int group, Batch batch) {
    return batch.posStart[batch.rows] + group * candidates.width;
  }

  /** The row of {@link #q} where the gradients of a group's candidates begin. */
  private int source(int group) {
    return batchRows + group * candidates.width;
  }

  /** The tables with their updaters, in a fixed order: queries, items, bias. */
  @Override
  public List<TableUpdates> updates() {
    List<TableUpdates> all = new ArrayList<>(queries.updates());
    for (RowUpdates table : items) {
      all.add(new TableUpdates(table.table(), table.updater()));
    }
    return all;
  }

  @Override
  public void beginEpoch(long seed, int epoch) {
    queries.refresh(proposal, table, seed, epoch, workers);
  }

  @Override
  public SortedMap<String, Object> state() {
    return proposal.state();
  }

  /** What one thread works on: a group at a time. */
  private final class Scratch {
    final Rng rng = new Rng();
    private final Interactions train;
    private final Gemm gemm = new Gemm();
    private final float[] vectors; // [candidates x dim]
    private final float[] slopes; // [candidates] sums over rows
    private final int[] column; // [items] one column of a candidate, or -1
    private final int[] next; // [candidates] another column of the same item, or -1

    Scratch(Interactions train, int candidates, int dim) {
      this.train = train;
      this.vectors = new float[candidates * dim];
      this.slopes = new float[candidates];
      this.column = new int[train.itemCount()];
      this.next = new int[candidates];
      Arrays.fill(column, -1);
    }

    void score(int from, int to, Batch batch) {
      Candidates c = candidates;
      Table items = table.vectors();
      int dim = items.width();
      int ids = c.idsAt(from);
      RowFetch.fetch(items.values(), dim, c.ids, ids, c.width);
      for (int j = 0; j < c.width; j++) {
        System.arraycopy(items.values(), items.at(c.ids[ids + j]), vectors, j * dim, dim);
      }
      gemm.nt(
          to - from,
          c.width,
          dim,
          q.data,
          q.at(from),
          dim,
          vectors,
          0,
          dim,
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
      Candidates c = candidates;
      for (int j = 0; j < c.width; j++) {
        slopes[j] = bias[c.ids[c.idsAt(from) + j]];
      }
      for (int r = from; r < to; r++) {
        Kernels.axpy(1, slopes, 0, c.score, c.at(r), c.width);
      }
      for (int p = batch.posStart[from]; p < batch.posStart[to]; p++) {
        c.posScore[p] += bias[batch.posIds[p]];
      }
    }

    /** Takes the positives of each row's user out of its candidates. */
    void mask(int from, int to, Batch batch) {
      Candidates c = candidates;
      int ids = c.idsAt(from);
      for (int j = 0; j < c.width; j++) {
        int item = c.ids[ids + j];
        next[j] = column[item];
        column[item] = j;
      }
      for (int r = from; r < to; r++) {
        int user = batch.users[r];
        for (int e = train.rowStart()[user]; e < train.rowStart()[user + 1]; e++) {
          for (int j = column[train.itemIds()[e]]; j >= 0; j = next[j]) {
            c.score[c.at(r) + j] = Float.NEGATIVE_INFINITY;
          }
        }
      }
      for (int j = 0; j < c.width; j++) {
        column[c.ids[ids + j]] = -1;
      }
    }

    /** From dLoss/dScore to the gradients of queries, positives and candidates. */
    void backward(int from, int to, Batch batch, int group) {
      Candidates c = candidates;
      Matrix dq = queries.gradient();
      int rows = to - from;
      Table items = table.vectors();
      int dim = items.width();
      gemm.nn(
          rows,
          dim,
          c.width,
          c.score,
          c.at(from),
          c.width,
          vectors,
          0,
          dim,
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
          q.at(source(group)),
          dim,
          false);
      Arrays.fill(slopes, 0);
      for (int r = from; r < to; r++) {
        Kernels.axpy(1, c.score, c.at(r), slopes, 0, c.width);
        int first = batch.posStart[r];
        int positives = batch.posStart[r + 1] - first;
        Kernels.axpyRows(
            c.posScore,
            first,
            items.values(),
            dim,
            batch.posIds,
            first,
            positives,
            dq.data,
            dq.at(r));
      }
      int first = batch.posStart[from];
      int positives = batch.posStart[to] - first;
      System.arraycopy(c.posScore, first, itemGradient.coefficient, first, positives);
      System.arraycopy(c.posScore, first, biasGradient.coefficient, first, positives);
      int firstEntry = firstEntry(group, batch);
      for (int j = 0; j < c.width; j++) {
        biasGradient.coefficient[firstEntry + j] = slopes[j];
        itemGradient.occurrences[firstEntry + j] = Math.max(0, slopes[j]) * batch.rows;
      }
    }
  }
}
