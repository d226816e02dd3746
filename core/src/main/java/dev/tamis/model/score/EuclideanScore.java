package dev.tamis.model.score;

import dev.tamis.kernels.Kernels;
import dev.tamis.math.Matrix;
import dev.tamis.model.Candidates;
import dev.tamis.model.ItemTable;
import dev.tamis.model.SparseGradient;
import java.util.Arrays;

/**
 * {@code s(q, i) = -|q - v_i|^2}, for blocks whose candidates are listed, each row its own or all
 * rows the same (Hsieh et al.: Collaborative Metric Learning, WWW 2017, section 3). Cost O(width) a
 * score, each way.
 *
 * <p>The gradient of an item row is {@code 2 dLoss/dScore * (q - v_i)}, summed over the rows it was
 * a candidate of; of a query it is {@code 2 dLoss/dScore * (v_i - q)}. So an entry is a coefficient
 * and a query's row, and the item's own part is added once an item.
 */
public final class EuclideanScore implements ScoreFunction, Scoring {
  private final ItemTable items;

  /** Items without a bias. */
  public EuclideanScore(ItemTable items) {
    if (items.bias().isPresent()) {
      throw new IllegalArgumentException("items at a distance have no bias");
    }
    this.items = items;
  }

  @Override
  public ItemTable items() {
    return items;
  }

  @Override
  public boolean scalesQueries() {
    return true;
  }

  @Override
  public boolean towardsQueries() {
    return true;
  }

  /** It keeps nothing, so all threads may share it. */
  @Override
  public Scoring newScoring(int maxRows, int width) {
    return this;
  }

  @Override
  public void score(Matrix q, Candidates c, int from, int to) {
    for (int r = from; r < to; r++) {
      for (int p = c.posStart[r]; p < c.posStart[r + 1]; p++) {
        c.posScore[p] = -squaredDistance(q, r, c.posIds[p]);
      }
      int ids = c.idsAt(r) - c.at(r);
      for (int e = c.at(r); e < c.at(r + 1); e++) {
        c.score[e] = -squaredDistance(q, r, c.ids[ids + e]);
      }
    }
  }

  private float squaredDistance(Matrix q, int row, int item) {
    int width = items.width();
    return Kernels.squaredDistance(
        q.data, q.at(row), items.vectors().values(), item * width, width);
  }

  @Override
  public void backward(
      Matrix q,
      Candidates c,
      int from,
      int to,
      Matrix dq,
      SparseGradient out,
      float[] dense,
      int denseAt) {
    int width = items.width();
    float[] coefficient = out.coefficient;
    int e = c.entriesBefore(from);
    Arrays.fill(dq.data, dq.at(from), dq.at(to), 0);
    for (int r = from; r < to; r++) {
      int first = e;
      float sum = 0;
      for (int p = c.posStart[r]; p < c.posStart[r + 1]; p++) {
        coefficient[e] = 2 * c.posScore[p];
        sum += coefficient[e++];
      }
      for (int i = c.at(r); i < c.at(r + 1); i++) {
        coefficient[e] = 2 * c.score[i];
        sum += coefficient[e++];
      }
      Kernels.axpyRows(
          coefficient,
          first,
          items.vectors().values(),
          width,
          out.row,
          first,
          e - first,
          dq.data,
          dq.at(r));
      Kernels.axpy(-sum, q.data, q.at(r), dq.data, dq.at(r), width);
    }
  }
}
