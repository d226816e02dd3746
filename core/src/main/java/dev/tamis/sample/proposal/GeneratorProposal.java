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
import java.util.Arrays;

/**
 * Draws what another model would show a user: negatives for a discriminator (IRGAN: Wang et al.,
 * SIGIR 2017, section 3.2, in its code). Every so many epochs of a round each user is dealt as many
 * items as it has positives, with replacement, from the softmax of that model's scores s over all
 * items, positives too:
 *
 * <pre>
 * Q(j | u) = exp(s_j / temperature) / sum of exp(s_k / temperature)
 * </pre>
 *
 * and candidates are drawn from those uniformly, with replacement. (The code deals them out, one to
 * each positive.) The other model must stand still during the epochs of a round that this proposal
 * is used in; then what was dealt need not be kept to go on after an interruption.
 *
 * <p>Probabilities of draws are not known, and {@code logQ} is 0. Cost of a deal: for each user a
 * score and an exponential for each item; of a draw O(1). Memory: 4 bytes a positive and a user,
 * and for each thread {@value #USERS_TOGETHER} + 1 numbers an item during a deal.
 */
public final class GeneratorProposal implements Proposal {
  private static final int USERS_TOGETHER = 24;

  private final Interactions train;
  private final Interactions refused; // to nobody
  private final PairModel generator;
  private final double temperature;
  private final int everyEpochs;
  private final int roundEpochs;
  private final int[] dealt; // [positives] of each user as many as it has
  private int dealtEpoch = -1; // in which that was done

  /**
   * @param temperature above 0; the lower, the more it draws the best
   * @param everyEpochs how many epochs are drawn from one deal
   * @param roundEpochs after how many epochs, all told, a round ends and the next begins
   * @throws dev.tamis.config.TamisException of kind CONFIG if one array cannot hold the scores of
   *     some users
   */
  public GeneratorProposal(
      Interactions train,
      PairModel generator,
      double temperature,
      int everyEpochs,
      int roundEpochs) {
    CatalogueScores.size(USERS_TOGETHER, train.itemCount()); // before the first deal
    this.train = train;
    this.refused = PositiveSets.none(train).pairs();
    this.generator = generator;
    this.temperature = temperature;
    this.everyEpochs = everyEpochs;
    this.roundEpochs = roundEpochs;
    this.dealt = new int[train.size()];
  }

  /** What it holds for so many threads, in bytes. */
  public static long bytes(Interactions train, int threads) {
    return 4L * (train.size() + train.userCount())
        + 4L * threads * train.itemCount() * (USERS_TOGETHER + 1);
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

  /** Deals if it is time to; the model given is not the one that is drawn by. */
  @Override
  public void refresh(PairModel model, long seed, int epoch, Workers workers) {
    int dealEpoch = epoch - epoch % roundEpochs % everyEpochs;
    if (dealEpoch == dealtEpoch) {
      return;
    }
    dealtEpoch = dealEpoch;
    Dealing[] dealings = new Dealing[workers.threads()];
    int users = train.userCount();
    workers.run(
        (users + USERS_TOGETHER - 1) / USERS_TOGETHER,
        (task, worker) -> {
          if (dealings[worker] == null) {
            dealings[worker] = new Dealing();
          }
          int first = task * USERS_TOGETHER;
          dealings[worker].run(first, Math.min(USERS_TOGETHER, users - first), seed);
        });
  }

  @Override
  public void propose(Batch batch, int from, int to, Matrix q, Candidates out, Pass pass, Rng rng) {
    for (int r = from; r < to; r++) {
      rng.key(pass.seed(), Stream.NEGATIVES, pass.step(), r);
      int user = batch.users[r];
      int first = train.rowStart()[user];
      for (int e = out.at(r); e < out.at(r + 1); e++) {
        out.ids[e] = dealt[first + rng.nextInt(train.degree(user))];
      }
    }
    Arrays.fill(out.logQ, out.at(from), out.at(to), 0);
    Arrays.fill(out.posLogQ, out.posStart[from], out.posStart[to], Float.NaN);
  }

  /** Given what was dealt. */
  @Override
  public double[] probabilities(int user, float[] query) {
    double[] p = new double[train.itemCount()];
    for (int e = train.rowStart()[user]; e < train.rowStart()[user + 1]; e++) {
      p[dealt[e]] += 1.0 / train.degree(user);
    }
    return p;
  }

  /** One thread's part of a deal. */
  private final class Dealing {
    private final int items = train.itemCount();
    private final CatalogueScores catalogue = new CatalogueScores(generator, USERS_TOGETHER);
    private final float[] scores =
        new float[CatalogueScores.size(USERS_TOGETHER, items)]; // [users x items]
    private final SoftmaxDraws draws = new SoftmaxDraws(refused);
    private final Rng rng = new Rng();

    void run(int firstUser, int count, long seed) {
      catalogue.score(firstUser, count, scores);
      Kernels.scale((float) (1 / temperature), scores, 0, count * items);
      for (int r = 0; r < count; r++) {
        int user = firstUser + r;
        draws.take(user, scores, r * items);
        draws.weigh();
        rng.key(seed, Stream.POOLS, dealtEpoch, user);
        for (int e = train.rowStart()[user]; e < train.rowStart()[user + 1]; e++) {
          dealt[e] = draws.draw(rng);
        }
      }
    }
  }
}
