package dev.tamis.train;

import dev.tamis.kernels.Workers;
import dev.tamis.math.Matrix;
import dev.tamis.math.Rng;
import dev.tamis.model.Batch;
import dev.tamis.model.Candidates;
import dev.tamis.model.Pass;
import dev.tamis.model.SparseGradient;
import dev.tamis.model.Table;
import dev.tamis.model.score.DotScore;
import dev.tamis.model.tower.UserRows;
import dev.tamis.objective.Objective;
import dev.tamis.optim.Optimizer;
import dev.tamis.optim.RowFetch;
import dev.tamis.sample.Proposal;
import dev.tamis.sample.Refiner;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;

/**
 * A training step of a pair model: each row has a user, a positive and candidates of its own, and
 * its gradients touch few rows of the tables.
 *
 * <p>Rows are cut into shards that draw, score and differentiate on any thread while the tables are
 * only read; then each owner updates its rows of the tables (see {@link RowUpdates}). Where the
 * optimizer defers the moves of idle rows, rows are settled in between, before they are read.
 */
public final class PairStep implements Step {
  private static final int RNG_SPACING = 4;

  /** The most rows at a time where candidates are a row's own. */
  private static final int BLOCK_ROWS = 16;

  /** The most numbers in the item vectors of some rows, so that they stay in a near cache. */
  private static final int BLOCK_CELLS = 1 << 14;

  private final UserRows tower;
  private final DotScore score;
  private final Proposal proposal;
  private final List<Refiner> refiners;
  private final boolean weightsFlow; // the gradient goes through the weights
  private final boolean selects; // candidates of weight 0 are left out
  private final Objective objective;
  private final float decay;
  private final Workers workers;
  private final int shards;
  private final int blockRows; // rows worked on at a time
  private final Matrix q; // [batch rows x width]
  private final Matrix dq; // [batch rows x width]
  private final Candidates candidates;
  private final SparseGradient userGradient;
  private final SparseGradient itemGradient;
  private final SparseGradient biasGradient;
  private final RowGroups userGroups;
  private final RowGroups itemGroups;
  private final RowUpdates users;
  private final List<RowUpdates> items; // vectors, then the bias if there is one
  private final Rng[] rng; // [threads x RNG_SPACING]: far enough apart not to share a cache line
  private final double[] loss; // [shards]

  /**
   * @param refiners what reweighs the candidates once they are scored, in this order
   * @param batchRows the largest batch
   * @param width candidates a row
   * @param decay L2 per occurrence: each time a row of a table stands in a batch it adds {@code
   *     decay * |row|^2} to the loss, averaged over the rows of the batch
   * @param shards into how many parts a batch is cut, whatever the threads
   */
  public PairStep(
      UserRows tower,
      DotScore score,
      Proposal proposal,
      List<Refiner> refiners,
      Objective objective,
      Optimizer optimizer,
      int batchRows,
      int width,
      double decay,
      Workers workers,
      int shards) {
    if (!objective.accepts().contains(proposal.layout())) {
      throw new IllegalArgumentException(
          "the objective does not accept the layout " + proposal.layout() + " of the proposal");
    }
    this.tower = tower;
    this.score = score;
    this.proposal = proposal;
    this.refiners = List.copyOf(refiners);
    this.weightsFlow = refiners.stream().anyMatch(Refiner::weightsFlow);
    this.selects = refiners.stream().anyMatch(Refiner::selects);
    this.objective = objective;
    this.decay = (float) (2 * decay);
    this.workers = workers;
    this.shards = shards;
    int rowCells = tower.width() * (width + 1);
    this.blockRows =
        proposal.layout() == Candidates.Layout.PER_ROW
            ? Math.max(1, Math.min(BLOCK_ROWS, BLOCK_CELLS / rowCells))
            : batchRows;
    this.q = new Matrix(batchRows, tower.width());
    this.dq = new Matrix(batchRows, tower.width());
    this.candidates = new Candidates(proposal.layout(), batchRows, width);
    this.userGradient = new SparseGradient(batchRows);
    userGradient.source = dq;
    this.itemGradient = new SparseGradient(batchRows * (width + 1));
    itemGradient.source = q;
    // A bias has the coefficients of its item and a one as source.
    this.biasGradient = new SparseGradient(0);
    biasGradient.row = itemGradient.row;
    biasGradient.coefficient = itemGradient.coefficient;
    biasGradient.sourceRow = new int[itemGradient.row.length];
    biasGradient.source = new Matrix(1, 1);
    biasGradient.source.data[0] = 1;
    this.userGroups = new RowGroups(tower.table().rows(), workers.threads());
    this.users = new RowUpdates(tower.table(), optimizer.attach(tower.table()), userGroups);
    this.itemGroups = new RowGroups(score.items().vectors().rows(), workers.threads());
    this.items = new ArrayList<>();
    for (Table table : score.items().tables()) {
      items.add(new RowUpdates(table, optimizer.attach(table), itemGroups));
    }
    this.rng = new Rng[workers.threads() * RNG_SPACING];
    Arrays.setAll(rng, i -> new Rng());
    this.loss = new double[shards];
  }

