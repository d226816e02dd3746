package dev.tamis.train;

import dev.tamis.data.Interactions;
import dev.tamis.math.Rng;
import dev.tamis.math.Stream;
import dev.tamis.model.Batch;

/**
 * The users of the training data with their whole histories, each once an epoch, in an order drawn
 * for that epoch. Users without any item are left out.
 */
public final class UserBatches implements Batches {
  private final Interactions train;
  private final int batchRows;
  private final int[] users; // [users with items] ascending
  private final int[] order; // [users with items] of the epoch

  public UserBatches(Interactions train, int batchRows) {
    this.train = train;
    this.batchRows = batchRows;
    int[] found = new int[train.userCount()];
    int n = 0;
    for (int u = 0; u < found.length; u++) {
      if (train.degree(u) > 0) {
        found[n++] = u;
      }
    }
    this.users = java.util.Arrays.copyOf(found, n);
    this.order = users.clone();
  }

  @Override
  public long batchesPerEpoch() {
    return (users.length + (long) batchRows - 1) / batchRows;
  }

  /** Room for a batch; it grows with the histories. */
  @Override
  public Batch newBatch() {
    return new Batch(batchRows, batchRows);
  }

  @Override
  public void shuffle(long seed, int epoch) {
    System.arraycopy(users, 0, order, 0, users.length);
    Rng.keyed(seed, Stream.ORDER, epoch, 0).shuffle(order, 0, order.length);
  }

  @Override
  public void fill(Batch batch, long inEpoch) {
    int from = (int) (inEpoch * batchRows);
    batch.rows = Math.min(batchRows, order.length - from);
    int positives = 0;
    for (int r = 0; r < batch.rows; r++) {
      int user = order[from + r];
      int degree = train.degree(user);
      batch.users[r] = user;
      batch.posStart[r] = positives;
      batch.reservePositives(positives + degree);
      System.arraycopy(train.itemIds(), train.rowStart()[user], batch.posIds, positives, degree);
      positives += degree;
    }
    batch.posStart[batch.rows] = positives;
  }
}
