package dev.tamis.model.tower;

import dev.tamis.math.Matrix;
import dev.tamis.model.Batch;
import dev.tamis.model.SparseGradient;
import dev.tamis.model.Table;

/** The simplest tower: a query is the user's row of a table. */
public final class UserRows {
  private final Table users; // [users x width]

  public UserRows(Table users) {
    this.users = users;
  }

  public Table table() {
    return users;
  }

  public int width() {
    return users.width();
  }

  /** Copies the vectors of rows {@code from..to} of the batch into {@code q}. */
  public void forward(Batch batch, int from, int to, Matrix q) {
    for (int r = from; r < to; r++) {
      System.arraycopy(users.values(), users.at(batch.users[r]), q.data, q.at(r), q.width);
    }
  }

  /**
   * Lists the gradient of the batch's users: one entry a row, whose source is the gradient of its
   * query.
   */
  public void list(Batch batch, SparseGradient out) {
    out.count = batch.rows;
    for (int r = 0; r < batch.rows; r++) {
      out.row[r] = batch.users[r];
      out.coefficient[r] = 1;
      out.sourceRow[r] = r;
    }
  }
}
