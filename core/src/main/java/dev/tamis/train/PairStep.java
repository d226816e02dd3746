package dev.tamis.train;

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
import dev.tamis.model.score.Scoring;
import dev.tamis.objective.Objective;
import dev.tamis.optim.Optimizer;
import dev.tamis.sample.Learner;
import dev.tamis.sample.Proposal;
import dev.tamis.sample.Refiner;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
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

  private final PairModel model;
  private final Proposal proposal;
  private final Optional<Learner> learner;
  private final List<Refiner> refiners;
  private final boolean weightsFlow; // the gradient goes through the weights
  private final Objective objective;
  private final float decay;
  private final Reduction reduction;
  private final Workers workers;
  private final int shards;
  private final int blockRows; // rows worked on at a time
  private final Matrix q; // [batch rows x width]
  private final Matrix dq; // [batch rows x width]
  private final Candidates candidates; // all that were drawn
  private final Candidates chosen; // those that refiners leave a weight; maybe all
  private final SparseGradient userGradient;
  private final SparseGradient drawn; // lists the items of the candidates
  private final SparseGradient itemGradient; // of the chosen
  private final SparseGradient biasGradient;
  private final RowGroups userGroups;
  private final RowGroups itemGroups;
  private final RowUpdates users;
  private final List<RowUpdates> items; // vectors, then the bias if there is one
  private final DenseTables dense; // of tower, score and learner
  private final int scoreAt; // where the score's begin in a dense gradient
  private final int learnerAt;
  private final Scoring[] scorings; // [threads]
  private final Rng[] rng; // [threads x RNG_SPACING]: far enough apart not to share a cache line
  private final double[] loss; // [shards]
  private int stepsSinceRefresh;

  /**
   * @param refiners what reweighs the candidates once they are scored, in this order
   * @param batchRows the largest batch
   * @param width candidates a row
   * @param decay L2 per occurrence: each time a row of a table stands in a batch it adds {@code
   *     decay * |row|^2} to the loss of the row of the batch
   * @param reduction how the rows of a batch count
   * @param shards into how many parts a batch is cut, whatever the threads
   */
  public PairStep(
      PairModel model,
      Proposal proposal,
      List<Refiner> refiners,
      Objective objective,
      Optimizer optimizer,
      int batchRows,
      int width,
      double decay,
      Reduction reduction,
      Workers workers,
      int shards) {
    if (proposal.layout() != Candidates.Layout.PER_ROW
        || !objective.accepts().contains(Candidates.Layout.PER_ROW)) {
      throw new IllegalArgumentException("proposal and objective must have candidates of each row");
    }
    this.model = model;
    this.proposal = proposal;
    this.learner = proposal.learner();
    this.refiners = List.copyOf(refiners);
    this.weightsFlow = refiners.stream().anyMatch(Refiner::weightsFlow);
    this.objective = objective;
    this.decay = (float) (2 * decay);
    this.reduction = reduction;
    this.workers = workers;
    this.shards = shards;
    int queryWidth = model.users().width();
    this.blockRows = Math.max(1, Math.min(BLOCK_ROWS, BLOCK_CELLS / (queryWidth * (width + 1))));
    this.q = new Matrix(batchRows, queryWidth);
    this.dq = new Matrix(batchRows, queryWidth);
    int left = width;
    for (Refiner refiner : refiners) {
      left = Math.min(left, refiner.selected(left));
    }
    this.candidates = new Candidates(Candidates.Layout.PER_ROW, batchRows, width);
    this.chosen =
        left < width ? new Candidates(Candidates.Layout.PER_ROW, batchRows, left) : candidates;
    this.userGradient = new SparseGradient(batchRows);
    userGradient.source = dq;
    int entries = batchRows * (left + 1);
    this.itemGradient = new SparseGradient(entries);
    itemGradient.source =
        model.score().scalesQueries() ? q : new Matrix(entries, model.items().width());
    itemGradient.towardsSource = model.score().towardsQueries();
    this.drawn = left < width ? new SparseGradient(batchRows * (width + 1)) : itemGradient;
    // A bias has the coefficients of its item and a one as source.
    this.biasGradient = new SparseGradient(0);
    biasGradient.row = itemGradient.row;
    biasGradient.coefficient = itemGradient.coefficient;
    biasGradient.sourceRow = new int[entries];
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
    List<Table> whole = new ArrayList<>(model.users().parameters());
    this.scoreAt = numbers(whole);
    whole.addAll(model.score().parameters());
    this.learnerAt = numbers(whole);
    learner.ifPresent(l -> whole.addAll(l.parameters()));
    this.dense = new DenseTables(whole, optimizer, shards);
    this.scorings = new Scoring[workers.threads()];
    Arrays.setAll(scorings, i -> model.score().newScoring(blockRows, width));
    this.rng = new Rng[workers.threads() * RNG_SPACING];
    Arrays.setAll(rng, i -> new Rng());
    this.loss = new double[shards];
  }

  private static int numbers(List<Table> tables) {
    return tables.stream().mapToInt(table -> table.values().length).sum();
  }

  @Override
  public double run(Batch batch, double rate, Pass pass) {
    begin(candidates, batch);
    if (selects()) {
      begin(chosen, batch);
      chosen.weighted = true;
    }
    drawn.count = candidates.entriesBefore(batch.rows);
    itemGradient.count = chosen.entriesBefore(batch.rows);
    biasGradient.count = itemGradient.count;
    listUsers(batch);
    dense.beginStep(rate);
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
                  loss[shard] += differentiate(from, to, shard, worker, batch, pass);
                });
          });
      workers.run(
          workers.threads(),
          (owner, worker) -> {
            userGroups.group(owner, userGradient);
            itemGroups.group(owner, itemGradient);
          });
    }
    float perEntry = reduction.share(decay, batch.rows);
    workers.run(
        workers.threads(),
        (owner, worker) -> {
          users.apply(owner, userGradient, perEntry);
          for (int t = 0; t < items.size(); t++) {
            items.get(t).apply(owner, gradient(t), perEntry);
          }
        });
    dense.apply();
    proposal.endStep(batch, pass);
    refreshIfDue(pass);
    double total = 0;
    for (double part : loss) {
      total += part;
    }
    return total;
  }

  /**
   * Checkpoints are between epochs, and an epoch begins with a refresh; so a run that is resumed
   * refreshes after the same steps.
   */
  private void refreshIfDue(Pass pass) {
    if (++stepsSinceRefresh == proposal.refreshEverySteps()) {
      for (TableUpdates update : updates()) {
        update.updater().settleAll();
      }
      refresh(pass.seed(), pass.epoch());
    }
  }

  private void refresh(long seed, int epoch) {
    proposal.refresh(model, seed, epoch, workers);
    stepsSinceRefresh = 0;
  }

  private void begin(Candidates c, Batch batch) {
    c.begin(batch);
    c.weighted = !refiners.isEmpty();
    c.weightsFlow = weightsFlow;
    Arrays.fill(c.rowWeight, 0, batch.rows, reduction.share(1, batch.rows));
  }

  private void listUsers(Batch batch) {
    userGradient.count = batch.rows;
    for (int r = 0; r < batch.rows; r++) {
      userGradient.row[r] = batch.users[r];
      userGradient.coefficient[r] = 1;
      userGradient.sourceRow[r] = r;
    }
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
          itemGroups.group(owner, drawn);
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
              (from, to) -> loss[shard] += differentiate(from, to, shard, worker, batch, pass));
        });
    if (selects()) {
      workers.run(
          workers.threads(),
          (owner, worker) -> {
            userGroups.group(owner, userGradient);
            itemGroups.group(owner, itemGradient);
          });
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
    Table table = model.users().table();
    RowFetch.fetch(table.values(), table.width(), batch.users, from, to - from);
    model.users().forward(batch.users, from, to, q);
    proposal.propose(batch, from, to, q, candidates, pass, rng[worker * RNG_SPACING]);
    ItemEntries.list(candidates, from, to, model.score().scalesQueries(), drawn);
  }

  private double differentiate(int from, int to, int shard, int worker, Batch batch, Pass pass) {
    Table vectors = model.items().vectors();
    int first = candidates.entriesBefore(from);
    int entries = candidates.entriesBefore(to) - first;
    RowFetch.fetch(vectors.values(), vectors.width(), drawn.row, first, entries);
    Scoring scoring = scorings[worker];
    scoring.score(q, candidates, from, to);
    if (candidates.weighted) {
      Arrays.fill(candidates.weight, candidates.at(from), candidates.at(to), 1f / candidates.width);
      for (Refiner refiner : refiners) {
        refiner.refine(batch, candidates, from, to, pass, rng[worker * RNG_SPACING]);
      }
    }
    if (selects()) {
      ItemEntries.select(candidates, from, to, chosen);
      ItemEntries.list(chosen, from, to, model.score().scalesQueries(), itemGradient);
      scoring.score(q, chosen, from, to);
    }
    float[] gradient = dense.gradient(shard);
    double sum = 0;
    if (learner.isPresent()) {
      sum = learner.get().differentiate(batch, q, chosen, from, to, gradient, learnerAt);
    }
    sum += objective.differentiate(chosen, from, to);
    scoring.backward(q, chosen, from, to, dq, itemGradient, gradient, scoreAt);
    model.users().backward(batch.users, from, to, dq, gradient, 0);
    if (selects()) {
      ItemEntries.leaveOut(chosen, from, to, itemGradient);
      for (int r = from; r < to; r++) {
        userGradient.row[r] = chosen.rowWeight[r] == 0 ? -1 : userGradient.row[r];
      }
    }
    return sum;
  }

  private boolean selects() {
    return chosen != candidates;
  }

  /** The gradient of the item vectors, or of the bias. */
  private SparseGradient gradient(int itemTable) {
    return itemTable == 0 ? itemGradient : biasGradient;
  }

  private int from(int shard, Batch batch) {
    return (int) ((long) batch.rows * shard / shards);
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
    refresh(seed, epoch);
  }

  @Override
  public SortedMap<String, Object> state() {
    return proposal.state();
  }
}
