package dev.tamis.sample.refine;

import dev.tamis.math.Rng;
import dev.tamis.model.Batch;
import dev.tamis.model.Candidates;
import dev.tamis.model.Pass;
import dev.tamis.sample.Refiner;

/**
 * Multiplies a row by {@code ln(1 + rank)}, where the rank of its positive is estimated by the
 * share of candidates that violate the margin: {@code rank = items * mean_j [s_j > s_i - margin]}.
 * A row in which none does gets the weight 0. Weights of candidates stay as they are.
 *
 * <p>Hsieh et al.: Collaborative Metric Learning, WWW 2017, section 3.2, as in its code; the paper
 * rounds the rank down.
 */
public final class ViolationRankWeight implements Refiner {
  private final float margin;
  private final float[] rankWeight; // [candidates + 1] by how many violate the margin

  /**
   * @param margin by how much a positive should lead
   * @param items in the catalogue
   * @param candidates how many a row has
   */
  public ViolationRankWeight(double margin, int items, int candidates) {
    this.margin = (float) margin;
    this.rankWeight = new float[candidates + 1];
    for (int n = 0; n <= candidates; n++) {
      rankWeight[n] = (float) StrictMath.log1p((double) items * n / candidates);
    }
  }

  @Override
  public void refine(Batch batch, Candidates c, int from, int to, Pass pass, Rng rng) {
    for (int r = from; r < to; r++) {
      float bar = c.posScore[c.posStart[r]] - margin;
      int violators = 0;
      for (int e = c.at(r); e < c.at(r + 1); e++) {
        // Also counts what is not a number, which must come out in the loss.
        violators += c.score[e] <= bar ? 0 : 1;
      }
      c.rowWeight[r] *= rankWeight[violators];
    }
  }
}
