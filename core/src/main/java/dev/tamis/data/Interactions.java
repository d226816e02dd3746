package dev.tamis.data;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Objects;
import java.util.Optional;

/**
 * Who interacted with what: one row a user, items ascending, each pair once, with ratings and
 * timestamps where the source has them. Immutable by contract: the arrays are handed out without a
 * copy and must not be written to.
 */
public final class Interactions {
  private final IdMap users;
  private final IdMap items;
  private final int[] rowStart; // [users + 1]
  private final int[] itemIds; // [size], strictly ascending within a row
  private final float[] ratings; // [size], or null
  private final long[] timestamps; // [size], or null

  /**
   * Takes over the arrays.
   *
   * @param rowStart [users + 1]: the pairs of user {@code u} are {@code rowStart[u]..rowStart[u +
   *     1]}, so they never fall
   * @param itemIds dense item numbers, strictly ascending within a row
   * @param ratings parallel to {@code itemIds}, or null
   * @param timestamps parallel to {@code itemIds} (Unix seconds, or any number that orders time),
   *     or null
   * @throws IllegalArgumentException if the arrays do not fit each other, or an item is out of
   *     range or out of order
   */
  public Interactions(
      IdMap users, IdMap items, int[] rowStart, int[] itemIds, float[] ratings, long[] timestamps) {
    this.users = Objects.requireNonNull(users);
    this.items = Objects.requireNonNull(items);
    this.rowStart = rowStart;
    this.itemIds = itemIds;
    this.ratings = ratings;
    this.timestamps = timestamps;
    if (rowStart.length != users.size() + 1
        || rowStart[0] != 0
        || rowStart[users.size()] != itemIds.length) {
      throw new IllegalArgumentException(
          "row starts do not fit " + users.size() + " users and " + itemIds.length + " pairs");
    }
    if (ratings != null && ratings.length != itemIds.length
        || timestamps != null && timestamps.length != itemIds.length) {
      throw new IllegalArgumentException(
          "ratings or timestamps do not have " + itemIds.length + " entries");
    }
    for (int u = 0; u < users.size(); u++) {
      if (rowStart[u + 1] < rowStart[u] || rowStart[u + 1] > itemIds.length) {
        throw new IllegalArgumentException(
            "the row of user number "
                + u
                + " is out of range: it goes from "
                + rowStart[u]
                + " to "
                + rowStart[u + 1]
                + " of "
                + itemIds.length
                + " pairs");
      }
      int previous = -1;
      for (int e = rowStart[u]; e < rowStart[u + 1]; e++) {
        if (itemIds[e] <= previous || itemIds[e] >= items.size()) {
          throw new IllegalArgumentException(
              "items of user number " + u + " are out of order or out of range at entry " + e);
        }
        previous = itemIds[e];
      }
    }
  }

  public IdMap users() {
    return users;
  }

  public IdMap items() {
    return items;
  }

  public int userCount() {
    return users.size();
  }

  public int itemCount() {
    return items.size();
  }

  /** The number of pairs. */
  public int size() {
    return itemIds.length;
  }

  /**
   * [users + 1]: the pairs of user {@code u} are {@code rowStart[u]..rowStart[u + 1]}. Do not write
   * to it.
   */
  public int[] rowStart() {
    return rowStart;
  }

  /** [size] dense item numbers. Do not write to it. */
  public int[] itemIds() {
    return itemIds;
  }

  /** [size] ratings, where the source has them. Do not write to it. */
  public Optional<float[]> ratings() {
    return Optional.ofNullable(ratings);
  }

  /** [size] timestamps, where the source has them. Do not write to it. */
  public Optional<long[]> timestamps() {
    return Optional.ofNullable(timestamps);
  }

  /**
   * The same pairs among more users and items.
   *
   * @throws IllegalArgumentException if a user or an item is not there
   */
  public Interactions over(IdMap moreUsers, IdMap moreItems) {
    if (users.sameAs(moreUsers) && items.sameAs(moreItems)) {
      return this;
    }
    int[] start = new int[moreUsers.size() + 1];
    int mine = 0;
    for (int u = 0; u < moreUsers.size(); u++) {
      boolean same = mine < users.size() && moreUsers.index(users.id(mine)) == u;
      start[u + 1] = start[u] + (same ? degree(mine++) : 0);
    }
    if (mine < users.size()) {
      throw new IllegalArgumentException("user '" + users.id(mine) + "' is not among the others");
    }
    int[] number = new int[items.size()];
    for (int i = 0; i < number.length; i++) {
      number[i] = moreItems.index(items.id(i));
    }
    int[] ids = new int[itemIds.length];
    for (int e = 0; e < ids.length; e++) {
      ids[e] = number[itemIds[e]]; // -1 is refused by the constructor
    }
    return new Interactions(moreUsers, moreItems, start, ids, ratings, timestamps);
  }

  /** How many pairs a user has. */
  public int degree(int user) {
    return rowStart[user + 1] - rowStart[user];
  }

  /** Whether a user has an item: a binary search. */
  public boolean contains(int user, int item) {
    return java.util.Arrays.binarySearch(itemIds, rowStart[user], rowStart[user + 1], item) >= 0;
  }

  /** [items] how many users each item has. */
  public int[] itemCounts() {
    int[] counts = new int[itemCount()];
    for (int item : itemIds) {
      counts[item]++;
    }
    return counts;
  }

  /** Pairs divided by users times items. */
  public double density() {
    return size() / ((double) userCount() * itemCount());
  }

  /**
   * The SHA-256, in hexadecimal, of ids, pairs, ratings and timestamps: equal for equal data; other
   * data have another, as far as SHA-256 can be relied on.
   */
  public String fingerprint() {
    MessageDigest digest = Sha256.start();
    for (IdMap map : new IdMap[] {users, items}) {
      update(digest, map.ends());
      digest.update(map.bytes());
    }
    update(digest, rowStart);
    update(digest, itemIds);
    ByteBuffer word = ByteBuffer.allocate(8);
    for (int e = 0; ratings != null && e < ratings.length; e++) {
      digest.update(word.clear().putInt(Float.floatToIntBits(ratings[e])).flip());
    }
    for (int e = 0; timestamps != null && e < timestamps.length; e++) {
      digest.update(word.clear().putLong(timestamps[e]).flip());
    }
    digest.update(
        new byte[] {(byte) (ratings == null ? 0 : 1), (byte) (timestamps == null ? 0 : 1)});
    return Sha256.text(digest);
  }

  private static void update(MessageDigest digest, int[] values) {
    ByteBuffer chunk = ByteBuffer.allocate(8192);
    for (int value : values) {
      if (!chunk.hasRemaining()) {
        digest.update(chunk.flip());
        chunk.clear();
      }
      chunk.putInt(value);
    }
    digest.update(chunk.flip());
  }
}
