package dev.tamis.sample.proposal;

import dev.tamis.kernels.Kernels;
import dev.tamis.kernels.Workers;
import dev.tamis.math.CumulativeShares;
import dev.tamis.math.Matrix;
import dev.tamis.math.Rng;
import dev.tamis.math.Stream;
import dev.tamis.model.Batch;
import dev.tamis.model.Candidates;
import dev.tamis.model.PairModel;
import dev.tamis.model.Pass;
import dev.tamis.model.RowFetch;
import dev.tamis.model.Table;
import dev.tamis.model.score.Scoring;
import dev.tamis.sample.ItemDistribution;
import dev.tamis.sample.Proposal;
import dev.tamis.sample.ScoreSamples;
import dev.tamis.sample.UserPools;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Draws from a pool that each user has, uniformly and with replacement; before each epoch pools are
 * renewed by sampling importance resampling (AdaSIR: Chen, Lian, Jin, Zheng, Chen: Learning
 * Recommenders for Implicit Feedback with Importance Resampling, WWW 2022, sections 3.1 and 3.2):
 *
 * <pre>
 * K candidates from Q;  w_k = softmax_k(s_k - ln Q_k);  R draws from them by w
 * </pre>
 *
 * with scores s of the model as it stands. Before the first epoch the draws become the pool; later
 * each slot is one of the R old and R new ones, drawn uniformly with replacement. With many
 * candidates the pool follows the softmax of the scores, whatever Q is. Positives are drawn like
 * any other item, as in the authors' code.
 *
 * <p>Each item of a pool keeps a number of its draw, which becomes its {@code logQ} ({@link
 * Number}); the probability of a draw is not known. Cost of a renewal: K scores and K + 2R random
 * numbers a user; of a draw O(1). Memory: 8 R bytes a user.
 */
public final class UserPoolProposal implements Proposal {
  /** What {@code logQ} is; importance weights are the softmax of {@code s - logQ}. */
  public enum Number {
    /** {@code ln w}, as in the paper (equation 1). */
    LOG_WEIGHT,
    /** {@code -ln w}, as in the authors' code, which thereby prefers hard negatives. */
    NEGATED_LOG_WEIGHT,
    /**
     * The score at the renewal: the log-probability of pools with many candidates, up to a constant
     * of user and epoch.
     */
    SCORE
  }

  private static final int USERS_A_TASK = 64;

  /** The most numbers in the vectors of candidates that are scored together. */
  private static final int BLOCK_CELLS = 1 << 14;

  private final UserPools pools;
  private final ItemDistribution source;
  private final int users;
  private final int candidates;
  private final Number number;
  private final Optional<ScoreSamples> scores;

  /**
   * @param source Q
   * @param candidates K, how many are drawn for each user
   * @param pool R, slots of a user's pool
   * @param scores takes the scores of all candidates at each renewal, if given; it has room for
   *     {@code candidates} a user
   * @throws dev.tamis.config.TamisException of kind CONFIG if the pools are too large for an array
   */
  public UserPoolProposal(
      int users,
      ItemDistribution source,
      int candidates,
      int pool,
      Number number,
      Optional<ScoreSamples> scores) {
    this.users = users;
    this.source = source;
    this.candidates = candidates;
    this.pools = new UserPools(users, pool);
    this.number = number;
    this.scores = scores;
  }

  @Override
  public Candidates.Layout layout() {
    return Candidates.Layout.PER_ROW;
  }

  @Override
  public boolean drawsPositives() {
    return true;
  }

  @Override
  public boolean exactLogQ() {
    return false;
  }

  @Override
  public boolean needsUsers() {
    return true;
  }

  @Override
  public void refresh(PairModel model, long seed, int epoch, Workers workers) {
    Renewal[] renewals = new Renewal[workers.threads()];
    int tasks = (users + USERS_A_TASK - 1) / USERS_A_TASK;
    workers.run(
        tasks,
        (task, worker) -> {
          if (renewals[worker] == null) {
            renewals[worker] = new Renewal(model, seed, epoch);
          }
          int first = task * USERS_A_TASK;
          renewals[worker].run(first, Math.min(users, first + USERS_A_TASK));
        });
  }

