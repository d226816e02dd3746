package dev.tamis.model;

import dev.tamis.rank.QueryBlock;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One score an item, the same for everybody: it ranks any query, with or without a user or a
 * history.
 */
public final class PopularityModel implements ServableModel {
  /** The name of this kind of model in an artifact. */
  public static final String KIND = "popularity";

  /** The name of its table. */
  public static final String SCORES = "scores";

  private final Table scores; // [items x 1]

  /**
   * Takes over the scores, {@code [items x 1]}.
   *
   * @throws dev.tamis.config.TamisException of kind BAD_DATA if the table is not of width 1
   */
  public PopularityModel(Table scores) {
    this.scores = new TableShape(SCORES, scores.rows(), 1).of(Restoring.model(KIND), scores);
  }

  /**
   * The model whose score of an item is how many users have it (exact up to 2^24).
   *
   * @param itemCounts [items], as {@link dev.tamis.data.Interactions#itemCounts()} gives it
   */
  public static PopularityModel ofCounts(int[] itemCounts) {
    float[] values = new float[itemCounts.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = itemCounts[i];
    }
    return new PopularityModel(new Table(SCORES, values.length, 1, values));
  }

  /**
   * The model that {@link #attributes()} and {@link #tables()} described.
   *
   * @throws dev.tamis.config.TamisException of kind BAD_DATA if the table is missing or of a wrong
   *     shape, or there is anything else
   */
  public static PopularityModel restore(
      SortedMap<String, String> attributes, Map<String, Table> tables) {
    Restoring.refuseUnknown(KIND, attributes.keySet(), List.of(), "attribute");
    Restoring.refuseUnknown(KIND, tables.keySet(), List.of(SCORES), "table");
    return new PopularityModel(Restoring.table(KIND, tables, SCORES));
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
    return List.of(scores);
  }

  @Override
  public Optional<Table> itemVectors() {
    return Optional.empty();
  }

  @Override
  public OptionalInt userCount() {
    return OptionalInt.empty();
  }

  @Override
  public int itemCount() {
    return scores.rows();
  }

  @Override
  public boolean ranksUnseenUsers() {
    return true;
  }

  @Override
  public Block newBlock(int maxRows) {
    return new PopularityBlock(maxRows);
  }

  private final class PopularityBlock implements Block {
    private final int maxRows;
    private int rows;

    PopularityBlock(int maxRows) {
      this.maxRows = maxRows;
    }

    @Override
    public void load(QueryBlock queries) {
      queries.requireAtMost(maxRows);
      rows = queries.rows;
    }

    @Override
    public void score(int fromItem, int toItem, float[] out) {
      int n = toItem - fromItem;
      for (int row = 0; row < rows; row++) {
        System.arraycopy(scores.values(), fromItem, out, row * n, n);
      }
    }
  }
}
