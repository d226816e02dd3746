package dev.tamis.train;

import dev.tamis.data.Interactions;
import dev.tamis.kernels.Gemm;
import dev.tamis.kernels.Kernels;
import dev.tamis.kernels.Workers;
import dev.tamis.math.Matrix;
import dev.tamis.math.Rng;
import dev.tamis.model.Batch;
import dev.tamis.model.Candidates;
import dev.tamis.model.PairModel;
import dev.tamis.model.Pass;
import dev.tamis.model.RowFetch;
import dev.tamis.model.SparseGradient;
import dev.tamis.model.Table;
import dev.tamis.objective.Objective;
import dev.tamis.optim.Optimizer;
import dev.tamis.sample.Proposal;
import dev.tamis.sample.Refiner;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;

/**
 * A training step of a pair model with inner products as scores whose rows share candidates by
 * groups: scores and gradients of a group are matrix products, so that a shared candidate costs a
 * fraction of one that is a row's own. Where a candidate is a positive of the row's user, its score
 * there is minus infinity.
 *
 * <p>Groups draw, then each owner groups the entries of its rows of the tables and settles them,
 * then groups score and differentiate on any thread while the tables are only read, then each owner
 * updates its rows (see {@link RowUpdates}).
 */
public final class SharedStep implements Step {
  private final PairModel model;
  private final Proposal proposal;
  private final List<Refiner> refiners;
  private final Objective objective;
  private final float decay;
  private final Workers workers;
  private final Candidates candidates;
  private final Matrix
      q; // [batch rows + groups * width, dim] queries, then gradients of candidates
  private final Matrix dq; // [batch rows x dim]
  private final SparseGradient userGradient;
  private final SparseGradient itemGradient; // positives of all rows, then candidates by group
  private final SparseGradient biasGradient;
  private final RowGroups userGroups;
  private final RowGroups itemGroups;
  private final RowUpdates users;
  private final List<RowUpdates> items; // vectors, then the bias if there is one
  private final DenseTables dense; // of the tower
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
    if (proposal.layout() != Candidates.Layout.SHARED
        || !objective.accepts().contains(Candidates.Layout.SHARED)) {
      throw new IllegalArgumentException("proposal and objective must have candidates of groups");
    }
    if (!model.score().scalesQueries()
        || model.score().towardsQueries()
        || !model.score().parameters().isEmpty()) {
      throw new IllegalArgumentException("shared candidates are scored by inner products only");
    }
    this.model = model;
    this.proposal = proposal;
    this.refiners = List.copyOf(refiners);
    this.objective = objective;
    this.decay = (float) (2 * decay);
    this.workers = workers;
    int groupRows = (batchRows + groups - 1) / groups;
    this.candidates = new Candidates(Candidates.Layout.SHARED, batchRows, width, groupRows);
    int entries = batchRows + candidates.ids.length;
    int dim = model.users().width();
    this.q = new Matrix(entries, dim);
    this.dq = new Matrix(batchRows, dim);
    this.userGradient = new SparseGradient(batchRows);
    userGradient.source = dq;
    this.itemGradient = new SparseGradient(entries);
    itemGradient.source = q;
    itemGradient.occurrences = new float[entries];
    this.biasGradient = new SparseGradient(entries);
    biasGradient.row = itemGradient.row;
    biasGradient.occurrences = itemGradient.occurrences;
    biasGradient.source = new Matrix(1, 1);
    biasGradient.source.data[0] = 1;
    Table userTable = model.users().table();
    this.userGroups = new RowGroups(userTable.rows(), workers.threads());
    this.users = new RowUpdates(userTable, optimizer.attach(userTable), userGroups);
    this.itemGroups = new RowGroups(model.items().items(), workers.threads());
    this.items = new ArrayList<>();
    for (Table table : model.items().tables()) {
      items.add(new RowUpdates(table, optimizer.attach(table), itemGroups));
    }
    this.dense = new DenseTables(model.users().parameters(), optimizer, groups);
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
    listRows(batch);
    itemGradient.count = batch.rows + groups * candidates.width;
    biasGradient.count = itemGradient.count;
    dense.beginStep(rate);
    users.beginStep(rate);
    for (RowUpdates table : items) {
      table.beginStep(rate);
    }
    workers.run(groups, (group, worker) -> draw(group, worker, batch, pass));
    workers.run(workers.threads(), (owner, worker) -> groupAndSettle(owner));
    workers.run(groups, (group, worker) -> loss[group] = differentiate(group, worker, batch, pass));
    float perEntry = decay / batch.rows;
    workers.run(
        workers.threads(),
        (owner, worker) -> {
          users.apply(owner, userGradient, perEntry);
          for (int t = 0; t < items.size(); t++) {
            items.get(t).apply(owner, t == 0 ? itemGradient : biasGradient, perEntry);
          }
        });
    dense.apply();
    proposal.endStep(batch, pass);
    double total = 0;
    for (int g = 0; g < groups; g++) {
      total += loss[g];
    }
    return total;
  }

  /** Lists what does not depend on draws: users, and positives of all rows. */
  private void listRows(Batch batch) {
    userGradient.count = batch.rows;
    for (int r = 0; r < batch.rows; r++) {
      userGradient.row[r] = batch.users[r];
      userGradient.coefficient[r] = 1;
      userGradient.sourceRow[r] = r;
      itemGradient.row[r] = batch.posIds[r];
      itemGradient.sourceRow[r] = r;
      itemGradient.occurrences[r] = 1;
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
      itemGradient.sourceRow[first + j] = first + j;
    }
  }

  private void groupAndSettle(int owner) {
    userGroups.group(owner, userGradient);
    itemGroups.group(owner, itemGradient);
    users.settle(owner);
    for (RowUpdates table : items) {
      table.settle(owner);
    }
  }

  private double differentiate(int group, int worker, Batch batch, Pass pass) {
    int from = group * candidates.groupRows;
    int to = Math.min(batch.rows, from + candidates.groupRows);
    Scratch mine = scratch[worker];
    Table userTable = model.users().table();
    RowFetch.fetch(userTable.values(), userTable.width(), batch.users, from, to - from);
    model.users().forward(batch.users, from, to, q);
    mine.score(from, to, batch);
    mine.mask(from, to, batch);
    if (candidates.weighted) {
      Arrays.fill(candidates.weight, candidates.at(from), candidates.at(to), 1f / candidates.width);
      for (Refiner refiner : refiners) {
        refiner.refine(batch, candidates, from, to, pass, mine.rng);
      }
    }
    double sum = objective.differentiate(candidates, from, to);
    mine.backward(from, to, batch, firstEntry(group, batch));
    model.users().backward(batch.users, from, to, dq, dense.gradient(group), 0);
    return sum;
  }

  /** Where the candidates of a group begin in the items' gradient, and their sources in q. */
  private int firstEntry(int group, Batch batch) {
    return batch.rows + group * candidates.width;
  }

  /** The tables with their updaters, in a fixed order: users, items, bias, dense ones. */
  @Override
  public List<TableUpdates> updates() {
    List<TableUpdates> all = new ArrayList<>();
    all.add(new TableUpdates(users.table(), users.updater()));
    for (RowUpdates table : items) {
      all.add(new TableUpdates(table.table(), table.updater()));
    }
    all.addAll(dense.updates());
    return all;
  }

  @Override
  public void beginEpoch(long seed, int epoch) {
    proposal.refresh(model, seed, epoch, workers);
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
      Table table = model.items().vectors();
      int dim = table.width();
      int ids = c.idsAt(from);
      RowFetch.fetch(table.values(), dim, c.ids, ids, c.width);
      for (int j = 0; j < c.width; j++) {
        System.arraycopy(table.values(), table.at(c.ids[ids + j]), vectors, j * dim, dim);
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
      RowFetch.fetch(table.values(), dim, batch.posIds, from, to - from);
      for (int r = from; r < to; r++) {
        c.posScore[r] =
            Kernels.dot(q.data, q.at(r), table.values(), table.at(batch.posIds[r]), dim);
      }
      if (model.items().bias().isPresent()) {
        addBias(model.items().bias().get().values(), from, to, batch);
      }
    }

    private void addBias(float[] bias, int from, int to, Batch batch) {
      Candidates c = candidates;
      for (int j = 0; j < c.width; j++) {
        slopes[j] = bias[c.ids[c.idsAt(from) + j]];
      }
      for (int r = from; r < to; r++) {
        Kernels.axpy(1, slopes, 0, c.score, c.at(r), c.width);
        c.posScore[r] += bias[batch.posIds[r]];
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
    void backward(int from, int to, Batch batch, int firstEntry) {
      Candidates c = candidates;
      int rows = to - from;
      Table table = model.items().vectors();
      int dim = table.width();
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
          q.at(firstEntry),
          dim,
          false);
      Arrays.fill(slopes, 0);
      for (int r = from; r < to; r++) {
        Kernels.axpy(1, c.score, c.at(r), slopes, 0, c.width);
        int positive = table.at(batch.posIds[r]);
        Kernels.axpy(c.posScore[r], table.values(), positive, dq.data, dq.at(r), dim);
        itemGradient.coefficient[r] = c.posScore[r];
        biasGradient.coefficient[r] = c.posScore[r];
      }
      for (int j = 0; j < c.width; j++) {
        biasGradient.coefficient[firstEntry + j] = slopes[j];
        itemGradient.occurrences[firstEntry + j] = Math.max(0, slopes[j]) * batch.rows;
      }
    }
  }
}
