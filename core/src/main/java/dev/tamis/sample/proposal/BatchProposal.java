package dev.tamis.sample.proposal;

import dev.tamis.data.Interactions;
import dev.tamis.math.Matrix;
import dev.tamis.math.Rng;
import dev.tamis.model.Batch;
import dev.tamis.model.Candidates;
import dev.tamis.model.Pass;
import dev.tamis.sample.ItemFrequency;
import dev.tamis.sample.Proposal;
import java.util.SortedMap;

/**
 * The positives of a batch are the candidates of all its rows: in-batch negatives. Over random
 * batches, a place of the list has an item with its share of the training data; {@code logQ} is
 * what a frequency says of that. A row's own positive is one of its candidates.
 */
public final class BatchProposal implements Proposal {
  private final Interactions train;
  private final ItemFrequency frequency;
  private final boolean keepsAccidentalHits;

  public BatchProposal(Interactions train, ItemFrequency frequency, boolean keepsAccidentalHits) {
    this.train = train;
    this.frequency = frequency;
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
    return rows;
  }

  @Override
  public boolean keepsAccidentalHits() {
    return keepsAccidentalHits;
  }

  @Override
  public void propose(Batch batch, int from, int to, Matrix q, Candidates out, Pass pass, Rng rng) {
    int first = batch.posStart[from];
    int positives = batch.posStart[to] - first;
    frequency.log(batch.posIds, first, positives, pass.step(), out.posLogQ, first);
    for (int r = from; r < to; r++) {
      out.ids[r] = batch.posIds[batch.posStart[r]];
      out.logQ[r] = out.posLogQ[batch.posStart[r]];
    }
  }

  @Override
  public void endStep(Batch batch, Pass pass) {
    frequency.endStep(batch, pass);
  }

  @Override
  public SortedMap<String, Object> state() {
    return frequency.state();
  }

  /** Over random batches: the share of each item in the training data. */
  @Override
  public double[] probabilities(int user, float[] query) {
    return shares(train);
  }

  static double[] shares(Interactions train) {
    int[] counts = train.itemCounts();
    double[] p = new double[counts.length];
    for (int i = 0; i < p.length; i++) {
      p[i] = (double) counts[i] / train.size();
    }
    return p;
  }
}
