package dev.tamis.rank;

import dev.tamis.config.TamisException;
import dev.tamis.kernels.Kernels;

/**
 * Ranks blocks of queries on the calling thread: scores tiles of queries x items, takes the
 * excluded items out, keeps the best. Which items come out, and their scores, depends on the model
 * and the query alone, not on the block, the tiles or the thread. Scratch of one thread; allocates
 * nothing per block.
 *
 * <p>Memory: {@code maxRows} times (a tile row of floats, and at most {@code 2k} longs), and what
 * the scorer's block needs.
 */
public final class Ranker {
  /** Sees every tile of scores once, in the order of the items. */
  @FunctionalInterface
  public interface Tiles {
    /**
     * @param scores [rows x (toItem - fromItem)]; excluded items are negative infinity. Not to be
     *     written to
     */
    void tile(int fromItem, int toItem, float[] scores);
  }

  private static final Tiles UNSEEN = (fromItem, toItem, scores) -> {};
  private static final int TILE_FLOATS = 1 << 17; // half of a 1 MB second-level cache
  private static final int MOST_ROWS = 256;
  private static final long MOST_KEYS = 1 << 20; // 8 MB

  private final int itemCount;
  private final int maxRows;
  private final int k;
  private final int tileItems;
  private final Scorer.Block block;
  private final TopItems top;
  private final float[] tile; // [maxRows x tileItems]
  private final int[] positions; // [tileItems]
  private final int[] cursors; // [maxRows] how far into its exclusions each row is

  /** For blocks of at most {@code maxRows} queries and lists of {@code k} items. */
  public Ranker(Scorer scorer, int maxRows, int k) {
    this(scorer, maxRows, k, Math.max(64, TILE_FLOATS / maxRows));
  }

  /** With tiles of so many items; only speed depends on that. */
  public Ranker(Scorer scorer, int maxRows, int k, int tileItems) {
    this.itemCount = scorer.itemCount();
    this.maxRows = maxRows;
    this.k = k;
    this.tileItems = Math.max(1, Math.min(tileItems, itemCount));
    this.block = scorer.newBlock(maxRows);
    this.top = new TopItems(maxRows, k, itemCount);
    this.tile = new float[Math.multiplyExact(maxRows, this.tileItems)];
    this.positions = new int[this.tileItems];
    this.cursors = new int[maxRows];
  }

  /** A number of rows a block that is quick and keeps a thread's scratch to a few megabytes. */
  public static int rowsFor(int itemCount, int k) {
    long places = Math.max(Math.max(1, k), TopItems.capacity(k, itemCount));
    return (int) Math.max(1, Math.min(MOST_ROWS, MOST_KEYS / places));
  }

  /** The most queries a block may have. */
  public int maxRows() {
    return maxRows;
  }

  /**
   * Ranks every query of the block; each gets {@code min(k, eligible)} items. Query {@code r} goes
   * by row {@code firstRow + r} of the exclusions, and is answered in that row of {@code out}.
   *
   * @throws dev.tamis.config.TamisException of kind BAD_DATA if a score of an eligible item is NaN
   * @throws IllegalArgumentException if the block is too large, {@code out} is for another k, or
   *     the scorer refuses a query
   */
  public void rank(QueryBlock queries, Exclusions exclusions, Ranked out, int firstRow) {
    rank(queries, exclusions, out, firstRow, UNSEEN);
  }

  /** As {@link #rank(QueryBlock, Exclusions, Ranked, int)}, and shows the tiles to an onlooker. */
  public void rank(
      QueryBlock queries, Exclusions exclusions, Ranked out, int firstRow, Tiles onlooker) {
    int rows = queries.rows;
    if (rows > maxRows || out.k != k || exclusions.start().length <= firstRow + rows) {
      throw new IllegalArgumentException(
          rows
              + " queries for lists of "
              + out.k
              + " given to a ranker of at most "
              + maxRows
              + " for lists of "
              + k);
    }
    block.load(queries);
    top.clear(rows);
    System.arraycopy(exclusions.start(), firstRow, cursors, 0, rows);
    for (int from = 0; from < itemCount; from += tileItems) {
      int to = (int) Math.min(itemCount, (long) from + tileItems);
      int n = to - from;
      block.score(from, to, tile);
      for (int row = 0; row < rows; row++) {
        mask(exclusions, firstRow, row, from, to);
      }
      float max = Kernels.max(tile, 0, rows * n);
      if (max != max) {
        refuseNaN(rows, from, n);
      }
      for (int row = 0; row < rows; row++) {
        top.offer(row, tile, row * n, n, from, positions);
      }
      onlooker.tile(from, to, tile);
    }
    for (int row = 0; row < rows; row++) {
      top.write(row, exclusions, out, firstRow + row);
    }
  }

  private void mask(Exclusions exclusions, int firstRow, int row, int from, int to) {
    int[] items = exclusions.items();
    int end = exclusions.start()[firstRow + row + 1];
    int e = cursors[row];
    int at = row * (to - from) - from;
    for (; e < end && items[e] < to; e++) {
      tile[at + items[e]] = Float.NEGATIVE_INFINITY;
    }
    cursors[row] = e;
  }

  private void refuseNaN(int rows, int from, int n) {
    int at = 0;
    while (at < rows * n - 1 && tile[at] == tile[at]) {
      at++;
    }
    throw TamisException.badData(
        "the model's score of item number "
            + (from + at % n)
            + " for query "
            + at / n
            + " of a block is NaN; a model with NaN or infinite parameters cannot rank:"
            + " train it again, with a smaller learning rate");
  }
}
