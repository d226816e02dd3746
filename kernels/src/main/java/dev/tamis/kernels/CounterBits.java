package dev.tamis.kernels;

/**
 * Random bits as a function of a key of 128 bits and a counter: two rounds of a 64-bit finaliser
 * (Stafford's thirteenth variant of that of MurmurHash3, as in SplitMix64) over {@code first +
 * counter * GAMMA} and {@code second}.
 */
public final class CounterBits {
  /** 2^64 divided by the golden ratio: steps of it spread evenly. */
  public static final long GAMMA = 0x9E3779B97F4A7C15L;

  static final long MIX1 = 0xBF58476D1CE4E5B9L;
  static final long MIX2 = 0x94D049BB133111EBL;

  private CounterBits() {}

  /** The bits under a key that belong to a counter. */
  public static long at(long first, long second, long counter) {
    return mix(mix(first + counter * GAMMA) ^ second);
  }

  /** One round: a bijection of the 64-bit numbers in which every bit depends on every bit. */
  public static long mix(long z) {
    z = (z ^ (z >>> 30)) * MIX1;
    z = (z ^ (z >>> 27)) * MIX2;
    return z ^ (z >>> 31);
  }
}
