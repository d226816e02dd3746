package dev.tamis.eval.samplers;

import dev.tamis.math.Matrix;
import dev.tamis.model.Batch;
import dev.tamis.model.Candidates;
import dev.tamis.model.PairModel;
import dev.tamis.objective.SampledCrossEntropy;

/**
 * How far the gradient of a sampled softmax, with respect to the query, is from that of the full
 * softmax, for one positive at a time.
 *
 * <p>With T items drawn by Q the loss is that of Blanc and Rendle (Adaptive Sampled Softmax with
 * Kernel Based Sampling, ICML 2018): a drawn item has the score {@code s_j - ln(T Q_j)}, the
 * positive its own. Then the mean is exact if Q is the softmax, as they prove, and the bias of any
 * other Q that has all items vanishes as T grows. A drawn item that is the positive itself does not
 * count. Scratch of one thread.
 */
final class GradientBias {
  private final SampledCrossEntropy loss = new SampledCrossEntropy();
  private final Candidates c; // one row
  private final Batch batch = new Batch(1, 1);
  private final Matrix query;
  private final QueryGradient gradient;
  private final float logSize;
  private final double[] exact; // [width]
  private final double[] sum; // [width] of the differences from the exact gradient
  private double squares; // of the lengths of those differences
  private int estimates;

  /**
   * @param size how many items are drawn for an estimate
   */
  GradientBias(PairModel model, int size) {
    int width = model.users().width();
    this.c = new Candidates(Candidates.Layout.PER_ROW, 1, size);
    batch.rows = 1;
    batch.posStart[1] = 1;
    this.query = new Matrix(1, width);
    this.gradient = new QueryGradient(model, size);
    this.logSize = (float) StrictMath.log(size);
    this.exact = new double[width];
    this.sum = new double[width];
  }

  /** Begins with a positive of a user, whose exact gradient is given. */
  void begin(float[] userQuery, int positive, float[] exactGradient) {
    System.arraycopy(userQuery, 0, query.data, 0, userQuery.length);
    batch.posIds[0] = positive;
    for (int d = 0; d < exact.length; d++) {
      exact[d] = exactGradient[d];
      sum[d] = 0;
    }
    squares = 0;
    estimates = 0;
  }

  /**
   * Makes an estimate of the items {@code ids[from..from + size)}.
   *
   * @param logLaw [items] the logarithm of the probability with which each is drawn
   */
  void add(int[] ids, int from, float[] logLaw) {
    c.begin(batch);
    System.arraycopy(ids, from, c.ids, 0, c.width);
    gradient.score(query, c);
    for (int i = 0; i < c.width; i++) {
      c.logQ[i] = logLaw[c.ids[i]] + logSize;
      if (c.ids[i] == batch.posIds[0]) {
        c.score[i] = Float.NEGATIVE_INFINITY;
      }
    }
    c.posLogQ[0] = 0;
    loss.differentiate(c, 0, 1);
    float[] estimate = gradient.of(query, c);
    double square = 0;
    for (int d = 0; d < exact.length; d++) {
      double difference = estimate[d] - exact[d];
      sum[d] += difference;
      square += difference * difference;
    }
    squares += square;
    estimates++;
  }

  /** The squared length of the exact gradient. */
  double squaredLength() {
    return squaredLength(exact);
  }

  /** The squared length of what the mean of the estimates is off. */
  double squaredError() {
    return squaredLength(sum) / estimates / estimates;
  }

  /** The variance of one estimate, summed over the coordinates. */
  double variance() {
    return Math.max(0, (squares - estimates * squaredError()) / (estimates - 1));
  }

  private static double squaredLength(double[] vector) {
    double sum = 0;
    for (double x : vector) {
      sum += x * x;
    }
    return sum;
  }
}
