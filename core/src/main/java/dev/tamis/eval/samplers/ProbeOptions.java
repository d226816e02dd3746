package dev.tamis.eval.samplers;

import dev.tamis.config.TamisException;
import java.util.List;

/**
 * What is measured of a sampler.
 *
 * @param users how many users are looked at, at most
 * @param seed keys which users and positives are looked at, and every draw
 * @param draws how many items are drawn for each user to compare with the law
 * @param sizes with how many drawn items a positive gradients are estimated
 * @param replicates how many estimates are made of each gradient; at least 2
 */
public record ProbeOptions(int users, long seed, int draws, List<Integer> sizes, int replicates) {
  /** The most users, and the most drawn items of one estimate. */
  public static final int MOST = 10_000;

  /** 100 users, seed 1, 10,000 draws; a thousand estimates by 5, 20 and 100 items. */
  public static final ProbeOptions DEFAULTS =
      new ProbeOptions(100, 1, 10_000, List.of(5, 20, 100), 1000);

  /**
   * @throws TamisException of kind USAGE if a number is out of range
   */
  public ProbeOptions {
    sizes = List.copyOf(sizes);
    within("users", users, 1, MOST);
    within("draws", draws, 1, 100_000_000);
    within("replicates", replicates, 2, 1_000_000);
    for (int size : sizes) {
      within("sizes", size, 1, MOST);
    }
  }

  private static void within(String name, int value, int least, int most) {
    if (value < least || value > most) {
      throw TamisException.usage(
          name + " must be from " + least + " to " + most + ", but is " + value);
    }
  }
}
