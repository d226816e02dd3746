package dev.tamis.sample.proposal;

import dev.tamis.data.Interactions;
import dev.tamis.math.Matrix;
import dev.tamis.math.Rng;
import dev.tamis.math.Stream;
import dev.tamis.model.Batch;
import dev.tamis.model.Candidates;
import dev.tamis.model.Pass;
import dev.tamis.sample.PositiveSets;
import dev.tamis.sample.Proposal;
import java.util.Arrays;

/**
 * Draws items uniformly, with replacement, and draws again where the item is one of the {@code n_u}
 * positives that the user is not to be given: {@code Q(j | u) = 1 / (N - n_u)} outside of them
 * (PRIS, section 4.2, sampler U). Cost of a draw: {@code N / (N - n_u)} trials expected.
 */
public final class UniformProposal implements Proposal {
  private final PositiveSets positives;
  private final float logQ;

  /**
   * @param positives what is not drawn
   */
  public UniformProposal(PositiveSets positives) {
    this.positives = positives;
    this.logQ = (float) -StrictMath.log(positives.pairs().itemCount());
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
        out.ids[e] = positives.drawOther(user, rng);
      }
    }
    // One constant for all: it drops out of every use of logQ, and keeps comparisons of samplers
    // honest.
    Arrays.fill(out.logQ, out.at(from), out.at(to), logQ);
    Arrays.fill(out.posLogQ, out.posStart[from], out.posStart[to], logQ);
  }

  @Override
  public double[] probabilities(int user, float[] query) {
    Interactions refused = positives.pairs();
    double[] p = new double[refused.itemCount()];
    int free = refused.itemCount() - refused.degree(user);
    for (int i = 0; i < p.length; i++) {
      p[i] = refused.contains(user, i) ? 0 : 1.0 / free;
    }
    return p;
  }

  @Override
  public double trials(int user, float[] query) {
    Interactions refused = positives.pairs();
    int items = refused.itemCount();
    return (double) items / (items - refused.degree(user));
  }
}
