package dev.tamis.train;

import dev.tamis.kernels.PackedColumns;
import dev.tamis.math.ArrayLength;
import dev.tamis.model.RowFetch;
import dev.tamis.model.Table;

/** The vectors of a list of candidates side by side, as the products with queries read them. */
final class CandidateVectors {
  final float[] rows; // [candidates x dim]
  final PackedColumns toScores = new PackedColumns(); // [dim x candidates] the transpose of rows
  final PackedColumns toGradients = new PackedColumns(); // [candidates x dim] rows

  CandidateVectors(int candidates, int dim) {
    this.rows =
        new float
            [ArrayLength.of(
                "vectors of the candidates of a group",
                candidates,
                dim,
                "make negatives or dim smaller")];
  }

  /** How many numbers are held. */
  static long size(int candidates, int dim) {
    return (long) candidates * dim
        + PackedColumns.size(dim, candidates)
        + PackedColumns.size(candidates, dim);
  }

  /** Copies the rows {@code ids[from..from + count]} of a table. */
  void take(Table table, int[] ids, int from, int count) {
    int dim = table.width();
    RowFetch.fetch(table.values(), dim, ids, from, count);
    for (int j = 0; j < count; j++) {
      System.arraycopy(table.values(), table.at(ids[from + j]), rows, j * dim, dim);
    }
    toScores.takeTransposed(dim, count, rows, 0, dim);
    toGradients.take(count, dim, rows, 0, dim);
  }
}
