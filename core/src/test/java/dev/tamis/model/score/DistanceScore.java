package dev.tamis.model.score;

import dev.tamis.kernels.Kernels;
import dev.tamis.math.Matrix;
import dev.tamis.model.Candidates;
import dev.tamis.model.ItemTable;
import dev.tamis.model.SparseGradient;

/** Minus the squared distance: a score that is no dot product, to be looked at only. */
public record DistanceScore(ItemTable items) implements ScoreFunction, Scoring {
  @Override
  public Scoring newScoring(int maxRows, int width) {
    return this;
  }

  @Override
  public void score(Matrix q, Candidates c, int from, int to) {
    float[] table = items.vectors().values();
    int width = items.width();
    for (int e = c.at(from); e < c.at(to); e++) {
      int r = e / c.width;
      c.score[e] = -Kernels.squaredDistance(q.data, q.at(r), table, c.ids[e] * width, width);
    }
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
    throw new UnsupportedOperationException();
  }
}
