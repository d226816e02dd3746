package dev.tamis.train;

import dev.tamis.math.Matrix;
import dev.tamis.model.RowFetch;
import dev.tamis.model.Table;

/** The vectors of a list of candidates side by side, as the products with queries read them. */
final class CandidateVectors {
  final float[] rows; // [candidates x dim]
  final float[] transposed; // [dim x candidates]

  CandidateVectors(int candidates, int dim) {
    this.rows = new float[candidates * dim];
    this.transposed = new float[candidates * dim];
  }

  /** Copies the rows {@code ids[from..from + count]} of a table. */
  void take(Table table, int[] ids, int from, int count) {
    int dim = table.width();
    RowFetch.fetch(table.values(), dim, ids, from, count);
    for (int j = 0; j < count; j++) {
      System.arraycopy(table.values(), table.at(ids[from + j]), rows, j * dim, dim);
    }
    Matrix.transpose(rows, count, dim, transposed);
  }
}
