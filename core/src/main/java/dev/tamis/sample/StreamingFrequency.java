package dev.tamis.sample;

import dev.tamis.model.Batch;
import dev.tamis.model.Pass;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Estimates how often an item comes by as the data stream in: the reciprocal of the mean number of
 * steps from one batch with it to the next (Yi, Yang, Hong, Cheng, Heldt, Kumthekar, Zhao, Wei,
 * Chi: Sampling-Bias-Corrected Neural Modeling for Large Corpus Item Recommendations, RecSys 2019,
 * algorithms 2 and 3).
 *
 * <p>Items are hashed into several arrays, by their number modulo the size of each. In the step t,
 * from 1, each bucket of an item of the batch goes {@code period = (1 - rate) period + rate (t -
 * last)}, {@code last = t}, from {@code period = 1} and {@code last = 0}. Items that share a bucket
 * only shorten its period, so the longest of an item's periods is taken. What is told of a batch
 * has that batch in it already.
 */
public final class StreamingFrequency implements ItemFrequency {
  private final double rate;
  private final int[] sizes;
  private final int[] starts; // of each array among all buckets
  private final double[] period; // [buckets of all arrays]
  private final long[] last; // [buckets of all arrays]

  /**
   * @param rate in (0, 1]
   * @param sizes of the arrays, each at least 1
   */
  public StreamingFrequency(double rate, List<Integer> sizes) {
    this.rate = rate;
    this.sizes = new int[sizes.size()];
    this.starts = new int[sizes.size()];
    int buckets = 0;
    for (int a = 0; a < starts.length; a++) {
      this.sizes[a] = sizes.get(a);
      starts[a] = buckets;
      buckets += this.sizes[a];
    }
    this.period = new double[buckets];
    this.last = new long[buckets];
    Arrays.fill(period, 1);
  }

  @Override
  public void log(int[] items, int from, int n, long step, float[] out, int outFrom) {
    for (int i = 0; i < n; i++) {
      double longest = 0;
      for (int a = 0; a < sizes.length; a++) {
        longest = Math.max(longest, next(starts[a] + items[from + i] % sizes[a], step + 1));
      }
      out[outFrom + i] = (float) -StrictMath.log(longest);
    }
  }

  @Override
  public void endStep(Batch batch, Pass pass) {
    long t = pass.step() + 1;
    for (int p = 0; p < batch.posStart[batch.rows]; p++) {
      for (int a = 0; a < sizes.length; a++) {
        int bucket = starts[a] + batch.posIds[p] % sizes[a];
        if (last[bucket] < t) {
          period[bucket] = next(bucket, t);
          last[bucket] = t;
        }
      }
    }
  }

  private double next(int bucket, long t) {
    return (1 - rate) * period[bucket] + rate * (t - last[bucket]);
  }

  @Override
  public SortedMap<String, Object> state() {
    SortedMap<String, Object> state = new TreeMap<>();
    state.put("last-steps", last);
    state.put("periods", period);
    return state;
  }
}
