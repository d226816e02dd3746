package dev.tamis.eval;

import dev.tamis.config.TamisException;
import dev.tamis.data.Interactions;
import dev.tamis.rank.QueryBlock;
import dev.tamis.rank.Scorer;

/** Ranks the items to find of blocks of rows. Scratch of one thread. */
final class SampledBlocks {
  private final Interactions input;
  private final SampledRows rows;
  private final int tileItems;
  private final Scorer.Block block;
  private final QueryBlock queries;
  private final float[] tile; // [maxRows x tileItems]
  private final float[] positiveScores; // [maxRows]
  private final float[] negativeScores; // [maxRows x most negatives]
  private final int[] scored; // [maxRows] how many negatives have their score

  SampledBlocks(Scorer scorer, Interactions input, SampledRows rows, int maxRows, int tileItems) {
    this.input = input;
    this.rows = rows;
    this.tileItems = Math.max(1, Math.min(tileItems, scorer.itemCount()));
    this.block = scorer.newBlock(maxRows);
    this.queries = new QueryBlock(maxRows);
    this.tile = new float[Math.multiplyExact(maxRows, this.tileItems)];
    this.positiveScores = new float[maxRows];
    this.negativeScores = new float[Math.multiplyExact(maxRows, rows.mostNegatives())];
    this.scored = new int[maxRows];
  }

  /** Writes the rank of the item to find of rows {@code from..to}: 1 is best. */
  void rank(int from, int to, int[] ranks) {
    queries.clear();
    for (int row = from; row < to; row++) {
      int user = rows.user(row);
      queries.append(user, input.itemIds(), input.rowStart()[user], input.rowStart()[user + 1]);
      scored[row - from] = 0;
    }
    block.load(queries);
    for (int first = 0; first < input.itemCount(); first += tileItems) {
      int end = (int) Math.min(input.itemCount(), (long) first + tileItems);
      block.score(first, end, tile);
      for (int row = from; row < to; row++) {
        pick(row, row - from, first, end);
      }
    }
    for (int row = from; row < to; row++) {
      ranks[row] = rows.positive(row) < 0 ? Integer.MAX_VALUE : rank(row - from);
    }
  }

  private void pick(int row, int r, int first, int end) {
    int at = r * (end - first) - first;
    int positive = rows.positive(row);
    if (positive >= first && positive < end) {
      positiveScores[r] = notNaN(tile[at + positive], positive, row);
    }
    int[] negatives = rows.negatives();
    int n = rows.start(row + 1) - rows.start(row);
    int next = scored[r];
    for (; next < n && negatives[rows.start(row) + next] < end; next++) {
      int item = negatives[rows.start(row) + next];
      negativeScores[r * rows.mostNegatives() + next] = notNaN(tile[at + item], item, row);
    }
    scored[r] = next;
  }

  private int rank(int r) {
    int base = r * rows.mostNegatives();
    int rank = 1;
    for (int i = base; i < base + scored[r]; i++) {
      rank += negativeScores[i] >= positiveScores[r] ? 1 : 0;
    }
    return rank;
  }

  private static float notNaN(float score, int item, int row) {
    if (score != score) {
      throw TamisException.badData(
          "the model's score of item number "
              + item
              + " for row "
              + row
              + " is NaN; a model with NaN or infinite parameters cannot rank:"
              + " train it again, with a smaller learning rate");
    }
    return score;
  }
}
