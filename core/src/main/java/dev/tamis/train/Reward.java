package dev.tamis.train;

/** What items are worth to a user, as somebody else sees it. Safe for several threads. */
@FunctionalInterface
public interface Reward {
  /** Writes the worth of the first {@code count} items to the first numbers of {@code out}. */
  void reward(int user, int[] items, int count, float[] out);
}
