package dev.tamis.sample.proposal;

import dev.tamis.data.Interactions;
import dev.tamis.kernels.Kernels;
import dev.tamis.math.Matrix;
import dev.tamis.math.Rng;
import dev.tamis.math.Stream;
import dev.tamis.model.Batch;
import dev.tamis.model.Candidates;
import dev.tamis.model.Pass;
import dev.tamis.sample.CountedFrequency;
import dev.tamis.sample.Proposal;

/**
 * The positives of a batch and items drawn evenly, the candidates of all its rows: mixed negatives
 * (Yang et al., WWW 2020 companion). With b positives and u others, an item is a candidate with
 * probability {@code b / (b + u) p_i + u / (b + u) / items}, which {@code logQ} is for all of them.
 */
public final class MixedBatchProposal implements Proposal {
  private final double[] shares; // [items] of the training data
  private final CountedFrequency frequency;
  private final int uniform;
  private final boolean mixesPositives;
  private final boolean keepsAccidentalHits;

  /**
   * @param uniform how many are drawn evenly, whatever the size of the batch
   * @param mixesPositives whether a positive has the log-probability of the mixture too, which is
   *     what the theory of sampled softmax asks; if not, that of the batch alone
   */
  public MixedBatchProposal(
      Interactions train, int uniform, boolean mixesPositives, boolean keepsAccidentalHits) {
    this.shares = BatchProposal.shares(train);
    this.frequency = new CountedFrequency(train);
    this.uniform = uniform;
    this.mixesPositives = mixesPositives;
    this.keepsAccidentalHits = keepsAccidentalHits;
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
  public int ofBatch(int rows) {
    return rows + uniform;
  }

  @Override
  public boolean keepsAccidentalHits() {
    return keepsAccidentalHits;
  }

  @Override
  public void propose(Batch batch, int from, int to, Matrix q, Candidates out, Pass pass, Rng rng) {
    int end = to;
    for (int r = from; r < to; r++) {
      out.ids[r] = batch.posIds[batch.posStart[r]];
    }
    if (to == batch.rows) {
      rng.key(pass.seed(), Stream.NEGATIVES, pass.step(), 0);
      end = out.width;
      for (int j = batch.rows; j < end; j++) {
        out.ids[j] = rng.nextInt(shares.length);
      }
    }
    logMixture(out.ids, from, end - from, batch.rows, out.logQ);
    int first = batch.posStart[from];
    int positives = batch.posStart[to] - first;
    if (mixesPositives) {
      logMixture(batch.posIds, first, positives, batch.rows, out.posLogQ);
    } else {
      frequency.log(batch.posIds, first, positives, pass.step(), out.posLogQ, first);
    }
  }

  private void logMixture(int[] items, int from, int n, int rows, float[] out) {
    double ofBatch = (double) rows / (rows + uniform);
    for (int i = from; i < from + n; i++) {
      out[i] = (float) (ofBatch * shares[items[i]] + (1 - ofBatch) / shares.length);
    }
    Kernels.log(out, from, out, from, n);
  }

  /** Over random batches of as many rows as are drawn evenly. */
  @Override
  public double[] probabilities(int user, float[] query) {
    return probabilities(uniform);
  }

  /** Over random batches of so many rows. */
  double[] probabilities(int rows) {
    double[] p = shares.clone();
    double ofBatch = (double) rows / (rows + uniform);
    for (int i = 0; i < p.length; i++) {
      p[i] = ofBatch * p[i] + (1 - ofBatch) / p.length;
    }
    return p;
  }
}
