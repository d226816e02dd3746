package dev.tamis.eval.samplers;

/** Kullback-Leibler divergence in nats from a sampler to a target given by its logarithms. */
final class Divergence {
  private Divergence() {}

  /** {@code sum q ln(q / p)}; infinite where something is drawn that the target does not have. */
  static double of(double[] q, double[] logP) {
    double sum = 0;
    for (int i = 0; i < q.length; i++) {
      sum += q[i] > 0 ? q[i] * (StrictMath.log(q[i]) - logP[i]) : 0;
    }
    return Math.max(0, sum); // below 0 by rounding only
  }

  /**
   * The same of the frequencies of draws. It is too large by about {@link #surplus} even where the
   * law is the target.
   */
  static double of(int[] counts, long draws, double[] logP) {
    double sum = 0;
    for (int i = 0; i < counts.length; i++) {
      if (counts[i] > 0) {
        double share = (double) counts[i] / draws;
        sum += share * (StrictMath.log(share) - logP[i]);
      }
    }
    return Math.max(0, sum);
  }

  /**
   * How much the divergence of frequencies is too large, to first order: {@code (S - 1) / (2 T)}
   * for T draws of a law over S items. The order counts where each item is drawn several times;
   * with fewer draws it says too much.
   */
  static double surplus(double[] q, long draws) {
    int carried = 0;
    for (double mass : q) {
      carried += mass > 0 ? 1 : 0;
    }
    return (carried - 1) / (2.0 * draws);
  }
}
