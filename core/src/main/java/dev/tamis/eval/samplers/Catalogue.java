package dev.tamis.eval.samplers;

import dev.tamis.data.Interactions;
import dev.tamis.math.Matrix;
import dev.tamis.model.Batch;
import dev.tamis.model.Candidates;
import dev.tamis.model.PairModel;
import java.util.Arrays;

/**
 * All items as candidates of one user: their softmax, and the exact gradient of a full softmax.
 * Scratch of one thread, 40 bytes an item.
 */
final class Catalogue {
  private final Interactions train;
  private final Candidates all; // one row of every item
  private final Batch batch = new Batch(1, 1);
  private final Matrix query;
  private final QueryGradient gradient;
  private final double[] logP; // [items]
  private double logZ; // what was taken off the scores
  private boolean withPositives; // whether the user's items are among those of the softmax

  Catalogue(Interactions train, PairModel model) {
    int items = train.itemCount();
    this.train = train;
    this.all = new Candidates(Candidates.Layout.PER_ROW, 1, items);
    Arrays.setAll(all.ids, i -> i);
    batch.rows = 1;
    batch.posStart[1] = 1;
    this.query = new Matrix(1, model.users().width());
    this.gradient = new QueryGradient(model, items);
    this.logP = new double[items];
  }

  /** Scores every item, and a positive, for a user. */
  void load(int user, int positive, float[] userQuery) {
    batch.users[0] = user;
    batch.posIds[0] = positive;
    all.begin(batch);
    System.arraycopy(userQuery, 0, query.data, 0, userQuery.length);
    gradient.score(query, all);
  }

  /**
   * The logarithm of the softmax over the items that a negative may be, negative infinity for the
   * others.
   *
   * @param withPositives whether that is every item, or those that the user has not
   * @return [items], valid until the next call
   */
  double[] logSoftmax(boolean withPositives) {
    this.withPositives = withPositives;
    int user = batch.users[0];
    for (int i = 0; i < logP.length; i++) {
      logP[i] = all.score[i];
    }
    if (!withPositives) {
      for (int e = train.rowStart()[user]; e < train.rowStart()[user + 1]; e++) {
        logP[train.itemIds()[e]] = Double.NEGATIVE_INFINITY;
      }
    }
    logZ = logSumExp(logP);
    for (int i = 0; i < logP.length; i++) {
      logP[i] -= logZ;
    }
    return logP;
  }

  /**
   * The gradient, with respect to the query, of {@code -ln softmax(positive)} over the positive and
   * the items of the last {@link #logSoftmax}. The scores are lost.
   *
   * @return [width] valid until the next call
   */
  float[] exactGradient() {
    // A positive that is not among those items joins them, with what it adds to their mass of 1.
    double lead = withPositives ? Double.NEGATIVE_INFINITY : all.posScore[0] - logZ;
    double others = 1 / (1 + StrictMath.exp(lead));
    for (int i = 0; i < logP.length; i++) {
      all.score[i] = (float) (StrictMath.exp(logP[i]) * others);
    }
    // Of the positive 1 less its probability, which is in the sum above where it was there before.
    all.posScore[0] = withPositives ? -1 : (float) -others;
    return gradient.of(query, all);
  }

  private static double logSumExp(double[] logP) {
    double most = Double.NEGATIVE_INFINITY;
    for (double value : logP) {
      most = Math.max(most, value);
    }
    double sum = 0;
    for (double value : logP) {
      sum += StrictMath.exp(value - most);
    }
    return most + StrictMath.log(sum);
  }
}
