package dev.tamis.sample.index;

import dev.tamis.config.TamisException;
import dev.tamis.kernels.Workers;
import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Items in the cells of a product quantiser: each half of an item's vector has the nearest of K
 * codewords, found by k-means, and the pair of both is one of K x K cells (Babenko, Lempitsky: The
 * Inverted Multi-Index, CVPR 2012; in FastVAE, Chen et al., WWW 2022, section 4). The first half
 * has the number more where the width is odd. A cell has the number {@code k K + k'}; many are
 * empty where K x K is near the number of items.
 *
 * <p>Cost of a build: two fits of k-means on half of the width each, which go on from the codewords
 * of the build before. Memory: 28 bytes an item, 4 a cell, and the codebooks.
 */
public final class InvertedMultiIndex {
  /** Of k-means in a build; the next build goes on where they end. */
  private static final int ROUNDS = 10;

  private final int items;
  private final int codewords;
  private final int width;
  private final KMeans firstHalf;
  private final KMeans secondHalf;
  private final float[] firstColumns; // [firstWidth x codewords]
  private final float[] secondColumns; // [width - firstWidth x codewords]
  private final int[] fitted = {0}; // [1] whether there was a build
  private final int[] start; // [cells + 1] where the members of a cell begin
  private final int[] members; // [items] by cell, ascending inside
  private final int[] cells; // [items] the cell of an item
  private final int[] places; // [items] where an item is among the members

  /**
   * An index to be built.
   *
   * @param codewords of each half
   * @param width of item vectors
   * @throws TamisException of kind CONFIG if there are more codewords than items
   */
  public InvertedMultiIndex(int items, int codewords, int width) {
    if (codewords > items) {
      throw TamisException.config(
          codewords + " codewords are too many for " + items + " items; set codewords to fewer");
    }
    this.items = items;
    this.codewords = codewords;
    this.width = width;
    this.firstHalf = new KMeans(codewords, (width + 1) / 2, ROUNDS);
    this.secondHalf = new KMeans(codewords, width / 2, ROUNDS);
    this.firstColumns = new float[firstHalf.centers().length];
    this.secondColumns = new float[secondHalf.centers().length];
    this.start = new int[Math.multiplyExact(codewords, codewords) + 1];
    this.members = new int[items];
    this.cells = new int[items];
    this.places = new int[items];
  }

  /** Memory in bytes, with what so many threads draw cells by. */
  public static long bytes(int items, int codewords, int width, int threads) {
    return 28L * items + 8L * codewords * width + 4L * codewords * codewords * (threads + 1);
  }

  /**
   * Puts the items in cells by their vectors.
   *
   * @param vectors [items x width]
   */
  public void build(float[] vectors, long seed, Workers workers) {
    if (fitted[0] == 1) {
      firstHalf.resume();
      secondHalf.resume();
    }
    firstHalf.fit(vectors, 0, width, items, seed, workers);
    secondHalf.fit(vectors, firstWidth(), width, items, seed, workers);
    fitted[0] = 1;
    turn(firstHalf.centers(), firstColumns);
    turn(secondHalf.centers(), secondColumns);
    Arrays.fill(start, 0);
    for (int i = 0; i < items; i++) {
      cells[i] = firstHalf.codes()[i] * codewords + secondHalf.codes()[i];
      start[cells[i] + 1]++;
    }
    for (int cell = 0; cell < cells(); cell++) {
      start[cell + 1] += start[cell];
    }
    int[] next = start.clone();
    for (int i = 0; i < items; i++) {
      places[i] = next[cells[i]]++;
      members[places[i]] = i;
    }
  }

  private void turn(float[] rows, float[] columns) {
    int length = rows.length / codewords;
    for (int k = 0; k < codewords; k++) {
      for (int d = 0; d < length; d++) {
        columns[d * codewords + k] = rows[k * length + d];
      }
    }
  }

  public int items() {
    return items;
  }

  /** Of each half. */
  public int codewords() {
    return codewords;
  }

  /** How many cells there are, empty ones too. */
  public int cells() {
    return codewords * codewords;
  }

  /** Of item vectors. */
  public int width() {
    return width;
  }

  /** Of the codewords of the first half. */
  public int firstWidth() {
    return (width + 1) / 2;
  }

  /** [firstWidth x codewords] those of the first half, each a column, live. */
  public float[] firstColumns() {
    return firstColumns;
  }

  /** [width - firstWidth x codewords] those of the second half, each a column, live. */
  public float[] secondColumns() {
    return secondColumns;
  }

  /** [cells + 1] where the members of each cell begin, live. */
  public int[] start() {
    return start;
  }

  /** [items] by cell, ascending inside a cell, live. */
  public int[] members() {
    return members;
  }

  /** The cell of an item. */
  public int cell(int item) {
    return cells[item];
  }

  /** Where an item is among {@link #members}. */
  public int place(int item) {
    return places[item];
  }

  /** What the next build begins with: live arrays by name. */
  public SortedMap<String, Object> state() {
    TreeMap<String, Object> state = new TreeMap<>();
    state.put("first-codewords", firstHalf.centers());
    state.put("second-codewords", secondHalf.centers());
    state.put("fitted", fitted);
    return state;
  }
}
