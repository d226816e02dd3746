package dev.tamis.sample.proposal;

import dev.tamis.config.TamisException;
import dev.tamis.data.Interactions;
import dev.tamis.math.Matrix;
import dev.tamis.math.Rng;
import dev.tamis.math.Stream;
import dev.tamis.model.Batch;
import dev.tamis.model.Candidates;
import dev.tamis.model.Pass;
import dev.tamis.sample.ItemDistribution;
import dev.tamis.sample.Popularity;
import dev.tamis.sample.PositiveSets;
import dev.tamis.sample.Proposal;

/**
 * Draws items by their popularity in training, with replacement, and draws again where the item is
 * a positive that the user is not to be given (PRIS, section 4.2, sampler P). An item never seen in
 * training is never drawn. Cost of a draw: one look into an alias table a trial.
 *
 * <p>{@code logQ} is the log-probability before rejection, which differs from the one after it by a
 * constant a user.
 */
public final class PopularityProposal implements Proposal {
  private final PositiveSets positives;
  private final double[] weights; // [items] not normalised
  private final ItemDistribution distribution;

  /**
   * @param train what is popular
   * @param positives what is not drawn
   * @throws TamisException of kind BAD_DATA if some user has every item that can be drawn
   */
  public PopularityProposal(Interactions train, PositiveSets positives, Popularity popularity) {
    this.positives = positives;
    this.weights = popularity.weights(train.itemCounts());
    this.distribution = ItemDistribution.byWeights(weights);
    int drawable = 0;
    for (double weight : weights) {
      drawable += weight > 0 ? 1 : 0;
    }
    for (int u = 0; u < train.userCount(); u++) {
      if (positives.pairs().degree(u) == drawable) {
        throw TamisException.badData(
            "user '"
                + train.users().id(u)
                + "' has all "
                + drawable
                + " items that were ever seen, so no negative can be drawn by popularity; use"
                + " sampler uniform or remove the user");
      }
    }
  }

  @Override
  public Candidates.Layout layout() {
    return Candidates.Layout.PER_ROW;
  }

  @Override
  public boolean drawsPositives() {
    return positives.isEmpty();
  }

  @Override
  public void propose(Batch batch, int from, int to, Matrix q, Candidates out, Pass pass, Rng rng) {
    positives.fetch(batch.users, from, to);
    for (int r = from; r < to; r++) {
      rng.key(pass.seed(), Stream.NEGATIVES, pass.step(), r);
      int user = batch.users[r];
      for (int e = out.at(r); e < out.at(r + 1); e++) {
        int item = distribution.draw(rng);
        while (positives.contains(user, item)) {
          item = distribution.draw(rng);
        }
        out.ids[e] = item;
        out.logQ[e] = distribution.logProbability(item);
      }
    }
    for (int p = out.posStart[from]; p < out.posStart[to]; p++) {
      out.posLogQ[p] = distribution.logProbability(out.posIds[p]);
    }
  }

  @Override
  public double[] probabilities(int user, float[] query) {
    double[] p = weights.clone();
    double total = 0;
    for (int i = 0; i < p.length; i++) {
      if (positives.contains(user, i)) {
        p[i] = 0;
      }
      total += p[i];
    }
    for (int i = 0; i < p.length; i++) {
      p[i] /= total;
    }
    return p;
  }

  @Override
  public double trials(int user, float[] query) {
    double total = 0;
    double free = 0;
    for (int i = 0; i < weights.length; i++) {
      total += weights[i];
      free += positives.contains(user, i) ? 0 : weights[i];
    }
    return total / free;
  }
}
