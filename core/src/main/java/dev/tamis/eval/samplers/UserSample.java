package dev.tamis.eval.samplers;

import dev.tamis.config.TamisException;
import dev.tamis.data.Interactions;
import dev.tamis.math.Rng;
import dev.tamis.math.Stream;
import java.util.Arrays;

/**
 * Users that samplers are looked at with, and a positive of each, all drawn evenly. Users without a
 * positive, and users who have every item, are never among them.
 *
 * @param users [n] dense numbers, ascending
 * @param positives [n] an item of each
 */
record UserSample(int[] users, int[] positives) {
  /**
   * @param most how many users; fewer where there are fewer
   * @throws TamisException of kind BAD_DATA if there is no such user
   */
  static UserSample of(Interactions train, int most, long seed) {
    int[] eligible = new int[train.userCount()];
    int n = 0;
    for (int u = 0; u < train.userCount(); u++) {
      if (train.degree(u) > 0 && train.degree(u) < train.itemCount()) {
        eligible[n++] = u;
      }
    }
    if (n == 0) {
      throw TamisException.badData(
          "no user has an item and lacks another, so there is nothing to draw negatives for");
    }
    Rng rng = Rng.keyed(seed, Stream.SAMPLER_PROBE, 0, 0);
    int count = Math.min(most, n);
    for (int i = 0; i < count; i++) {
      int j = i + rng.nextInt(n - i);
      int user = eligible[i];
      eligible[i] = eligible[j];
      eligible[j] = user;
    }
    int[] users = Arrays.copyOf(eligible, count);
    Arrays.sort(users);
    int[] positives = new int[count];
    for (int i = 0; i < count; i++) {
      rng.key(seed, Stream.SAMPLER_PROBE, 1, users[i]);
      positives[i] =
          train.itemIds()[train.rowStart()[users[i]] + rng.nextInt(train.degree(users[i]))];
    }
    return new UserSample(users, positives);
  }

  int size() {
    return users.length;
  }
}
