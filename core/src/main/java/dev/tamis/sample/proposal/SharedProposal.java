package dev.tamis.sample.proposal;

import dev.tamis.math.Matrix;
import dev.tamis.math.Rng;
import dev.tamis.math.Stream;
import dev.tamis.model.Batch;
import dev.tamis.model.Candidates;
import dev.tamis.model.Pass;
import dev.tamis.sample.ItemDistribution;
import dev.tamis.sample.Proposal;

/**
 * Draws candidates for a whole group of rows at once, by fixed weights, with replacement. It knows
 * no users, so a positive of some row may be among them; who trains with them takes it out of that
 * row, unless accidental hits are kept. Cost: one look into an alias table a candidate, whatever
 * the number of rows.
 */
public final class SharedProposal implements Proposal {
  private final double[] weights; // [items] not normalised
  private final boolean keepsAccidentalHits;
  private final ItemDistribution distribution;

  /**
   * @param weights [items] with which an item is drawn; an item of weight 0 never is
   * @param keepsAccidentalHits whether a positive of a row stands against it, where it is drawn
   */
  public SharedProposal(double[] weights, boolean keepsAccidentalHits) {
    this.weights = weights.clone();
    this.keepsAccidentalHits = keepsAccidentalHits;
    this.distribution = ItemDistribution.byWeights(weights);
  }

  @Override
  public Candidates.Layout layout() {
    return Candidates.Layout.SHARED;
  }

  @Override
  public boolean drawsPositives() {
    return true;
  }

  @Override
  public boolean keepsAccidentalHits() {
    return keepsAccidentalHits;
  }

  @Override
  public void propose(Batch batch, int from, int to, Matrix q, Candidates out, Pass pass, Rng rng) {
    for (int first = from; first < to; first += out.groupRows) {
      rng.key(pass.seed(), Stream.NEGATIVES, pass.step(), first);
      int at = out.idsAt(first);
      distribution.draw(rng, out.ids, at, at + out.width);
      for (int e = at; e < at + out.width; e++) {
        out.logQ[e] = distribution.logProbability(out.ids[e]);
      }
    }
    for (int p = out.posStart[from]; p < out.posStart[to]; p++) {
      out.posLogQ[p] = distribution.logProbability(out.posIds[p]);
    }
  }

  @Override
  public double[] probabilities(int user, float[] query) {
    double total = 0;
    for (double weight : weights) {
      total += weight;
    }
    double[] p = weights.clone();
    for (int i = 0; i < p.length; i++) {
      p[i] /= total;
    }
    return p;
  }
}