  @Override
  public void propose(Batch batch, int from, int to, Matrix q, Candidates out, Pass pass, Rng rng) {
    pools.propose(batch, from, to, out, pass, rng);
  }

  /** Given the pool as it is. */
  @Override
  public double[] probabilities(int user, float[] query) {
    return pools.shares(user, source.items());
  }

  @Override
  public SortedMap<String, Object> state() {
    return new TreeMap<>(Map.of("pools", pools.slots()));
  }

  /** One thread's part of a renewal. */
  private final class Renewal {
    private final PairModel model;
    private final long seed;
    private final int epoch;
    private final Scoring scoring;
    private final int rows; // scored together
    private final Batch batch; // of users without positives
    private final Matrix q; // [rows x width]
    private final Candidates c; // [rows x candidates]
    private final CumulativeShares shares = new CumulativeShares(candidates);
    private final long[] both = new long[2 * pools.size()]; // old slots, new slots
    private final Rng rng = new Rng();

    Renewal(PairModel model, long seed, int epoch) {
      this.model = model;
      this.seed = seed;
      this.epoch = epoch;
      int width = model.users().width();
      long fitting = BLOCK_CELLS / ((long) candidates * width);
      this.rows = (int) Math.max(1, Math.min(USERS_A_TASK, fitting));
      this.scoring = model.score().newScoring(rows, candidates);
      this.batch = new Batch(rows, 0);
      this.q = new Matrix(rows, width);
      this.c = new Candidates(Candidates.Layout.PER_ROW, rows, candidates);
    }

    void run(int fromUser, int toUser) {
      for (int first = fromUser; first < toUser; first += rows) {
        batch.rows = Math.min(rows, toUser - first);
        score(first);
        for (int r = 0; r < batch.rows; r++) {
          renew(first + r, r);
        }
      }
    }

    private void score(int firstUser) {
      for (int r = 0; r < batch.rows; r++) {
        batch.users[r] = firstUser + r;
        rng.key(seed, Stream.POOLS, 2L * epoch, firstUser + r);
        source.draw(rng, c.ids, c.at(r), c.at(r + 1));
      }
      c.begin(batch);
      model.users().forward(batch.users, 0, batch.rows, q);
      Table vectors = model.items().vectors();
      RowFetch.fetch(vectors.values(), vectors.width(), c.ids, 0, c.at(batch.rows));
      scoring.score(q, c, 0, batch.rows);
    }

    private void renew(int user, int r) {
      scores.ifPresent(s -> s.put(user, c.score, c.at(r)));
      float mass = weigh(r);
      int size = pools.size();
      rng.key(seed, Stream.POOLS, 2L * epoch + 1, user);
      for (int s = 0; s < size; s++) {
        int e = c.at(r) + shares.draw(rng);
        both[size + s] = UserPools.slot(c.ids[e], number(e, mass));
      }
      int at = pools.at(user);
      if (epoch == 0) {
        System.arraycopy(both, size, pools.slots(), at, size);
      } else {
        System.arraycopy(pools.slots(), at, both, 0, size);
        for (int s = 0; s < size; s++) {
          pools.slots()[at + s] = both[rng.nextInt(2 * size)];
        }
      }
    }

    /** Sums up the weights of a row; returns the logarithm of what they were divided by. */
    private float weigh(int r) {
      int from = c.at(r);
      for (int e = from; e < from + candidates; e++) {
        c.weight[e] = corrected(e);
      }
      float mass = Kernels.softmax(c.weight, from, candidates);
      shares.sumUp(c.weight, from, candidates);
      return mass;
    }

    /** A constant drops out. */
    private float corrected(int e) {
      return source.isUniform() ? c.score[e] : c.score[e] - source.logProbability(c.ids[e]);
    }

    private float number(int e, float mass) {
      return switch (number) {
        case LOG_WEIGHT -> corrected(e) - mass;
        case NEGATED_LOG_WEIGHT -> mass - corrected(e);
        case SCORE -> c.score[e];
      };
    }
  }
}
