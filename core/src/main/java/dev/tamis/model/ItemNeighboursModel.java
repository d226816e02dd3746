package dev.tamis.model;

import dev.tamis.config.TamisException;
import dev.tamis.solve.SparseRows;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Weights between some pairs of items: the score of an item is the sum of what the items of a
 * history add to it, in their order. It ranks anyone with a history; items that none of it is
 * related to have score 0.
 *
 * <p>An artifact keeps numbers of columns as floats, which are exact up to 2^24, so that is how
 * many items there may be.
 */
public final class ItemNeighboursModel implements ServableModel {
  /** The name of this kind of model in an artifact. */
  public static final String KIND = "item-neighbours";

  /** The most items: whole numbers up to this are floats. */
  public static final int MOST_ITEMS = 1 << 24;

  /** The names of its tables. */
  public static final String COUNTS = "counts";

  public static final String COLUMNS = "columns";
  public static final String WEIGHTS = "weights";

  private final SparseRows weights;

  /**
   * Takes over the weights: row {@code i} is what having item {@code i} adds to other items.
   *
   * @throws TamisException of kind CONFIG if there are more than {@link #MOST_ITEMS}
   */
  public ItemNeighboursModel(SparseRows weights) {
    requireNumbered(weights.rowCount());
    this.weights = weights;
  }

  /**
   * Refuses catalogues whose numbers are not floats.
   *
   * @throws TamisException of kind CONFIG if there are more than {@link #MOST_ITEMS}
   */
  public static void requireNumbered(int items) {
    if (items > MOST_ITEMS) {
      throw TamisException.config(
          "weights between items are kept for at most "
              + MOST_ITEMS
              + " items, but there are "
              + items
              + "; drop rare items (--min-item-degree), or use wrmf");
    }
  }

  /**
   * The model that {@link #attributes()} and {@link #tables()} described.
   *
   * @throws TamisException of kind BAD_DATA if a table is missing, unknown or of a wrong shape,
   *     counts or columns are not what they should be, or there are attributes (this kind has none)
   */
  public static ItemNeighboursModel restore(
      SortedMap<String, String> attributes, Map<String, Table> tables) {
    Restoring.refuseUnknown(KIND, attributes.keySet(), List.of(), "attribute");
    Restoring.refuseUnknown(KIND, tables.keySet(), List.of(COUNTS, COLUMNS, WEIGHTS), "table");
    Table counts = Restoring.table(KIND, tables, COUNTS);
    Table values = Restoring.table(KIND, tables, WEIGHTS);
    String owner = Restoring.model(KIND);
    int items = new TableShape(COUNTS, counts.rows(), 1).of(owner, counts).rows();
    int total = new TableShape(WEIGHTS, values.rows(), 1).of(owner, values).rows();
    float[] columns = new TableShape(COLUMNS, total, 1).among(owner, tables).values();
    int[] start = new int[items + 1];
    for (int i = 0; i < items; i++) {
      start[i + 1] = start[i] + whole(COUNTS, counts.values()[i], 0, total - start[i]);
    }
    if (start[items] != total) {
      throw TamisException.badData(
          "table '" + COUNTS + "' adds up to " + start[items] + ", but there are " + total);
    }
    int[] numbers = new int[total];
    for (int i = 0; i < items; i++) {
      int least = 0;
      for (int e = start[i]; e < start[i + 1]; e++) {
        numbers[e] = whole(COLUMNS, columns[e], least, items - 1);
        least = numbers[e] + 1;
      }
    }
    return new ItemNeighboursModel(new SparseRows(start, numbers, values.values(), items));
  }

  private static int whole(String table, float value, int least, int most) {
    if (!(value >= least && value <= most && value == (int) value)) {
      throw TamisException.badData(
          "table '"
              + table
              + "' of a model of kind '"
              + KIND
              + "' has "
              + value
              + " where a whole number from "
              + least
              + " to "
              + most
              + " must be");
    }
    return (int) value;
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public SortedMap<String, String> attributes() {
    return Collections.unmodifiableSortedMap(new TreeMap<>());
  }

  @Override
  public List<Table> tables() {
    Table counts = new Table(COUNTS, weights.rowCount(), 1);
    for (int i = 0; i < weights.rowCount(); i++) {
      counts.values()[i] = weights.degree(i);
    }
    int total = weights.columns().length;
    Table columns = new Table(COLUMNS, total, 1);
    for (int e = 0; e < total; e++) {
      columns.values()[e] = weights.columns()[e];
    }
    return List.of(counts, columns, new Table(WEIGHTS, total, 1, weights.values()));
  }

  @Override
  public Optional<Table> itemVectors() {
    return Optional.empty();
  }

  @Override
  public boolean relatesItems() {
    return true;
  }

  @Override
  public OptionalInt userCount() {
    return OptionalInt.empty();
  }

  @Override
  public int itemCount() {
    return weights.rowCount();
  }

  @Override
  public boolean ranksUnseenUsers() {
    return true;
  }

  @Override
  public Block newBlock(int maxRows) {
    return new SummedWeights(maxRows, this::add);
  }

  private void add(int item, int fromItem, int toItem, float[] out, int at) {
    int[] columns = weights.columns();
    int end = weights.start()[item + 1];
    int e = Arrays.binarySearch(columns, weights.start()[item], end, fromItem);
    for (e = e < 0 ? -1 - e : e; e < end && columns[e] < toItem; e++) {
      out[at + columns[e] - fromItem] += weights.values()[e];
    }
  }
}
