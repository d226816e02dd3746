package dev.tamis.sample.proposal;

import dev.tamis.data.Interactions;
import dev.tamis.kernels.Workers;
import dev.tamis.math.Matrix;
import dev.tamis.math.Rng;
import dev.tamis.model.Batch;
import dev.tamis.model.Candidates;
import dev.tamis.model.ItemTable;
import dev.tamis.model.Pass;
import dev.tamis.sample.CountedFrequency;
import dev.tamis.sample.ItemCache;
import dev.tamis.sample.Proposal;
import java.util.SortedMap;

/**
 * The positives of a batch and then the items of a cache, the candidates of all its rows. {@code
 * logQ} is the share of an item in the training data, with which XIR resamples both; of the cache
 * it is not the law, so it is not exact.
 */
public final class CachedBatchProposal implements Proposal {
  private final Interactions train;
  private final CountedFrequency frequency;
  private final ItemCache cache;
  private final boolean keepsAccidentalHits;

  public CachedBatchProposal(Interactions train, ItemCache cache, boolean keepsAccidentalHits) {
    this.train = train;
    this.frequency = new CountedFrequency(train);
    this.cache = cache;
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
  public boolean exactLogQ() {
    return false;
  }

  @Override
  public int ofBatch(int rows) {
    return rows + cache.size();
  }

  @Override
  public boolean keepsAccidentalHits() {
    return keepsAccidentalHits;
  }

  @Override
  public void refresh(ItemTable items, long seed, int epoch, Workers workers) {
    if (epoch == 0) {
      cache.begin(seed);
    }
  }

  @Override
  public void propose(Batch batch, int from, int to, Matrix q, Candidates out, Pass pass, Rng rng) {
    for (int r = from; r < to; r++) {
      out.ids[r] = batch.posIds[batch.posStart[r]];
    }
    for (int p = batch.posStart[from]; p < batch.posStart[to]; p++) {
      out.posLogQ[p] = Float.NaN;
    }
    int end = to;
    if (to == batch.rows) {
      end = out.width;
      for (int k = 0; k < cache.size(); k++) {
        out.ids[batch.rows + k] = cache.item(k);
      }
    }
    frequency.log(out.ids, from, end - from, pass.step(), out.logQ, from);
  }

  @Override
  public void endStep(Batch batch, Pass pass) {
    cache.endStep(pass);
  }

  @Override
  public SortedMap<String, Object> state() {
    return cache.state();
  }

  /** Over random batches of as many rows as the cache has places, with the cache as it is. */
  @Override
  public double[] probabilities(int user, float[] query) {
    double[] p = BatchProposal.shares(train);
    for (int i = 0; i < p.length; i++) {
      p[i] /= 2;
    }
    for (int k = 0; k < cache.size(); k++) {
      p[cache.item(k)] += 0.5 / cache.size();
    }
    return p;
  }
}
