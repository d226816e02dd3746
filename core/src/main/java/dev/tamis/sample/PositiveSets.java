package dev.tamis.sample;

import dev.tamis.config.TamisException;
import dev.tamis.data.Interactions;
import dev.tamis.math.ArrayLength;
import dev.tamis.math.Rng;

/**
 * Answers "is this item a positive of this user" fast when the answer is mostly no: a signature a
 * user of at least 16 bits a positive, then a binary search only where its bits are set. About 3
 * bytes an interaction, and at least 12 a user.
 */
public final class PositiveSets {
  private static final int BITS_A_POSITIVE = 16;
  private static final int LINE = 8; // words in a cache line

  private static long sink;

  private final Interactions pairs;
  private final long[] signature; // a power of two of words a user
  private final int[] start; // [users + 1] where a user's words begin

  /**
   * @throws TamisException of kind BAD_DATA if a user has every item: nothing could ever be drawn
   *     for that user
   */
  public PositiveSets(Interactions train) {
    this.pairs = train;
    this.start = new int[train.userCount() + 1];
    for (int u = 0; u < train.userCount(); u++) {
      if (train.degree(u) == train.itemCount()) {
        throw TamisException.badData(
            "user '"
                + train.users().id(u)
                + "' has all "
                + train.itemCount()
                + " items, so no negative can be drawn for it; remove the user or add items");
      }
      start[u + 1] =
          ArrayLength.of(
              "signatures of all users",
              (long) start[u] + words(train.degree(u)),
              "leave out pairs of users and items");
    }
    this.signature = new long[start[train.userCount()]];
    for (int u = 0; u < train.userCount(); u++) {
      for (int e = train.rowStart()[u]; e < train.rowStart()[u + 1]; e++) {
        int hash = hash(train.itemIds()[e]);
        signature[word(u, hash)] |= bits(hash);
      }
    }
  }

  /** Of nobody: no item is a positive of anyone, so that nothing is kept from being drawn. */
  public static PositiveSets none(Interactions train) {
    int[] starts = new int[train.userCount() + 1];
    return new PositiveSets(
        new Interactions(train.users(), train.items(), starts, new int[0], null, null));
  }

  /** Whether these are nobody's. */
  public boolean isEmpty() {
    return pairs.size() == 0;
  }

  /** The pairs of users and items that these are; none at all where they are of nobody. */
  public Interactions pairs() {
    return pairs;
  }

  /** Memory of the signatures in bytes, before they are made. */
  public static long bytes(Interactions train) {
    long words = 0;
    for (int u = 0; u < train.userCount(); u++) {
      words += words(train.degree(u));
    }
    return 8 * words + 4L * train.userCount();
  }

  /** Whether the user has the item. */
  public boolean contains(int user, int item) {
    int hash = hash(item);
    long bits = bits(hash);
    return (signature[word(user, hash)] & bits) == bits && pairs.contains(user, item);
  }

  /**
   * An item that the user does not have, every one of them with the same probability: draws evenly
   * among all until it is one. Expected cost: {@code items / (items - positives)} trials.
   */
  public int drawOther(int user, Rng rng) {
    int items = pairs.itemCount();
    int item = rng.nextInt(items);
    while (contains(user, item)) {
      item = rng.nextInt(items);
    }
    return item;
  }

  /**
   * The first place in {@code items[from..to)} where there is an item that the user has, or {@code
   * to}; quicker than to ask for one after another.
   */
  public int find(int user, int[] items, int from, int to) {
    int first = start[user];
    int mask = start[user + 1] - first - 1;
    for (int i = from; i < to; i++) {
      int hash = hash(items[i]);
      long bits = bits(hash);
      if ((signature[first + (hash >>> 6 & mask)] & bits) == bits
          && pairs.contains(user, items[i])) {
        return i;
      }
    }
    return to;
  }

  /**
   * Brings the signatures of some users into the cache together, because loads that do not depend
   * on each other are waited for at once.
   */
  public void fetch(int[] users, int from, int to) {
    long any = 0;
    for (int i = from; i < to; i++) {
      for (int w = start[users[i]]; w < start[users[i] + 1]; w += LINE) {
        any |= signature[w];
      }
    }
    // A use, or the reads would be optimised away; it happens so rarely that threads do not
    // contend.
    if (any == 1) {
      sink = any;
    }
  }

  private static int words(int degree) {
    int words = (int) (((long) degree * BITS_A_POSITIVE + Long.SIZE - 1) / Long.SIZE);
    return words <= 1 ? 1 : Integer.highestOneBit(words - 1) << 1;
  }

  /** The word that a hash chooses; its lowest six bits and its highest six choose two bits. */
  private int word(int user, int hash) {
    int first = start[user];
    return first + ((hash >>> 6) & (start[user + 1] - first - 1));
  }

  /** Two bits, because both of them being set by chance is rare: about once in 70 words. */
  private static long bits(int hash) {
    return 1L << hash | 1L << (hash >>> 26);
  }

  private static int hash(int item) {
    int mixed = item * 0x9E3779B1;
    return mixed ^ mixed >>> 16;
  }
}
