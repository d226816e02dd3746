package dev.tamis.math;

import static dev.tamis.kernels.CounterBits.GAMMA;
import static dev.tamis.kernels.CounterBits.mix;

import dev.tamis.kernels.CounterBits;
import dev.tamis.kernels.Kernels;

/**
 * Counter-based random numbers: the n-th number under a key is a function of the key and n alone,
 * so any row of any step can be drawn on any thread in any order. One object is scratch of one
 * thread; {@link #key} points it at another sequence without allocating.
 *
 * <p>The key (seed, stream, step, row) is mixed into 128 bits; the n-th output is {@link
 * CounterBits} of {@code n}. Period and independence are those of a hash, not of a recurrence.
 */
public final class Rng {
  private static final int BLOCK = 256;

  private long first;
  private long second;
  private long counter;
  private double spareGaussian;
  private boolean hasSpareGaussian;
  private long[] block; // [BLOCK] numbers that are on their way, once there were some

  /** Unkeyed scratch: call {@link #key} before drawing. */
  public Rng() {}

  /** A generator at the start of the sequence of this key. */
  public static Rng keyed(long seed, Stream stream, long step, long row) {
    return new Rng().key(seed, stream, step, row);
  }

  /** Points this generator at the start of the sequence of a key, and returns it. */
  public Rng key(long seed, Stream stream, long step, long row) {
    long a = mix(seed + GAMMA * (stream.number() + 1));
    long b = mix(step ^ mix(a + GAMMA));
    first = mix(b + mix(row + 0xD1B54A32D192ED03L));
    second = mix(first ^ mix(row * GAMMA + a));
    counter = 0;
    hasSpareGaussian = false;
    return this;
  }

  /** 64 random bits. */
  public long nextLong() {
    return CounterBits.at(first, second, ++counter);
  }

  /**
   * What {@link #nextLong} would give {@code n} times; quicker, for the numbers do not wait for one
   * another.
   */
  public void nextLongs(long[] out, int n) {
    Kernels.counterBits(first, second, counter + 1, out, n);
    counter += n;
  }

  /**
   * Puts a number in 0..bound in place of each bound in {@code bounds[from..to)}, as {@link
   * #nextInt} does, only quicker. It takes a number each, and those that are drawn again from what
   * comes after a block of them.
   *
   * @param bounds each at least 1
   */
  public void nextInts(int[] bounds, int from, int to) {
    block = block == null ? new long[BLOCK] : block;
    for (int at = from; at < to; at += BLOCK) {
      int n = Math.min(BLOCK, to - at);
      nextLongs(block, n);
      for (int i = 0; i < n; i++) {
        int bound = bounds[at + i];
        long product = (block[i] >>> 32) * bound;
        long low = product & 0xFFFFFFFFL;
        boolean again = low < bound && low < (1L << 32) % bound; // as in nextInt
        bounds[at + i] = again ? nextInt(bound) : (int) (product >>> 32);
      }
    }
  }

  /**
   * A number in 0..bound, each with exactly the same probability.
   *
   * @param bound at least 1
   */
  public int nextInt(int bound) {
    if (bound < 1) {
      throw new IllegalArgumentException("bound must be at least 1, but is " + bound);
    }
    // Lemire's multiply-and-reject: the high word is the draw, a low word below 2^32 mod bound is
    // drawn again.
    long product = (nextLong() >>> 32) * bound;
    long low = product & 0xFFFFFFFFL;
    if (low < bound) {
      long reject = (1L << 32) % bound;
      while (low < reject) {
        product = (nextLong() >>> 32) * bound;
        low = product & 0xFFFFFFFFL;
      }
    }
    return (int) (product >>> 32);
  }

  /** A multiple of 2^-24 in [0, 1). */
  public float nextFloat() {
    return (nextLong() >>> 40) * 0x1p-24f;
  }

  /** A multiple of 2^-53 in [0, 1). */
  public double nextDouble() {
    return (nextLong() >>> 11) * 0x1p-53;
  }

  /**
   * A standard normal number, by Marsaglia's polar method on {@link StrictMath}, whose bits are
   * specified.
   */
  public double nextGaussian() {
    if (hasSpareGaussian) {
      hasSpareGaussian = false;
      return spareGaussian;
    }
    double x;
    double y;
    double square;
    do {
      x = 2 * nextDouble() - 1;
      y = 2 * nextDouble() - 1;
      square = x * x + y * y;
    } while (square >= 1 || square == 0);
    double factor = StrictMath.sqrt(-2 * StrictMath.log(square) / square);
    spareGaussian = y * factor;
    hasSpareGaussian = true;
    return x * factor;
  }

  /** Puts {@code values[from..to)} in a uniformly random order (Fisher and Yates). */
  public void shuffle(int[] values, int from, int to) {
    for (int i = to - 1; i > from; i--) {
      int j = from + nextInt(i - from + 1);
      int value = values[i];
      values[i] = values[j];
      values[j] = value;
    }
  }
}
