package dev.tamis.model;

import dev.tamis.config.TamisException;
import dev.tamis.kernels.Kernels;
import dev.tamis.solve.ItemMatrix;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A weight for every pair of items: the score of an item is the sum of what the items of a history
 * add to it, in their order. It ranks anyone with a history; without one all scores are 0.
 *
 * <p>Scoring costs {@code history x items} additions a query and no memory of its own.
 */
public final class ItemMatrixModel implements ServableModel {
  /** The name of this kind of model in an artifact. */
  public static final String KIND = "item-matrix";

  private static final String NAME = "weights-%06d";

  private final ItemMatrix weights;

  /** Takes over the weights: row {@code i} is what having item {@code i} adds to each item. */
  public ItemMatrixModel(ItemMatrix weights) {
    this.weights = weights;
  }

  /**
   * The model that {@link #attributes()} and {@link #tables()} described.
   *
   * @throws TamisException of kind BAD_DATA if a table is missing, unknown or of a wrong shape, or
   *     there are attributes (this kind has none)
   */
  public static ItemMatrixModel restore(
      SortedMap<String, String> attributes, Map<String, Table> tables) {
    Restoring.refuseUnknown(KIND, attributes.keySet(), List.of(), "attribute");
    int size = Restoring.table(KIND, tables, name(0)).width();
    String owner = Restoring.model(KIND);
    // Before an array is made for as many strips as that takes: a table has no more than it holds.
    new TableShape(name(0), ItemMatrix.stripRows(size, 0), size).among(owner, tables);
    float[][] strips = new float[ItemMatrix.stripCount(size)][];
    List<String> known = new ArrayList<>();
    for (int s = 0; s < strips.length; s++) {
      known.add(name(s));
      strips[s] =
          new TableShape(name(s), ItemMatrix.stripRows(size, s), size)
              .among(owner, tables)
              .values();
    }
    Restoring.refuseUnknown(KIND, tables.keySet(), known, "table");
    return new ItemMatrixModel(new ItemMatrix(size, strips));
  }

  private static String name(int strip) {
    return String.format(Locale.ROOT, NAME, strip);
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
    List<Table> tables = new ArrayList<>();
    for (int s = 0; s < weights.strips().length; s++) {
      int rows = ItemMatrix.stripRows(weights.size(), s);
      tables.add(new Table(name(s), rows, weights.size(), weights.strips()[s]));
    }
    return tables;
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
    return weights.size();
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
    int from = weights.at(item) + fromItem;
    Kernels.axpy(1, weights.stripOf(item), from, out, at, toItem - fromItem);
  }
}
