package dev.tamis.train;

import dev.tamis.data.Interactions;
import dev.tamis.math.Rng;
import dev.tamis.math.Stream;
import dev.tamis.model.Batch;

/**
 * The users of the training data with their whole histories, each once an epoch, in an order drawn
 * for that epoch. Users without any item are left out.
 *
 * <p>Histories may be cut in two, anew in each epoch: what is hidden from an encoder and must be
 * predicted, and what it reads. So an item is never predicted from itself, which a model whose code
 * is as wide as a history is long would learn first (Steck: Autoencoders that don't overfit towards
 * the Identity, NeurIPS 2020).
 */
public final class UserBatches implements Batches {
  private final Interactions train;
  private final int batchRows;
  private final int[] users; // [users with items] ascending
  private final int[] order; // [users with items] of the epoch
  private final double hidden;
  private final Rng rng = new Rng();
  private long seed;
  private int epoch;

  /** Whole histories, read and predicted. */
  public UserBatches(Interactions train, int batchRows) {
    this(train, batchRows, 0);
  }

  /**
   * @param hidden the probability with which an item of a history is hidden and to be predicted; 0
   *     if all are read and predicted
   */
  public UserBatches(Interactions train, int batchRows, double hidden) {
    this.train = train;
    this.batchRows = batchRows;
    this.hidden = hidden;
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
    Batch batch = new Batch(batchRows, batchRows);
    if (hidden > 0) {
      batch.separateHistories();
    }
    return batch;
  }

  @Override
  public void shuffle(long seed, int epoch) {
    this.seed = seed;
    this.epoch = epoch;
    System.arraycopy(users, 0, order, 0, users.length);
    Rng.keyed(seed, Stream.ORDER, epoch, 0).shuffle(order, 0, order.length);
  }

  @Override
  public void fill(Batch batch, long inEpoch) {
    int from = (int) (inEpoch * batchRows);
    batch.rows = Math.min(batchRows, order.length - from);
    if (hidden > 0) {
      fillInTwo(batch, from);
      return;
    }
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

  private void fillInTwo(Batch batch, int from) {
    int positives = 0;
    int read = 0;
    for (int r = 0; r < batch.rows; r++) {
      int user = order[from + r];
      batch.users[r] = user;
      batch.posStart[r] = positives;
      batch.historyStart()[r] = read;
      batch.reservePositives(positives + train.degree(user));
      batch.reserveHistories(read + train.degree(user));
      rng.key(seed, Stream.HIDDEN, epoch, user);
      for (int e = train.rowStart()[user]; e < train.rowStart()[user + 1]; e++) {
        if (rng.nextFloat() < hidden) {
          batch.posIds[positives++] = train.itemIds()[e];
        } else {
          batch.histories()[read++] = train.itemIds()[e];
        }
      }
    }
    batch.posStart[batch.rows] = positives;
    batch.historyStart()[batch.rows] = read;
  }
}
