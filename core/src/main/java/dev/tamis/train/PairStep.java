package dev.tamis.train;

import dev.tamis.kernels.Workers;
import dev.tamis.math.ArrayLength;
import dev.tamis.math.Matrix;
import dev.tamis.math.Rng;
import dev.tamis.model.Batch;
import dev.tamis.model.Candidates;
import dev.tamis.model.Pass;
import dev.tamis.model.RowFetch;
import dev.tamis.model.SparseGradient;
import dev.tamis.model.Table;
import dev.tamis.model.score.ScoreFunction;
import dev.tamis.model.score.Scoring;
import dev.tamis.objective.Objective;
import dev.tamis.sample.Learner;
import dev.tamis.sample.Proposal;
import dev.tamis.sample.Refiner;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * A training step in which each row has positives and candidates of its own, so that its gradients
 * touch few rows of the tables: a user and a positive for a pair model, a whole history for an
 * encoder.
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

  private final QuerySide queries;
  private final ItemSide items;
  private final ScoreFunction score;
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
  private final Candidates candidates; // all that were drawn
  private final Candidates chosen; // those that refiners leave a weight; maybe all
  private final SparseGradient drawn; // lists the items of the candidates
  private final SparseGradient itemGradient; // of the chosen
  private final SparseGradient biasGradient;
  private final DenseTables dense; // of score and learner
  private final int learnerAt;
  private final Scoring[] scorings; // [threads]
  private final Rng[] rng; // [threads x RNG_SPACING]: far enough apart not to share a cache line
  private final double[] loss; // [shards]
  private int stepsSinceRefresh;

  /**
   * An item that refiners leave out is idle in a table, but for a tower it is one with a gradient
   * of zero.
   */
  PairStep(
      QuerySide queries, ItemSide items, ScoreFunction score, StepParts parts, Workers workers) {
    this.queries = queries;
    this.items = items;
    this.score = score;
    this.proposal = parts.proposal();
    this.learner = proposal.learner();
    this.refiners = parts.refiners();
    this.weightsFlow = parts.weightsFlow();
    this.objective = parts.objective();
    this.decay = (float) (2 * parts.decay());
    this.reduction = parts.reduction();
    this.workers = workers;
    this.shards = parts.shards();
    int batchRows = parts.batchRows();
    int width = parts.width();
    int queryWidth = queries.width();
    this.blockRows = Math.max(1, Math.min(BLOCK_ROWS, BLOCK_CELLS / (queryWidth * (width + 1))));
    this.q = new Matrix(batchRows, queryWidth);
    int left = width;
    for (Refiner refiner : refiners) {
      left = Math.min(left, refiner.selected(left));
    }
    this.candidates = new Candidates(Candidates.Layout.PER_ROW, batchRows, width);
    this.chosen =
        left < width ? new Candidates(Candidates.Layout.PER_ROW, batchRows, left) : candidates;
    int entries = entries(batchRows, left);
    this.itemGradient = new SparseGradient(entries);
    itemGradient.source = score.scalesQueries() ? q : new Matrix(entries, score.items().width());
    itemGradient.towardsSource = score.towardsQueries();
    this.drawn = left < width ? new SparseGradient(entries(batchRows, width)) : itemGradient;
    this.biasGradient = new SparseGradient(0);
    biasGradient.source = new Matrix(1, 1);
    biasGradient.source.data[0] = 1;
    List<Table> whole = new ArrayList<>(score.parameters());
    this.learnerAt = numbers(whole);
    learner.ifPresent(l -> whole.addAll(l.parameters()));
    this.dense = new DenseTables(whole, parts.optimizer(), shards);
    this.scorings = new Scoring[workers.threads()];
    Arrays.setAll(scorings, i -> score.newScoring(blockRows, width));
    this.rng = new Rng[workers.threads() * RNG_SPACING];
    Arrays.setAll(rng, i -> new Rng());
    this.loss = new double[shards];
  }

  private static int numbers(List<Table> tables) {
    long numbers = 0;
    for (Table table : tables) {
      numbers += table.values().length;
    }
    return ArrayLength.of("numbers of all layers", numbers, "make hidden layers narrower");
  }

  /** A row has a positive and its candidates. */
  private static int entries(int rows, int width) {
    return ArrayLength.of(
        "positives and candidates of a batch",
        rows,
        width + 1L,
        "make batch-size or the negatives of a row smaller");
  }

  @Override
  public double run(Batch batch, double rate, Pass pass) {
    begin(candidates, batch);
    if (selects()) {
      begin(chosen, batch);
      chosen.weighted = true;
    }
    drawn.reserve(candidates.entriesBefore(batch.rows));
    drawn.count = candidates.entriesBefore(batch.rows);
    itemGradient.reserve(chosen.entriesBefore(batch.rows));
    itemGradient.count = chosen.entriesBefore(batch.rows);
    shareEntries();
    dense.beginStep(rate);
    queries.begin(batch, rate);
    if (queries.needsSettling()) {
      workers.run(workers.threads(), (owner, worker) -> queries.settle(owner));
    }
    double total = queries.encode(batch, pass);
    if (items.needsSettling()) {
      settleThenDifferentiate(batch, rate, pass);
    } else {
      items.begin(drawn, rate);
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
    }
    queries.finish();
    boolean grouped = items.needsSettling() && !selects();
    float perEntry = reduction.share(decay, batch.rows);
    workers.run(
        workers.threads(),
        (owner, worker) -> {
          queries.apply(owner, perEntry);
          if (!grouped) {
            items.group(owner, itemGradient);
          }
          items.apply(owner, itemGradient, biasGradient, perEntry);
        });
    queries.applyDense();
    items.finish();
    dense.apply();
    proposal.endStep(batch, pass);
    refreshIfDue(pass);
    for (double part : loss) {
      total += part;
    }
    return total;
  }

  /** A bias has the coefficients of its item and a one as source. */
  private void shareEntries() {
    biasGradient.row = itemGradient.row;
    biasGradient.coefficient = itemGradient.coefficient;
    biasGradient.count = itemGradient.count;
    if (biasGradient.sourceRow.length < itemGradient.count) {
      biasGradient.sourceRow = new int[itemGradient.row.length];
    }
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
    items.settleAll();
    queries.refresh(proposal, score.items(), seed, epoch, workers);
    stepsSinceRefresh = 0;
  }

  private void begin(Candidates c, Batch batch) {
    c.begin(batch);
    c.weighted = !refiners.isEmpty();
    c.weightsFlow = weightsFlow;
    Arrays.fill(c.rowWeight, 0, batch.rows, reduction.share(1, batch.rows));
  }

  private void settleThenDifferentiate(Batch batch, double rate, Pass pass) {
    workers.run(
        shards,
        (shard, worker) ->
            forEachBlock(shard, batch, (from, to) -> draw(from, to, worker, batch, pass)));
    items.begin(drawn, rate);
    workers.run(workers.threads(), (owner, worker) -> items.settle(owner, drawn));
    items.encode();
    workers.run(
        shards,
        (shard, worker) -> {
          loss[shard] = 0;
          forEachBlock(
              shard,
              batch,
              (from, to) -> loss[shard] += differentiate(from, to, shard, worker, batch, pass));
        });
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
    queries.forward(batch, from, to, q);
    proposal.propose(batch, from, to, q, candidates, pass, rng[worker * RNG_SPACING]);
    ItemEntries.list(candidates, from, to, score.scalesQueries(), drawn);
  }

  private double differentiate(int from, int to, int shard, int worker, Batch batch, Pass pass) {
    Table vectors = score.items().vectors();
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
      ItemEntries.list(chosen, from, to, score.scalesQueries(), itemGradient);
      scoring.score(q, chosen, from, to);
    }
    float[] gradient = dense.gradient(shard);
    double sum = 0;
    if (learner.isPresent()) {
      sum = learner.get().differentiate(batch, q, chosen, from, to, gradient, learnerAt);
    }
    sum += objective.differentiate(chosen, from, to);
    scoring.backward(q, chosen, from, to, queries.gradient(), itemGradient, gradient, 0);
    queries.backward(batch, from, to, shard);
    if (selects()) {
      ItemEntries.leaveOut(chosen, from, to, itemGradient);
      for (int r = from; r < to; r++) {
        if (chosen.rowWeight[r] == 0) {
          queries.leaveOut(r);
        }
      }
    }
    return sum;
  }

  private boolean selects() {
    return chosen != candidates;
  }

  private int from(int shard, Batch batch) {
    return (int) ((long) batch.rows * shard / shards);
  }

  /** The tables with their updaters, in a fixed order: queries, items, bias, dense ones. */
  @Override
  public List<TableUpdates> updates() {
    List<TableUpdates> all = new ArrayList<>(queries.updates());
    all.addAll(items.updates());
    all.addAll(dense.updates());
    return all;
  }

  @Override
  public void beginEpoch(long seed, int epoch) {
    refresh(seed, epoch);
  }

  @Override
  public void measured(long steps, boolean best) {
    queries.measured(steps, best);
  }

  @Override
  public SortedMap<String, Object> state() {
    return queries.stateWith(proposal);
  }
}
