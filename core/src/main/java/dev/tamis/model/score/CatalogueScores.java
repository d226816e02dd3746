package dev.tamis.model.score;

import dev.tamis.math.ArrayLength;
import dev.tamis.math.Matrix;
import dev.tamis.model.Batch;
import dev.tamis.model.Candidates;
import dev.tamis.model.PairModel;

/**
 * The scores of all items for some users at a time, for one thread: a matrix product where the
 * score is a dot product, else item by item in blocks of candidates.
 */
public final class CatalogueScores {
  private static final int ITEMS_A_BLOCK = 256;

  private final PairModel model;
  private final Batch batch; // of users without positives
  private final Matrix q; // [users x width]
  private final InnerProducts products;
  private final Candidates block; // of items, the same for all users
  private final Scoring scoring; // null where scores are inner products

  /** For at most so many users at a time. */
  public CatalogueScores(PairModel model, int maxUsers) {
    this.model = model;
    this.batch = new Batch(maxUsers, 0);
    this.q = new Matrix(maxUsers, model.users().width());
    this.products = new InnerProducts(model.items());
    boolean inBlocks = !(model.score() instanceof DotScore);
    int width = inBlocks ? Math.min(model.items().items(), ITEMS_A_BLOCK) : 0;
    this.block = new Candidates(Candidates.Layout.PER_ROW, maxUsers, width);
    this.scoring = inBlocks ? model.score().newScoring(maxUsers, width) : null;
  }

  /**
   * How many scores some users have of all items.
   *
   * @throws dev.tamis.config.TamisException of kind CONFIG if one array cannot hold them
   */
  public static int size(int users, int items) {
    return ArrayLength.of(
        "scores of " + users + " users at a time",
        items,
        users,
        "leave rare items out, or draw by a sampler that does not score all items");
  }

  /** Writes the scores of users {@code firstUser..firstUser + count} to out, [count x items]. */
  public void score(int firstUser, int count, float[] out) {
    for (int r = 0; r < count; r++) {
      batch.users[r] = firstUser + r;
    }
    batch.rows = count;
    model.users().forward(batch.users, 0, count, q);
    if (scoring == null) {
      products.score(q.data, count, 0, model.items().items(), out);
    } else {
      scoreBlocks(count, out);
    }
  }

  private void scoreBlocks(int count, float[] out) {
    int n = model.items().items();
    int width = block.width;
    block.begin(batch);
    for (int from = 0; from < n; from += width) {
      int first = Math.min(from, n - width); // the last block goes over some items again
      for (int e = 0; e < block.at(count); e++) {
        block.ids[e] = first + e % width;
      }
      scoring.score(q, block, 0, count);
      for (int r = 0; r < count; r++) {
        System.arraycopy(block.score, block.at(r), out, r * n + first, width);
      }
    }
  }
}
