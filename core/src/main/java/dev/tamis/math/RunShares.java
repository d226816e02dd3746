package dev.tamis.math;

import dev.tamis.kernels.Kernels;

/**
 * Draws from a long list of masses that is drawn from some times and thrown away: masses are summed
 * up by runs of {@value #RUN}, and a draw goes through one run. O(n) to make; a draw takes O(log n)
 * steps and those of a run.
 */
public final class RunShares {
  private static final int RUN = 64;

  private final float[] runs; // mass of each run
  private final CumulativeShares shares;
  private float[] masses;
  private int count;

  /** Room for so many masses. */
  public RunShares(int capacity) {
    runs = new float[(capacity + RUN - 1) / RUN];
    shares = new CumulativeShares(runs.length);
  }

  /**
   * Takes up {@code masses[0..n)}, which must stay as they are: finite, not negative, not all zero,
   * not normalised.
   */
  public void sumUp(float[] masses, int n) {
    this.masses = masses;
    this.count = n;
    int used = (n + RUN - 1) / RUN;
    for (int run = 0; run < used; run++) {
      runs[run] = Kernels.sum(masses, run * RUN, Math.min(RUN, n - run * RUN));
    }
    shares.sumUp(runs, 0, used);
  }

  /** Draws a run by its mass, then a place of the run by its own: never one without mass. */
  public int draw(Rng rng) {
    int run = shares.draw(rng);
    double left = rng.nextDouble() * runs[run];
    int drawn = -1;
    for (int i = run * RUN; i < Math.min(count, (run + 1) * RUN) && left >= 0; i++) {
      left -= masses[i];
      drawn = masses[i] > 0 ? i : drawn;
    }
    return drawn;
  }
}
