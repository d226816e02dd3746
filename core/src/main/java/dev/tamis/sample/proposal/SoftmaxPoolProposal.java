package dev.tamis.sample.proposal;

import dev.tamis.data.Interactions;
import dev.tamis.kernels.Kernels;
import dev.tamis.kernels.Workers;
import dev.tamis.math.Matrix;
import dev.tamis.math.Rng;
import dev.tamis.math.Stream;
import dev.tamis.model.Batch;
import dev.tamis.model.Candidates;
import dev.tamis.model.PairModel;
import dev.tamis.model.Pass;
import dev.tamis.model.score.CatalogueScores;
import dev.tamis.sample.PositiveSets;
import dev.tamis.sample.Proposal;
import dev.tamis.sample.UserPools;

/**
 * Draws from a pool that each user has, uniformly and with replacement; before each epoch the pool
 * is drawn anew, with replacement, from the softmax of the user's scores over all items (PRIS,
 * section 5.6, sampler Exact):
 *
 * <pre>
 * Q(j | u) = exp(s_j) / sum of exp(s_k)     j and k neither positives of u nor among its best items
 * </pre>
 *
 * The best items of a user, of all items, are left out as in the authors' code: what scores so high
 * without being a positive may become one. Where nothing else is left they stay in. In the first
 * epoch draws are uniform over the items that are no positives.
 *
 * <p>{@code logQ} is the score when the pool was drawn. Deviation: the authors draw each negative
 * from the softmax itself, here those of an epoch come from a pool that was. Cost of a pool: a
 * score and an exponential for each item; of a draw O(1). Memory: 8 bytes a slot, and for each
 * thread {@value #USERS_TOGETHER} + 1 numbers an item.
 */
public final class SoftmaxPoolProposal implements Proposal {
  private static final int USERS_TOGETHER = 24;
  private static final int STRIP = 64; // items that are held against the best at a time

  private final Interactions train;
  private final UniformProposal uniform;
  private final UserPools pools;
  private final int leaveOut;
  private boolean drawn; // whether there are pools

  /**
   * @param leaveOut how many of a user's best items are never drawn, at least 0
   * @param pool slots of a user's pool
   * @throws dev.tamis.config.TamisException of kind CONFIG if the pools, or the scores of some
   *     users, are too many for an array
   */
  public SoftmaxPoolProposal(Interactions train, PositiveSets positives, int leaveOut, int pool) {
    CatalogueScores.size(USERS_TOGETHER, train.itemCount()); // before the first refresh
    this.train = train;
    this.uniform = new UniformProposal(positives);
    this.pools = new UserPools(train.userCount(), pool);
    this.leaveOut = Math.min(leaveOut, train.itemCount());
  }

  /** What a refresh takes on so many threads, in bytes. */
  public static long refreshBytes(int items, int threads) {
    return 4L * threads * items * (USERS_TOGETHER + 1);
  }

  @Override
  public Candidates.Layout layout() {
    return Candidates.Layout.PER_ROW;
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
    drawn = epoch > 0;
    if (!drawn) {
      return;
    }
    Drawing[] drawings = new Drawing[workers.threads()];
    int users = train.userCount();
    workers.run(
        (users + USERS_TOGETHER - 1) / USERS_TOGETHER,
        (task, worker) -> {
          if (drawings[worker] == null) {
            drawings[worker] = new Drawing(model);
          }
          int first = task * USERS_TOGETHER;
          drawings[worker].run(first, Math.min(USERS_TOGETHER, users - first), seed, epoch);
        });
  }

  @Override
  public void propose(Batch batch, int from, int to, Matrix q, Candidates out, Pass pass, Rng rng) {
    if (drawn) {
      pools.propose(batch, from, to, out, pass, rng);
    } else {
      uniform.propose(batch, from, to, q, out, pass, rng);
    }
  }

  /** Given the pool as it is. */
  @Override
  public double[] probabilities(int user, float[] query) {
    return drawn ? pools.shares(user, train.itemCount()) : uniform.probabilities(user, query);
  }

  /** One thread's part of a refresh. */
  private final class Drawing {
    private final int items = train.itemCount();
    private final CatalogueScores catalogue;
    private final float[] scores =
        new float[CatalogueScores.size(USERS_TOGETHER, items)]; // [users x items]
    private final SoftmaxDraws draws = new SoftmaxDraws(train);
    private final int[] best = new int[leaveOut]; // items, the best first
    private final float[] bestScores = new float[leaveOut];
    private final int[] positions = new int[STRIP];
    private final Rng rng = new Rng();

    Drawing(PairModel model) {
      this.catalogue = new CatalogueScores(model, USERS_TOGETHER);
    }

    void run(int firstUser, int count, long seed, int epoch) {
      catalogue.score(firstUser, count, scores);
      for (int r = 0; r < count; r++) {
        int user = firstUser + r;
        weigh(user, r * items);
        rng.key(seed, Stream.POOLS, epoch, user);
        for (int s = pools.at(user); s < pools.at(user + 1); s++) {
          int item = draws.draw(rng);
          pools.slots()[s] = UserPools.slot(item, scores[r * items + item]);
        }
      }
    }

    /**
     * Sums up the softmax of a user's scores, which begin at {@code at}, over what may be drawn.
     */
    private void weigh(int user, int at) {
      draws.take(user, scores, at);
      float[] taken = draws.scores();
      int found = findBest(at);
      int free = items - train.degree(user);
      for (int i = 0; i < found; i++) {
        free -= taken[best[i]] == Float.NEGATIVE_INFINITY ? 0 : 1;
      }
      for (int i = 0; i < found && free > 0; i++) {
        draws.leaveOut(best[i]);
      }
      draws.weigh();
    }

    /** Finds the best items of all, of equal ones those of small number; returns how many. */
    private int findBest(int at) {
      int found = 0;
      float least = Float.NEGATIVE_INFINITY;
      for (int from = 0; from < items && leaveOut > 0; from += STRIP) {
        int n = Math.min(STRIP, items - from);
        int above = Kernels.selectAbove(scores, at + from, n, least, positions, 0);
        for (int j = 0; j < above; j++) {
          float score = scores[at + from + positions[j]];
          if (found < leaveOut || score > bestScores[found - 1]) {
            int place = found < leaveOut ? found++ : found - 1;
            for (; place > 0 && bestScores[place - 1] < score; place--) {
              best[place] = best[place - 1];
              bestScores[place] = bestScores[place - 1];
            }
            best[place] = from + positions[j];
            bestScores[place] = score;
          }
        }
        least = found < leaveOut ? least : bestScores[found - 1];
      }
      return found;
    }
  }
}
