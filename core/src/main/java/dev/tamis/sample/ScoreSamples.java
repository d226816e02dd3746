package dev.tamis.sample;

import dev.tamis.kernels.Kernels;
import dev.tamis.math.ArrayLength;
import dev.tamis.model.RowFetch;

/**
 * For each user the scores of some items that were drawn for it: what a rank is estimated by. 4
 * bytes a score.
 */
public final class ScoreSamples {
  private final int size;
  private final float[] scores; // [users x size]

  /**
   * Room for so many scores of each user.
   *
   * @throws dev.tamis.config.TamisException of kind CONFIG if one array cannot hold them
   */
  public ScoreSamples(int users, int size) {
    this.size = size;
    this.scores =
        new float
            [ArrayLength.of(
                "scores of candidates of all users", size, users, "make candidates smaller")];
  }

  /** Memory in bytes, before it is taken. */
  public static long bytes(int users, int size) {
    return 4L * users * size;
  }

  /** How many scores a user has. */
  public int size() {
    return size;
  }

  /** Takes {@code from[at..at + size)} as the scores of a user. */
  public void put(int user, float[] from, int at) {
    System.arraycopy(from, at, scores, user * size, size);
  }

  /** Brings the scores of some users into the cache together. */
  public void fetch(int[] users, int from, int count) {
    RowFetch.fetch(scores, size, users, from, count);
  }

  /** How many scores of a user are above this one. */
  public int above(int user, float score) {
    return Kernels.countAbove(scores, user * size, size, score);
  }

  /** How many scores of a user are below this one. */
  public int below(int user, float score) {
    return size - Kernels.countAbove(scores, user * size, size, Math.nextDown(score));
  }
}
