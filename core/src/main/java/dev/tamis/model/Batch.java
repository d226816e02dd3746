package dev.tamis.model;

import dev.tamis.math.ArrayLength;

/**
 * The rows of one training step: for each its user and its positives. A pair model has one positive
 * a row; an autoencoder has a user's whole history. Reused from step to step.
 */
public final class Batch {
  public int rows;
  public int[] users; // [rows] dense user numbers
  public int[] posStart; // [rows + 1]
  public int[] posIds; // positives of row r are posIds[posStart[r]..posStart[r + 1])
  private int[] historyStart; // [rows + 1], null where encoders read the positives
  private int[] historyIds; // [histories]

  /** Room for some rows and positives. */
  public Batch(int rows, int positives) {
    users = new int[rows];
    posStart = new int[rows + 1];
    posIds = new int[positives];
  }

  /** Takes each row of another batch so many times, one after another. */
  public void repeat(Batch other, int times) {
    reservePositives(
        ArrayLength.of(
            "positives of a batch, repeated",
            times,
            other.posStart[other.rows],
            "make batch-size or samples smaller"));
    rows = other.rows * times;
    for (int r = 0; r < rows; r++) {
      int from = other.posStart[r / times];
      int count = other.posStart[r / times + 1] - from;
      users[r] = other.users[r / times];
      System.arraycopy(other.posIds, from, posIds, posStart[r], count);
      posStart[r + 1] = posStart[r] + count;
    }
  }

  /** Makes what encoders read something else than the positives. */
  public void separateHistories() {
    historyStart = new int[posStart.length];
    historyIds = new int[posIds.length];
  }

  /** [rows + 1] where the histories that encoders read begin in {@link #histories}. */
  public int[] historyStart() {
    return historyStart == null ? posStart : historyStart;
  }

  /** The histories that encoders read. */
  public int[] histories() {
    return historyStart == null ? posIds : historyIds;
  }

  /** Makes room for at least so many positives; what was there is kept. */
  public void reservePositives(int positives) {
    if (positives > posIds.length) {
      posIds =
          java.util.Arrays.copyOf(posIds, Math.max(positives, posIds.length + posIds.length / 2));
    }
  }

  /** The same for the histories that encoders read, once they are something else. */
  public void reserveHistories(int items) {
    if (items > historyIds.length) {
      historyIds =
          java.util.Arrays.copyOf(
              historyIds, Math.max(items, historyIds.length + historyIds.length / 2));
    }
  }
}
