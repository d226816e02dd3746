package dev.tamis.sample;

import dev.tamis.math.ArrayLength;
import dev.tamis.math.Rng;
import dev.tamis.math.Stream;
import dev.tamis.model.Batch;
import dev.tamis.model.Candidates;
import dev.tamis.model.Pass;
import java.util.Arrays;

/**
 * A pool of items for each user, each item with a number that becomes its {@code logQ}. Candidates
 * are drawn from the user's pool uniformly, with replacement. 8 bytes a slot; item and number are
 * one word, so a draw reads memory once.
 */
public final class UserPools {
  private final int size;
  private final long[] slots; // [users x size] item in the upper half, bits of a float in the lower

  /**
   * Pools of so many slots each.
   *
   * @throws dev.tamis.config.TamisException of kind CONFIG if one array cannot hold them
   */
  public UserPools(int users, int size) {
    this.size = size;
    this.slots = new long[ArrayLength.of("pools of all users", size, users, "make pool smaller")];
  }

  /** Memory of pools in bytes, before they are made. */
  public static long bytes(int users, int size) {
    return 8L * users * size;
  }

  /** A word of {@link #slots}. */
  public static long slot(int item, float number) {
    return (long) item << 32 | Float.floatToRawIntBits(number) & 0xFFFFFFFFL;
  }

  /** The item of a slot. */
  public static int item(long slot) {
    return (int) (slot >>> 32);
  }

  /** The number of a slot. */
  public static float number(long slot) {
    return Float.intBitsToFloat((int) slot);
  }

  /** How many slots a pool has. */
  public int size() {
    return size;
  }

  /** [users x size] the slots, live. */
  public long[] slots() {
    return slots;
  }

  /** Where the pool of a user begins in {@link #slots}. */
  public int at(int user) {
    return user * size;
  }

  /** Draws the candidates of rows {@code from..to}; {@code posLogQ} becomes NaN. */
  public void propose(Batch batch, int from, int to, Candidates out, Pass pass, Rng rng) {
    for (int r = from; r < to; r++) {
      rng.key(pass.seed(), Stream.NEGATIVES, pass.step(), r);
      int pool = at(batch.users[r]);
      for (int e = out.at(r); e < out.at(r + 1); e++) {
        out.ids[e] = pool + rng.nextInt(size);
      }
    }
    // Apart from the draws, so that many slots are waited for at once.
    for (int e = out.at(from); e < out.at(to); e++) {
      long slot = slots[out.ids[e]];
      out.ids[e] = item(slot);
      out.logQ[e] = number(slot);
    }
    Arrays.fill(out.posLogQ, out.posStart[from], out.posStart[to], Float.NaN);
  }

  /** [items] the share that each item has of a user's pool. */
  public double[] shares(int user, int items) {
    double[] shares = new double[items];
    for (int s = at(user); s < at(user + 1); s++) {
      shares[item(slots[s])] += 1.0 / size;
    }
    return shares;
  }
}
