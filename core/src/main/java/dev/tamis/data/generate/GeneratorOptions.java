package dev.tamis.data.generate;

import dev.tamis.config.TamisException;

/**
 * How much data to make up.
 *
 * @param users 1 to 100 million
 * @param items 20 to 100 million
 * @param meanHistory how many items a user has on average, about; 6 to 1000
 * @param seed the same seed makes the same data
 */
public record GeneratorOptions(int users, int items, int meanHistory, long seed) {
  private static final int MOST = 100_000_000;

  public GeneratorOptions {
    check("users", users, 1, MOST);
    check("items", items, 20, MOST);
    check("items a user", meanHistory, 6, 1000);
  }

  /** 2,000 users, 1,000 items, about 30 items a user, seed 1. */
  public static GeneratorOptions defaults() {
    return new GeneratorOptions(2000, 1000, 30, 1);
  }

  public GeneratorOptions withUsers(int value) {
    return new GeneratorOptions(value, items, meanHistory, seed);
  }

  public GeneratorOptions withItems(int value) {
    return new GeneratorOptions(users, value, meanHistory, seed);
  }

  public GeneratorOptions withMeanHistory(int value) {
    return new GeneratorOptions(users, items, value, seed);
  }

  public GeneratorOptions withSeed(long value) {
    return new GeneratorOptions(users, items, meanHistory, value);
  }

  private static void check(String what, int value, int least, int most) {
    if (value < least || value > most) {
      throw TamisException.usage(
          "the number of " + what + " is " + value + "; it must be from " + least + " to " + most);
    }
  }
}
