package dev.tamis.eval.samplers;

import dev.tamis.config.TamisException;
import java.util.List;

/**
 * What is measured of a sampler.
 *
 * @param users how many users are looked at, at most
 * @param seed keys which users and positives are looked at, and every draw
 * @param draws after how many items drawn for each user they are compared with the softmax,
 *     ascending; the last is how many are drawn
 * @param sizes with how many drawn items a positive gradients are estimated; none to estimate none
 * @param replicates how many estimates are made of each gradient; at least 2
 */
public record ProbeOptions(
    int users, long seed, List<Integer> draws, List<Integer> sizes, int replicates) {
  /** The most users, and the most drawn items of one estimate. */
  public static final int MOST = 10_000;

  /**
   * 100 users, seed 1, 10,000 draws, looked at after 100 and 1,000 too; a thousand estimates by 5,
   * 20 and 100 items.
   */
  public static final ProbeOptions DEFAULTS =
      new ProbeOptions(100, 1, List.of(100, 1000, 10_000), List.of(5, 20, 100), 1000);

  /**
   * @throws TamisException of kind USAGE if a number is out of range
   */
  public ProbeOptions {
    draws = List.copyOf(draws);
    sizes = List.copyOf(sizes);
    within("users", users, 1, MOST);
    if (draws.isEmpty()) {
      throw TamisException.usage("draws must name a number, but names none");
    }
    int before = 0;
    for (int number : draws) {
      within("draws", number, 1, 100_000_000);
      if (number <= before) {
        throw TamisException.usage("draws must ascend, but " + number + " comes after " + before);
      }
      before = number;
    }
    within("replicates", replicates, 2, 1_000_000);
    for (int size : sizes) {
      within("sizes", size, 1, MOST);
    }
  }

  /** How many items are drawn for each user. */
  public int mostDraws() {
    return draws.get(draws.size() - 1);
  }

  /** The same without gradients. */
  public ProbeOptions withoutGradients() {
    return new ProbeOptions(users, seed, draws, List.of(), replicates);
  }

  private static void within(String name, int value, int least, int most) {
    if (value < least || value > most) {
      throw TamisException.usage(
          name + " must be from " + least + " to " + most + ", but is " + value);
    }
  }
}
