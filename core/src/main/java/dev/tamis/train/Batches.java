package dev.tamis.train;

import dev.tamis.model.Batch;

/** The training data of an epoch, in batches. */
public interface Batches {
  long batchesPerEpoch();

  /** Room for a batch. */
  Batch newBatch();

  /** Puts the rows in the order of an epoch: a function of data, seed and epoch. */
  void shuffle(long seed, int epoch);

  /**
   * Fills a batch with the rows of step {@code inEpoch} of the epoch; the last batch may be short.
   */
  void fill(Batch batch, long inEpoch);
}
