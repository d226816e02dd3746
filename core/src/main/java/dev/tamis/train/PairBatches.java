package dev.tamis.train;

import dev.tamis.data.Interactions;
import dev.tamis.math.Rng;
import dev.tamis.math.Stream;
import dev.tamis.model.Batch;

/**
 * The pairs of the training data, each once an epoch, in an order drawn for that epoch. The pairs
 * themselves are put in order, so that a batch reads memory in a row.
 */
public final class PairBatches implements Batches {
  private final Interactions train;
  private final int batchRows;
  private final int[] users; // [pairs] in the epoch's order
  private final int[] items; // [pairs] in the epoch's order

  public PairBatches(Interactions train, int batchRows) {
    this.train = train;
    this.batchRows = batchRows;
    this.users = new int[train.size()];
    this.items = new int[train.size()];
  }

  @Override
  public long batchesPerEpoch() {
    return (train.size() + (long) batchRows - 1) / batchRows;
  }

  @Override
  public Batch newBatch() {
    Batch batch = new Batch(batchRows, batchRows);
    for (int r = 0; r <= batchRows; r++) {
      batch.posStart[r] = r;
    }
    return batch;
  }

  @Override
  public void shuffle(long seed, int epoch) {
    for (int u = 0; u < train.userCount(); u++) {
      java.util.Arrays.fill(users, train.rowStart()[u], train.rowStart()[u + 1], u);
    }
    System.arraycopy(train.itemIds(), 0, items, 0, items.length);
    Rng rng = Rng.keyed(seed, Stream.ORDER, epoch, 0);
    for (int i = users.length - 1; i > 0; i--) {
      int j = rng.nextInt(i + 1);
      int user = users[i];
      users[i] = users[j];
      users[j] = user;
      int item = items[i];
      items[i] = items[j];
      items[j] = item;
    }
  }

  @Override
  public void fill(Batch batch, long inEpoch) {
    int from = (int) (inEpoch * batchRows);
    batch.rows = Math.min(batchRows, users.length - from);
    System.arraycopy(users, from, batch.users, 0, batch.rows);
    System.arraycopy(items, from, batch.posIds, 0, batch.rows);
  }
}
