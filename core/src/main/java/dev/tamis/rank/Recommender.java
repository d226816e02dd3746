package dev.tamis.rank;

import dev.tamis.config.TamisException;
import dev.tamis.kernels.Workers;
import java.util.Arrays;
import java.util.Objects;

/**
 * Turns queries into ranked items: the one path that evaluation, command line and servers share.
 * The catalogue is always scored in full, and a list has exactly {@code min(k, eligible)} items:
 * higher score first, then the smaller item number. Results depend on model and query alone, never
 * on what else is in the batch, on blocks or on threads.
 *
 * <p>Not safe for use by several threads at once: it owns scratch space, which is kept as long as k
 * stays the same.
 */
public final class Recommender {
  private final Scorer scorer;
  private final Workers workers;
  private final int rowsPerBlock; // 0: chosen by k
  private final int tileItems; // 0: chosen by rows
  private final Ranker[] rankers; // [threads]
  private final QueryBlock[] blocks; // [threads]
  private int scratchK;

  /** Over a model, on the workers given, which stay the caller's. */
  public Recommender(Scorer scorer, Workers workers) {
    this(scorer, workers, 0, 0);
  }

  Recommender(Scorer scorer, Workers workers, int rowsPerBlock, int tileItems) {
    this.scorer = Objects.requireNonNull(scorer);
    this.workers = Objects.requireNonNull(workers);
    this.rowsPerBlock = rowsPerBlock;
    this.tileItems = tileItems;
    this.rankers = new Ranker[workers.threads()];
    this.blocks = new QueryBlock[workers.threads()];
  }

  /** How many items the model ranks. */
  public int items() {
    return scorer.itemCount();
  }

  /** Whether queries without a trained user are ranked. */
  public boolean ranksUnseenUsers() {
    return scorer.ranksUnseenUsers();
  }

  /** The best {@code out.k} items of every query; items of a query's history are left out. */
  public void recommend(QueryBlock queries, Ranked out) {
    recommend(queries, Exclusions.historyOf(queries), out);
  }

  /**
   * The best {@code out.k} items of every query that its exclusions leave.
   *
   * @throws TamisException of kind BAD_DATA if the model scores an eligible item NaN
   * @throws IllegalArgumentException if {@code out} has too little room, or the model refuses a
   *     query
   */
  public void recommend(QueryBlock queries, Exclusions exclusions, Ranked out) {
    if (out.counts.length < queries.rows) {
      throw new IllegalArgumentException(
          queries.rows + " queries, but room for the answers to " + out.counts.length);
    }
    int most = rowsPerBlock > 0 ? rowsPerBlock : Ranker.rowsFor(scorer.itemCount(), out.k);
    if (scratchK != out.k) {
      Arrays.fill(rankers, null);
      scratchK = out.k;
    }
    // A small batch is cut finer, so that every thread has a part of it.
    int share = (queries.rows + workers.threads() - 1) / workers.threads();
    int rows = Math.max(1, Math.min(most, share));
    int tasks = (queries.rows + rows - 1) / rows;
    workers.run(
        tasks,
        (task, worker) ->
            rankPart(
                queries,
                exclusions,
                out,
                task * rows,
                Math.min(queries.rows, (task + 1) * rows),
                worker));
    out.rows = queries.rows;
  }

  /**
   * The best items of one query: {@code min(k, eligible)} of them.
   *
   * @param k at least 1
   * @throws TamisException of kind USAGE if the query has no trained user and the model does not
   *     rank others
   * @throws IllegalArgumentException if k is less than 1, or an item is not one of the model's
   * @throws Workers.InterruptedRunException if the calling thread is interrupted
   */
  public Ranked recommend(Query query, int k) {
    if (query.user() < 0 && !scorer.ranksUnseenUsers()) {
      throw TamisException.usage(
          "this model ranks only users it was trained on, but the query has a history alone;"
              + " give a user, or use a method that encodes histories, such as mult-vae");
    }
    int[] excluded = query.excluded(scorer.itemCount());
    QueryBlock queries = new QueryBlock(1);
    queries.append(query.user(), query.history(), 0, query.history().length);
    Ranked out = new Ranked(1, Math.min(k, Math.max(1, scorer.itemCount())));
    recommend(queries, new Exclusions(new int[] {0, excluded.length}, excluded), out);
    return out;
  }

  private void rankPart(
      QueryBlock queries, Exclusions exclusions, Ranked out, int from, int to, int worker) {
    int rows = to - from;
    Ranker ranker = rankers[worker];
    if (ranker == null || ranker.maxRows() < rows) {
      ranker =
          tileItems > 0
              ? new Ranker(scorer, rows, out.k, tileItems)
              : new Ranker(scorer, rows, out.k);
      rankers[worker] = ranker;
      blocks[worker] = new QueryBlock(rows);
    }
    QueryBlock part = blocks[worker];
    part.clear();
    for (int row = from; row < to; row++) {
      part.append(
          queries.users[row],
          queries.history,
          queries.historyStart[row],
          queries.historyStart[row + 1]);
    }
    ranker.rank(part, exclusions, out, from);
  }
}
