package dev.tamis.sample;

import dev.tamis.kernels.Workers;
import dev.tamis.math.Matrix;
import dev.tamis.math.Rng;
import dev.tamis.model.Batch;
import dev.tamis.model.Candidates;
import dev.tamis.model.ItemTable;
import dev.tamis.model.PairModel;
import dev.tamis.model.Pass;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;

/**
 * Draws candidates, with their log-probabilities where it knows them. It never sees the scores of
 * the block it fills. Safe for several threads that fill different rows.
 */
public interface Proposal {
  /** The layout of the candidates it draws. */
  Candidates.Layout layout();

  /** Whether a positive of the user may be drawn; if not, it is drawn again or has no mass. */
  default boolean drawsPositives() {
    return false;
  }

  /**
   * How many candidates a batch of so many rows has together, all of its rows the same: that many
   * then are asked for, in one group. 0 where groups of rows have their own, as many as somebody
   * else decides.
   */
  default int ofBatch(int rows) {
    return 0;
  }

  /**
   * Whether a candidate that rows share stands against a row though it is a positive of the row's
   * user; if not, it is taken out of that row.
   */
  default boolean keepsAccidentalHits() {
    return false;
  }

  /**
   * Whether {@code logQ} and {@code posLogQ} are, but for a constant a row, the log-probabilities
   * with which items are drawn: what a sampled softmax needs. Where they are not, {@code logQ} is
   * what importance weights need, and {@code posLogQ} is NaN.
   */
  default boolean exactLogQ() {
    return true;
  }

  /**
   * Whether it draws by inner products of queries and item vectors, so that it cannot be used with
   * scores other than inner products.
   */
  default boolean needsInnerProducts() {
    return false;
  }

  /**
   * Fills {@code ids}, {@code logQ} and {@code posLogQ} of rows {@code from..to}. What a row gets
   * is a function of seed, step, row, and what the row is; not of the range asked for.
   *
   * @param q [rows x width] the query vectors of the batch; rows {@code from..to} are valid
   * @param rng scratch of this thread
   */
  void propose(Batch batch, int from, int to, Matrix q, Candidates out, Pass pass, Rng rng);

  /**
   * After how many steps it wants to be refreshed within an epoch too; 0 for before each epoch
   * only. Looked at where each row has candidates of its own.
   */
  default int refreshEverySteps() {
    return 0;
  }

  /**
   * Takes up the items as they stand; called on one thread, before each epoch and as often as
   * {@link #refreshEverySteps} says. What a proposal needs of users too, it takes from {@link
   * #refresh(PairModel, long, int, Workers)} instead.
   *
   * @param items settled: all rows of its tables may be read
   * @param epoch the epoch, from 0
   */
  default void refresh(ItemTable items, long seed, int epoch, Workers workers) {}

  /**
   * The same for a model of users and items; the users are looked at only by a proposal that {@link
   * #needsUsers needs} them.
   */
  default void refresh(PairModel model, long seed, int epoch, Workers workers) {
    refresh(model.items(), seed, epoch, workers);
  }

  /**
   * Whether it keeps something for each user by the pair model that is trained, so that it has no
   * use where queries are encoded from histories.
   */
  default boolean needsUsers() {
    return false;
  }

  /** What it learns beside the model, if anything. */
  default Optional<Learner> learner() {
    return Optional.empty();
  }

  /** Called after each step, on one thread. */
  default void endStep(Batch batch, Pass pass) {}

  /** What must be kept beside the model to go on after an interruption: live arrays by name. */
  default SortedMap<String, Object> state() {
    return Collections.emptySortedMap();
  }

  /**
   * The probability with which a draw for a user is an item, positives already excluded where the
   * proposal rejects them. For tests and diagnostics: O(items).
   *
   * @param query [width] the user's query vector
   */
  double[] probabilities(int user, float[] query);

  /**
   * How many items are drawn for a user, on average, until one is kept: 1 for a proposal that never
   * draws again. With an acceptance of {@code 1 - P} a trial it is {@code 1 / (1 - P)} (PRIS,
   * corollaries 4.2 and 4.3). For tests and diagnostics.
   *
   * @param query [width] the user's query vector
   */
  default double trials(int user, float[] query) {
    return 1;
  }
}
