package dev.tamis.sample;

import dev.tamis.data.Interactions;

/**
 * The share of each item in the training data; one that was never seen counts as if it had been
 * seen once.
 */
public final class CountedFrequency implements ItemFrequency {
  private final float[] log; // [items]

  public CountedFrequency(Interactions train) {
    log = new float[train.itemCount()];
    int[] counts = train.itemCounts();
    for (int i = 0; i < log.length; i++) {
      log[i] = (float) StrictMath.log((double) Math.max(1, counts[i]) / train.size());
    }
  }

  /** The logarithm of the share of an item. */
  public float log(int item) {
    return log[item];
  }

  @Override
  public void log(int[] items, int from, int n, long step, float[] out, int outFrom) {
    for (int i = 0; i < n; i++) {
      out[outFrom + i] = log[items[from + i]];
    }
  }
}
