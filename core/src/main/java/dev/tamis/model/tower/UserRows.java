package dev.tamis.model.tower;

import dev.tamis.math.Matrix;
import dev.tamis.model.Table;

/** The simplest tower: a query is the user's row of a table. */
public final class UserRows implements UserTower {
  private final Table users; // [users x width]

  public UserRows(Table users) {
    this.users = users;
  }

  @Override
  public Table table() {
    return users;
  }

  @Override
  public void forward(int[] users, int from, int to, Matrix q) {
    for (int r = from; r < to; r++) {
      System.arraycopy(this.users.values(), this.users.at(users[r]), q.data, q.at(r), q.width);
    }
  }
}
