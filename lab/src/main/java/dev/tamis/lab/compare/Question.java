package dev.tamis.lab.compare;

import dev.tamis.config.TamisException;
import java.util.Optional;

/**
 * What is asked of a comparison.
 *
 * @param metric the one metric that decides, for example {@code ndcg@50}; all tests are about it
 * @param against the contender that all others are compared with; empty for all pairs. Fewer pairs
 *     are corrected for less, so more is found
 * @param resamples of the bootstrap, at least 100
 * @param seed of bootstrap and coins
 */
public record Question(String metric, Optional<String> against, int resamples, long seed) {
  /** The confidence of intervals. */
  public static final double CONFIDENCE = 0.95;

  /** What corrected p-values must be below. */
  public static final double LEVEL = 0.05;

  /** The probability of finding a difference at which the least detectable one is stated. */
  public static final double POWER = 0.8;

  public Question {
    if (resamples < 100 || resamples > 1_000_000) {
      throw TamisException.config(
          "a bootstrap needs from 100 to 1000000 resamples, but is given " + resamples);
    }
  }
}
