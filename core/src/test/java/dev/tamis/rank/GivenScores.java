package dev.tamis.rank;

import dev.tamis.math.Rng;
import dev.tamis.math.Stream;

/** A scorer that returns the scores it was given: user u has row {@code u mod users}. */
public final class GivenScores implements Scorer {
  private final int users;
  private final int items;
  private final float[] scores; // [users x items]
  private boolean ranksUnseenUsers = true;

  public GivenScores(int users, float... scores) {
    this.users = users;
    this.items = scores.length / users;
    this.scores = scores;
  }

  /**
   * Scores of so many kinds, one of them negative infinity if there are several, and zeros of both
   * signs.
   */
  public static GivenScores random(int users, int items, int kinds, long seed) {
    float[] scores = new float[users * items];
    Rng rng = Rng.keyed(seed, Stream.INITIAL, 0, 0);
    for (int i = 0; i < scores.length; i++) {
      int kind = rng.nextInt(kinds);
      scores[i] =
          kind == 3
              ? Float.NEGATIVE_INFINITY
              : kind == 0 ? (rng.nextInt(2) == 0 ? 0f : -0f) : (kind - kinds / 2) / 16f;
    }
    return new GivenScores(users, scores);
  }

  /** The same, but it refuses users it was not trained on. */
  public GivenScores trainedUsersOnly() {
    ranksUnseenUsers = false;
    return this;
  }

  public float score(int user, int item) {
    return scores[user * items + item];
  }

  @Override
  public int itemCount() {
    return items;
  }

  @Override
  public boolean ranksUnseenUsers() {
    return ranksUnseenUsers;
  }

  @Override
  public Block newBlock(int maxRows) {
    int[] rows = new int[maxRows];
    return new Block() {
      private int count;

      @Override
      public void load(QueryBlock queries) {
        count = queries.rows;
        for (int r = 0; r < count; r++) {
          rows[r] = Math.floorMod(queries.users[r], users);
        }
      }

      @Override
      public void score(int fromItem, int toItem, float[] out) {
        for (int r = 0; r < count; r++) {
          System.arraycopy(
              scores, rows[r] * items + fromItem, out, r * (toItem - fromItem), toItem - fromItem);
        }
      }
    };
  }
}
