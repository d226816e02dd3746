package dev.tamis.data;

import dev.tamis.config.TamisException;

/**
 * Users to be measured: what the model may know of each, and what it should find. One shape for
 * both protocols: for users of the training data the input is their training row; for held-out
 * users (strong generalisation) it is the part of their history that is folded in.
 *
 * @param input the known part; its items are the catalogue of the training data
 * @param target what is to be found: the same users and items in the same numbering
 * @param unreachable [users] how many target items of each user are not in the catalogue at all;
 *     they count as relevant and can never be found
 * @param trained whether user number {@code u} here is user number {@code u} of the training data;
 *     if not, users are known by their input alone
 */
public record HeldOut(Interactions input, Interactions target, int[] unreachable, boolean trained) {
  public HeldOut {
    if (!input.users().sameAs(target.users()) || !input.items().sameAs(target.items())) {
      throw new IllegalArgumentException("input and target do not have the same users and items");
    }
    if (unreachable.length != input.userCount()) {
      throw new IllegalArgumentException(
          "unreachable has " + unreachable.length + " entries for " + input.userCount() + " users");
    }
  }

  /**
   * Refuses what cannot be measured.
   *
   * @param who is measured, for the message: "this model"
   * @param ranksUnseenUsers whether the model ranks users that it was not trained on
   * @throws TamisException of kind CONFIG if it does not, but the users are of that sort
   */
  public void requireUsersKnownTo(String who, boolean ranksUnseenUsers) {
    if (!trained && !ranksUnseenUsers) {
      throw TamisException.config(
          who
              + " ranks only users it was trained on, but the held-out users are others;"
              + " split so that every user is trained on, or use a method that encodes histories,"
              + " such as mult-vae");
    }
  }

  /** How many items user {@code u} should find, the unreachable ones included. */
  public int relevant(int u) {
    return target.degree(u) + unreachable[u];
  }
}
