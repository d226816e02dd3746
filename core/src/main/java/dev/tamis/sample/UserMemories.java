package dev.tamis.sample;

import dev.tamis.math.ArrayLength;
import dev.tamis.model.Batch;

/**
 * A few items of each user that are worth drawing, renewed by the scores of a batch. What is
 * written during a step shows only after it: every row of a batch sees the memories that stood at
 * its beginning, whichever thread is at work on which row.
 */
public final class UserMemories {
  private static final String MEND = "make memory smaller";

  private final int size;
  private final int[] items; // [users x size]
  private final int[] pending; // [batch rows x size]

  /**
   * Memories of {@code size} items each.
   *
   * @throws dev.tamis.config.TamisException of kind CONFIG if one array cannot hold them
   */
  public UserMemories(int users, int size, int batchRows) {
    this.size = size;
    this.items = new int[ArrayLength.of("memories of all users", size, users, MEND)];
    this.pending = new int[ArrayLength.of("new memories of a batch", size, batchRows, MEND)];
  }

  /** Memory in bytes, before they are made. */
  public static long bytes(int users, int size, int batchRows) {
    return 4L * size * ((long) users + batchRows);
  }

  /** How many items a memory has. */
  public int size() {
    return size;
  }

  /** [users x size] live. */
  public int[] items() {
    return items;
  }

  /** Where the memory of a user begins in {@link #items}. */
  public int at(int user) {
    return user * size;
  }

  /** [batch rows x size] what each row would have its user remember. */
  public int[] pending() {
    return pending;
  }

  /** Where a row begins in {@link #pending}. */
  public int pendingAt(int row) {
    return row * size;
  }

  /** Takes up what the rows have written; of several rows of a user the first one counts. */
  public void commit(Batch batch) {
    for (int r = batch.rows - 1; r >= 0; r--) {
      System.arraycopy(pending, pendingAt(r), items, at(batch.users[r]), size);
    }
  }
}
