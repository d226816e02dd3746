package dev.tamis.model.tower;

import dev.tamis.math.Matrix;
import dev.tamis.model.Table;
import java.util.List;

/**
 * Makes a query of each user's row of a table. Stateless, so safe for several threads on different
 * rows.
 */
public interface UserTower {
  /** [users x width] a row a user. */
  Table table();

  /** Of a query. */
  default int width() {
    return table().width();
  }

  /** What it learns beside the table, all of it used by every row. */
  default List<Table> parameters() {
    return List.of();
  }

  /** Makes the queries of {@code users[from..to)}, rows {@code from..to} of {@code q}. */
  void forward(int[] users, int from, int to, Matrix q);

  /**
   * Turns the gradients of the queries of {@code users[from..to)} into those of their rows of the
   * table, in place.
   *
   * @param dense the gradients of {@link #parameters} one after another begin at {@code denseAt},
   *     and what these rows contribute is added there
   */
  default void backward(
      int[] users, int from, int to, Matrix gradient, float[] dense, int denseAt) {}
}
