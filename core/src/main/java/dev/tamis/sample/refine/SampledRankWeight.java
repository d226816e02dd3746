package dev.tamis.sample.refine;

import dev.tamis.math.Rng;
import dev.tamis.model.Batch;
import dev.tamis.model.Candidates;
import dev.tamis.model.Pass;
import dev.tamis.sample.Refiner;
import dev.tamis.sample.ScoreSamples;

/**
 * Weighs a row by the rank of its positive, which is estimated from scores of uniformly drawn items
 * (AdaSIR, section 3.3, equation 2): of N items, K of them drawn for the user and n of these above
 * the positive,
 *
 * <pre>
 * rank = floor((N - 1) n / K) + 1;   the weight of the row times sum_{t = 1..rank} 1 / t
 * </pre>
 *
 * <p>The score of the positive is that of the block, the others are as old as the samples. (The
 * authors' code scores the candidates anew for each row, which costs K scores a row; here a row
 * costs one look at K numbers.) A row has one positive.
 */
public final class SampledRankWeight implements Refiner {
  /** From which end ranks are counted. */
  public enum End {
    /** Rank 1 is the highest score, so that low-ranked positives weigh most: the paper. */
    HIGHEST,
    /**
     * What the authors' code does: it counts scores below the positive, without adding one, and the
     * weight is {@code sum_{t = 1..rank - 1} 1 / t}, or 1 for ranks up to 1. So high-ranked
     * positives weigh most, and nearly all weigh about the same.
     */
    LOWEST
  }

  private final ScoreSamples samples;
  private final End end;
  private final float[] weights; // [candidates + 1] by how many are counted

  /**
   * @param items N
   */
  public SampledRankWeight(ScoreSamples samples, int items, End end) {
    this.samples = samples;
    this.end = end;
    this.weights = new float[samples.size() + 1];
    double sum = 0;
    int terms = 0;
    for (int n = 0; n < weights.length; n++) {
      long others = (items - 1L) * n / samples.size();
      for (long last = end == End.HIGHEST ? others + 1 : others - 1; terms < last; ) {
        sum += 1.0 / ++terms;
      }
      weights[n] = (float) Math.max(1, sum);
    }
  }

  @Override
  public void refine(Batch batch, Candidates c, int from, int to, Pass pass, Rng rng) {
    samples.fetch(batch.users, from, to - from);
    for (int r = from; r < to; r++) {
      float positive = c.posScore[c.posStart[r]];
      int user = batch.users[r];
      int n = end == End.HIGHEST ? samples.above(user, positive) : samples.below(user, positive);
      c.rowWeight[r] *= weights[n];
    }
  }
}
