package dev.tamis.model;

import dev.tamis.math.ArrayLength;
import java.util.Arrays;

/**
 * A block of rows with their positives and candidates, in flat arrays. A proposal writes the ids,
 * the score function their scores, refiners their weights, and the objective replaces the scores by
 * gradients. Stages work on ranges of rows, so several threads can share one block; each touches
 * only its own rows.
 */
public final class Candidates {
  private static final int SCRATCH_OF_ALL = 256;

  /** Which candidates a row has. */
  public enum Layout {
    /** Its own: {@code ids} is [rows x width]. */
    PER_ROW,
    /** The same as all other rows of its group: {@code ids} is [groups x width]. */
    SHARED,
    /** All items: the column is the item, {@code ids} is not used. */
    ALL
  }

  public final Layout layout;
  public int rows;
  public int width; // candidates a row: L, M, or the number of items; never more than there is room
  // for
  public final int groupRows; // SHARED: rows of a group, the last of which may have fewer

  public final int[] ids; // PER_ROW [rows x width]; SHARED [groups x width]; ALL empty
  public final float[] score; // [rows x width]; an objective turns it into dLoss/dScore
  public final float[] logQ; // as long as ids: log-probability of each candidate up to a
  // constant a row; ALL empty
  public final float[]
      weight; // [rows x width] multiplicity or importance of a candidate; used only if weighted
  public boolean weighted; // false: every candidate of a row counts the same
  public boolean weightsFlow; // the weights of a row are a softmax of its scores, with gradient
  public final float[] scratch; // [rows x scratch width] for whoever is at work on these rows

  public int[] posStart; // [rows + 1]: the batch's
  public int[] posIds; // the batch's: positives of row r are posStart[r]..posStart[r + 1]
  public float[] posScore; // parallel to posIds; an objective turns it into dLoss/dScore
  public float[] posLogQ; // parallel to posIds: what logQ would be, had the positive been drawn
  private int first; // the row whose cells come first
  public final float[]
      rowWeight; // [rows] multiplies loss and gradients of a row; 1 / rows makes the mean

  /** Room for so many rows, with so many candidates each; rows that share them are one group. */
  public Candidates(Layout layout, int rows, int width) {
    this(layout, rows, width, rows);
  }

  /**
   * Room for so many rows, in groups of so many that share candidates.
   *
   * @throws dev.tamis.config.TamisException of kind CONFIG if one array cannot hold their scores
   */
  public Candidates(Layout layout, int rows, int width, int groupRows) {
    this(layout, rows, width, groupRows, rows);
  }

  private Candidates(Layout layout, int rows, int width, int groupRows, int heldRows) {
    this.layout = layout;
    this.rows = rows;
    this.width = width;
    this.groupRows = groupRows;
    int cells = cells("scores of a batch", layout, heldRows, width);
    int groups = (rows + groupRows - 1) / groupRows;
    this.score = new float[cells];
    int listed =
        layout == Layout.PER_ROW
            ? cells
            : layout == Layout.SHARED ? cells("candidates of groups", layout, groups, width) : 0;
    this.ids = new int[listed];
    this.logQ = new float[listed];
    this.weight = new float[layout == Layout.ALL ? 0 : cells];
    this.scratch = new float[heldRows * scratchWidth()];
    this.posScore = new float[rows];
    this.posLogQ = new float[layout == Layout.ALL ? 0 : rows];
    this.rowWeight = new float[rows];
    Arrays.fill(rowWeight, 1);
  }

  private Candidates(Candidates whole, int heldRows) {
    this.layout = whole.layout;
    this.width = whole.width;
    this.groupRows = whole.groupRows;
    int cells = cells("scores of some rows", layout, heldRows, width);
    this.ids = whole.ids;
    this.logQ = whole.logQ;
    this.score = new float[cells];
    this.weight = new float[cells];
    this.scratch = new float[cells];
    this.rowWeight = whole.rowWeight;
    show(whole, 0);
  }

  private static int cells(String array, Layout layout, int rows, int width) {
    String mend =
        layout == Layout.ALL
            ? "make batch-size smaller"
            : "make batch-size, or the negatives of a row, smaller";
    return ArrayLength.of(array, rows, width, mend);
  }

  /**
   * Lists of candidates, and positives, of rows that share them by groups. It has no cells: those
   * are in its {@link #window}s.
   */
  public static Candidates lists(int rows, int width, int groupRows) {
    return new Candidates(Layout.SHARED, rows, width, groupRows, 0);
  }

  /**
   * Cells for some rows of this block at a time ({@link #show}), whose lists, positives and weights
   * of rows it shares. So memory does not grow with rows times width, and stays in the cache.
   */
  public Candidates window(int heldRows) {
    return new Candidates(this, heldRows);
  }

  /** Moves a window to the rows from one on, of the batch that its whole has taken up. */
  public void show(Candidates whole, int from) {
    first = from;
    rows = whole.rows;
    width = whole.width;
    weighted = whole.weighted;
    weightsFlow = whole.weightsFlow;
    posStart = whole.posStart;
    posIds = whole.posIds;
    posScore = whole.posScore;
    posLogQ = whole.posLogQ;
  }

  /** Takes up the rows and positives of a batch. */
  public void begin(Batch batch) {
    rows = batch.rows;
    posStart = batch.posStart;
    posIds = batch.posIds;
    weighted = false;
    weightsFlow = false;
    int positives = batch.posStart[batch.rows];
    if (posScore.length < positives) {
      posScore = new float[Math.max(positives, posScore.length * 2)];
      posLogQ = layout == Layout.ALL ? posLogQ : new float[posScore.length];
    }
  }

  /** Where the candidates of a row begin in {@link #score} and {@link #weight}. */
  public int at(int row) {
    return (row - first) * width;
  }

  /** How many cells of {@link #scratch} a row has: a cell a candidate; of ALL at most a block. */
  public int scratchWidth() {
    return layout == Layout.ALL ? Math.min(width, SCRATCH_OF_ALL) : width;
  }

  /** Where the cells of a row begin in {@link #scratch}. */
  public int scratchAt(int row) {
    return (row - first) * scratchWidth();
  }

  /**
   * How many entries of the items' gradient the rows before one have: a row has its positives and
   * its candidates.
   */
  public int entriesBefore(int row) {
    return posStart[row] + at(row);
  }

  /** Where the candidates of a row begin in {@link #ids} and {@link #logQ}. */
  public int idsAt(int row) {
    return layout == Layout.PER_ROW ? row * width : row / groupRows * width;
  }
}
