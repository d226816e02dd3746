package dev.tamis.model;

import dev.tamis.model.score.ScoreFunction;
import dev.tamis.model.tower.UserTower;

/**
 * A model of pairs: a query for each user, and a score of a query and an item.
 *
 * @param users from users to queries
 * @param score from queries and items to scores
 */
public record PairModel(UserTower users, ScoreFunction score) {
  public PairModel {
    if (users.width() != score.items().width()) {
      throw new IllegalArgumentException(
          "queries of width "
              + users.width()
              + " cannot be scored with items of width "
              + score.items().width());
    }
  }

  public int userCount() {
    return users.table().rows();
  }

  public ItemTable items() {
    return score.items();
  }
}
