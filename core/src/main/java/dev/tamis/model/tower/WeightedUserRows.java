package dev.tamis.model.tower;

import dev.tamis.math.Matrix;
import dev.tamis.model.Table;
import java.util.List;

/**
 * A query is the user's row of a table, each number times a weight that all users share: {@code q_u
 * = w o p_u}. With inner products as scores this is generalised matrix factorisation (He, Liao,
 * Zhang, Nie, Hu, Chua: Neural Collaborative Filtering, WWW 2017, section 3.2), since {@code w .
 * (p_u o v_i) = (w o p_u) . v_i}; the sigmoid is the loss's.
 */
public final class WeightedUserRows implements UserTower {
  private final Table users; // [users x width]
  private final Table weights; // [1 x width]

  public WeightedUserRows(Table users, Table weights) {
    if (weights.rows() != 1 || weights.width() != users.width()) {
      throw new IllegalArgumentException(
          "users of width "
              + users.width()
              + " need weights of 1 x "
              + users.width()
              + ", not "
              + weights.rows()
              + " x "
              + weights.width());
    }
    this.users = users;
    this.weights = weights;
  }

  @Override
  public Table table() {
    return users;
  }

  @Override
  public List<Table> parameters() {
    return List.of(weights);
  }

  @Override
  public void forward(int[] users, int from, int to, Matrix q) {
    for (int r = from; r < to; r++) {
      weigh(users[r], q.data, q.at(r));
    }
  }

  /** The queries of all users, in the shape of their table. */
  public Table queries() {
    Table queries = new Table(users.name(), users.rows(), users.width());
    for (int u = 0; u < users.rows(); u++) {
      weigh(u, queries.values(), queries.at(u));
    }
    return queries;
  }

  private void weigh(int user, float[] out, int at) {
    float[] rows = users.values();
    float[] w = weights.values();
    for (int k = 0; k < w.length; k++) {
      out[at + k] = w[k] * rows[users.at(user) + k];
    }
  }

  @Override
  public void backward(int[] users, int from, int to, Matrix gradient, float[] dense, int denseAt) {
    float[] rows = this.users.values();
    float[] w = weights.values();
    for (int r = from; r < to; r++) {
      int user = this.users.at(users[r]);
      for (int k = 0; k < w.length; k++) {
        float slope = gradient.data[gradient.at(r) + k];
        dense[denseAt + k] = Math.fma(slope, rows[user + k], dense[denseAt + k]);
        gradient.data[gradient.at(r) + k] = slope * w[k];
      }
    }
  }
}