  @Override
  public double run(Batch batch, double rate, Pass pass) {
    candidates.begin(batch);
    candidates.weighted = !refiners.isEmpty();
    candidates.weightsFlow = weightsFlow;
    Arrays.fill(candidates.rowWeight, 0, batch.rows, 1f / batch.rows);
    itemGradient.count = DotScore.entriesBefore(candidates, batch.rows);
    biasGradient.count = itemGradient.count;
    tower.list(batch, userGradient);
    users.beginStep(rate);
    for (RowUpdates table : items) {
      table.beginStep(rate);
    }
    if (users.updater().defersIdleRows()) {
      settleThenDifferentiate(batch, pass);
    } else {
      workers.run(
          shards,
          (shard, worker) -> {
            loss[shard] = 0;
            forEachBlock(
                shard,
                batch,
                (from, to) -> {
                  draw(from, to, worker, batch, pass);
                  loss[shard] += differentiate(from, to, worker, batch, pass);
                });
          });
      workers.run(
          workers.threads(),
          (owner, worker) -> {
            userGroups.group(owner, userGradient);
            itemGroups.group(owner, itemGradient);
          });
    }
    float perEntry = decay / batch.rows;
    workers.run(
        workers.threads(),
        (owner, worker) -> {
          users.apply(owner, userGradient, perEntry);
          for (int t = 0; t < items.size(); t++) {
            items.get(t).apply(owner, gradient(t), perEntry);
          }
        });
    double total = 0;
    for (double part : loss) {
      total += part;
    }
    return total;
  }

  private void settleThenDifferentiate(Batch batch, Pass pass) {
    workers.run(
        workers.threads(),
        (owner, worker) -> {
          userGroups.group(owner, userGradient);
          users.settle(owner);
        });
    workers.run(
        shards,
        (shard, worker) ->
            forEachBlock(shard, batch, (from, to) -> draw(from, to, worker, batch, pass)));
    workers.run(
        workers.threads(),
        (owner, worker) -> {
          itemGroups.group(owner, itemGradient);
          for (RowUpdates table : items) {
            table.settle(owner);
          }
        });
    workers.run(
        shards,
        (shard, worker) -> {
          loss[shard] = 0;
          forEachBlock(
              shard,
              batch,
              (from, to) -> loss[shard] += differentiate(from, to, worker, batch, pass));
        });
    if (selects) {
      workers.run(workers.threads(), (owner, worker) -> itemGroups.group(owner, itemGradient));
    }
  }

  /** Calls {@code action} with the rows of a shard, some at a time. */
  private void forEachBlock(int shard, Batch batch, Block action) {
    int end = from(shard + 1, batch);
    for (int from = from(shard, batch); from < end; from += blockRows) {
      action.rows(from, Math.min(end, from + blockRows));
    }
  }

  /** What is done with rows {@code from..to} of a batch. */
  @FunctionalInterface
  private interface Block {
    void rows(int from, int to);
  }

  private void draw(int from, int to, int worker, Batch batch, Pass pass) {
    RowFetch.fetch(tower.table().values(), tower.width(), batch.users, from, to - from);
    tower.forward(batch, from, to, q);
    proposal.propose(batch, from, to, q, candidates, pass, rng[worker * RNG_SPACING]);
    DotScore.list(candidates, from, to, itemGradient);
  }

  private double differentiate(int from, int to, int worker, Batch batch, Pass pass) {
    Table vectors = score.items().vectors();
    int first = DotScore.entriesBefore(candidates, from);
    int entries = DotScore.entriesBefore(candidates, to) - first;
    RowFetch.fetch(vectors.values(), vectors.width(), itemGradient.row, first, entries);
    score.score(q, candidates, from, to);
    if (candidates.weighted) {
      Arrays.fill(candidates.weight, candidates.at(from), candidates.at(to), 1f / candidates.width);
      for (Refiner refiner : refiners) {
        refiner.refine(batch, candidates, from, to, pass, rng[worker * RNG_SPACING]);
      }
    }
    double sum = objective.differentiate(candidates, from, to);
    score.backward(candidates, from, to, dq, itemGradient);
    if (selects) {
      DotScore.leaveOut(candidates, from, to, itemGradient);
    }
    return sum;
  }

  /** The gradient of the item vectors, or of the bias. */
  private SparseGradient gradient(int itemTable) {
    return itemTable == 0 ? itemGradient : biasGradient;
  }

  private int from(int shard, Batch batch) {
    return (int) ((long) batch.rows * shard / shards);
  }

  /** The tables with their updaters, in a fixed order: users, items, bias. */
  @Override
  public List<TableUpdates> updates() {
    List<TableUpdates> all = new ArrayList<>();
    all.add(new TableUpdates(users.table(), users.updater()));
    for (RowUpdates table : items) {
      all.add(new TableUpdates(table.table(), table.updater()));
    }
    return all;
  }

  @Override
  public void beginEpoch(long seed, int epoch) {
    proposal.refresh(score.items(), seed, epoch, workers);
  }

  @Override
  public SortedMap<String, Object> state() {
    return proposal.state();
  }
}
