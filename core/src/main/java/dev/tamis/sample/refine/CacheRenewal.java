package dev.tamis.sample.refine;

import dev.tamis.kernels.Kernels;
import dev.tamis.kernels.PerThread;
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
  /** Up to this, every whole number is a float. */
  private static final int EXACT = 1 << 24;

  private final ItemCache cache;
  private final int rows; // whose weights are summed up at a time
  private final PerThread<Sums> sums = new PerThread<>(Sums::new);

  /**
   * @param most the largest weight that a candidate may have, at least 1
   */
  public CacheRenewal(ItemCache cache, int most) {
    this.cache = cache;
    this.rows = Math.max(1, EXACT / most);
  }

  @Override
  public void refine(Batch batch, Candidates c, int from, int to, Pass pass, Rng rng) {
    float[] sum = sums.get().reserve(c.width);
    for (int first = from; first < to; first += rows) {
      select(c, first, Math.min(to, first + rows), sum);
    }
  }

  private void select(Candidates c, int from, int to, float[] sum) {
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

  /** What one thread works on. */
  private static final class Sums {
    private float[] sum = {}; // [candidates]

    float[] reserve(int width) {
      sum = sum.length < width ? new float[width] : sum;
      return sum;
    }
  }
}
