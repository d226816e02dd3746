package dev.tamis.sample;

import dev.tamis.config.TamisException;
import dev.tamis.data.Interactions;

/**
 * Answers "is this item a positive of this user" fast when the answer is mostly no: a 512-bit
 * signature a user, then a binary search only where a bit is set. 64 bytes a user.
 */
public final class PositiveSets {
  private static final int WORDS = 8;

  private final Interactions train;
  private final long[] signature; // [users x 8]

  /**
   * @throws TamisException of kind BAD_DATA if a user has every item: nothing could ever be drawn
   *     for that user
   */
  public PositiveSets(Interactions train) {
    this.train = train;
    this.signature = new long[Math.multiplyExact(train.userCount(), WORDS)];
    for (int u = 0; u < train.userCount(); u++) {
      if (train.degree(u) == train.itemCount()) {
        throw TamisException.badData(
            "user '"
                + train.users().id(u)
                + "' has all "
                + train.itemCount()
                + " items, so no negative can be drawn for it; remove the user or add items");
      }
      for (int e = train.rowStart()[u]; e < train.rowStart()[u + 1]; e++) {
        int hash = hash(train.itemIds()[e]);
        signature[u * WORDS + (hash >>> 6)] |= 1L << hash;
      }
    }
  }

  /** Whether the user has the item. */
  public boolean contains(int user, int item) {
    int hash = hash(item);
    return (signature[user * WORDS + (hash >>> 6)] & 1L << hash) != 0 && train.contains(user, item);
  }

  private static int hash(int item) {
    return (item * 0x9E3779B1) >>> 23;
  }
}
