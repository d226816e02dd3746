package dev.tamis.sample.refine;

import dev.tamis.kernels.Kernels;
import dev.tamis.math.Rng;
import dev.tamis.model.Batch;
import dev.tamis.model.Candidates;
import dev.tamis.model.Pass;
import dev.tamis.sample.ItemCache;
import dev.tamis.sample.Refiner;
import java.util.Arrays;

/**
 * Tells a cache how often each candidate was selected, which its weight says; weights stay as they
 * are. They must be whole numbers. Sums of whole numbers do not depend on the order of threads.
 */
public final class CacheRenewal implements Refiner {
  private final ItemCache cache;
  private final ThreadLocal<float[]> sums = ThreadLocal.withInitial(() -> new float[0]);

  public CacheRenewal(ItemCache cache) {
    this.cache = cache;
  }

  @Override
  public void refine(Batch batch, Candidates c, int from, int to, Pass pass, Rng rng) {
    float[] sum = sums.get(); // below 2^24 for the rows of a window, so exact
    if (sum.length < c.width) {
      sum = new float[c.width];
      sums.set(sum);
    }
    Arrays.fill(sum, 0, c.width, 0);
    for (int r = from; r < to; r++) {
      Kernels.axpy(1, c.weight, c.at(r), sum, 0, c.width);
    }
    int ids = c.idsAt(from);
    for (int j = 0; j < c.width; j++) {
      if (sum[j] > 0) {
        cache.select(c.ids[ids + j], (long) sum[j]);
      }
    }
  }
}
