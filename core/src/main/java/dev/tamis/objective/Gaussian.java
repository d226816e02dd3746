package dev.tamis.objective;

import dev.tamis.config.TamisException;
import dev.tamis.kernels.Kernels;
import dev.tamis.model.Candidates;
import java.util.Set;

/**
 * The Gaussian log-likelihood of a history, with confidences (Liang et al. 2018, equation 3), over
 * all items: a square loss in which the items of the history, {@code x_i = 1}, count more than the
 * others, {@code x_i = 0}.
 *
 * <pre>
 * loss = sum_i c_i / 2 (x_i - f_i)^2;   dLoss/df_i = c_i (f_i - x_i)
 * </pre>
 *
 * Here {@code f_i} is the score, or its tanh where that is asked for, as in CDAE; then {@code
 * dLoss/ds_i = c_i (f_i - x_i) (1 - f_i^2)}. Tanh keeps the order of scores, so a model is served
 * without it. Cost O(items) a row.
 */
public final class Gaussian implements Objective {
  private final double observed;
  private final double missing;
  private final boolean squashed;

  /**
   * @param observed the confidence {@code c_1} of items of the history
   * @param missing the confidence {@code c_0} of the others, above 0 and at most {@code observed}
   * @param squashed whether {@code f_i} is the tanh of the score
   * @throws TamisException of kind CONFIG if the confidences are not so
   */
  public Gaussian(double observed, double missing, boolean squashed) {
    check(observed, missing);
    this.observed = observed;
    this.missing = missing;
    this.squashed = squashed;
  }

  /**
   * Refuses confidences that make no sense together.
   *
   * @throws TamisException of kind CONFIG unless {@code 0 < missing <= observed}
   */
  public static void check(double observed, double missing) {
    if (!(missing > 0 && observed >= missing && observed <= Float.MAX_VALUE)) {
      throw TamisException.config(
          "the confidence of items that are missing from a history must be above 0 and at most that"
              + " of those observed, but they are "
              + missing
              + " and "
              + observed
              + "; lower confidence-missing, or raise confidence-observed");
    }
  }

  @Override
  public Set<Candidates.Layout> accepts() {
    return Set.of(Candidates.Layout.ALL);
  }

  @Override
  public boolean setsLevel() {
    return true;
  }

  @Override
  public double differentiate(Candidates c, int from, int to) {
    double loss = 0;
    for (int r = from; r < to; r++) {
      int cells = c.at(r);
      float weight = c.rowWeight[r];
      if (squashed) {
        Kernels.tanh(c.score, cells, c.score, cells, c.width);
      }
      // As if nothing were in the history; then the history is put right.
      double twice = missing * Kernels.dot(c.score, cells, c.score, cells, c.width);
      for (int p = c.posStart[r]; p < c.posStart[r + 1]; p++) {
        float f = c.score[cells + c.posIds[p]];
        double off = 1 - (double) f;
        twice += observed * off * off - missing * f * f;
        float slope = (float) observed * weight * (f - 1);
        c.posScore[p] = squashed ? slope * Math.fma(-f, f, 1) : slope;
      }
      slopes(c.score, cells, c.width, (float) missing * weight);
      for (int p = c.posStart[r]; p < c.posStart[r + 1]; p++) {
        c.score[cells + c.posIds[p]] = c.posScore[p];
      }
      loss += weight * twice / 2;
    }
    return loss;
  }

  private void slopes(float[] f, int from, int n, float confidence) {
    if (!squashed) {
      Kernels.scale(confidence, f, from, n);
      return;
    }
    for (int e = from; e < from + n; e++) {
      f[e] = confidence * f[e] * Math.fma(-f[e], f[e], 1);
    }
  }
}
