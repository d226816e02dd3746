package dev.tamis.sample.refine;

import dev.tamis.math.Rng;
import dev.tamis.model.Batch;
import dev.tamis.model.Candidates;
import dev.tamis.model.Pass;
import dev.tamis.sample.Refiner;
import java.util.Arrays;

/**
 * Tries the candidates of a row in their order and keeps the first whose score comes within the
 * margin of the positive's: {@code s_j > s_i - margin}. The more trials that took, the higher the
 * positive stands already, so the row is multiplied by an estimate of the loss of its rank, {@code
 * min(10, ln max(1, floor((items - 1) / trials)))}. A row in which no candidate violates the margin
 * gets the weight 0.
 *
 * <p>Weston, Bengio, Usunier: WSABIE, IJCAI 2011, algorithm 1, with the logarithm and the cap of
 * LightFM where the paper sums {@code 1 / k} over the ranks. Trials follow a geometric law cut off
 * at the number of candidates, with the share of violators in the proposal as its parameter. As in
 * the paper negatives alone are tried, where the proposal rejects positives; LightFM draws from all
 * items, and a trial that hits a positive is spent.
 */
public final class FirstViolator implements Refiner {
  private static final double MOST = 10;

  private final float margin;
  private final float[] rankWeight; // [trials + 1]

  /**
   * @param margin by how much a positive should lead
   * @param items in the catalogue
   * @param trials the most candidates a row has
   */
  public FirstViolator(double margin, int items, int trials) {
    this.margin = (float) margin;
    this.rankWeight = new float[trials + 1];
    for (int t = 1; t <= trials; t++) {
      rankWeight[t] = (float) Math.min(MOST, StrictMath.log(Math.max(1, (items - 1) / t)));
    }
  }

  @Override
  public int selected(int width) {
    return 1;
  }

  @Override
  public void refine(Batch batch, Candidates c, int from, int to, Pass pass, Rng rng) {
    Arrays.fill(c.weight, c.at(from), c.at(to), 0);
    for (int r = from; r < to; r++) {
      float bar = c.posScore[c.posStart[r]] - margin;
      int end = c.at(r + 1);
      int e = c.at(r);
      // A score that is not a number must not pass for one that keeps the margin.
      while (e < end && c.score[e] <= bar) {
        e++;
      }
      if (e < end) {
        c.weight[e] = 1;
        c.rowWeight[r] *= rankWeight[e - c.at(r) + 1];
      } else {
        c.rowWeight[r] = 0;
      }
    }
  }
}
