package dev.tamis.model;

import dev.tamis.data.Interactions;
import dev.tamis.math.Matrix;
import dev.tamis.model.score.DotScore;
import dev.tamis.model.score.InnerProducts;
import dev.tamis.model.tower.HistoryTower;
import dev.tamis.model.tower.TowerShape;
import dev.tamis.model.tower.UserRows;
import dev.tamis.rank.QueryBlock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Encodes a history as a vector and scores items by their inner product with it, plus the item's
 * bias. It ranks anyone with a history, whether trained on or not. Who a user is matters only where
 * trained users have nodes ({@link TowerShape#users}); of others, the node counts as zero.
 */
public final class EncoderModel implements ServableModel {
  /** The name of this kind of model in an artifact. */
  public static final String KIND = "encoder";

  /** The names of the tables beside the tower's. */
  public static final String ITEMS = "items";

  public static final String ITEM_BIAS = "item-bias";

  private static final int ENCODED_TOGETHER = 256;

  private final HistoryTower tower;
  private final Table items; // [items x query width]
  private final Table bias; // [items x 1]

  /** Takes over tower and tables, which are not copied. */
  public EncoderModel(HistoryTower tower, Table items, Table bias) {
    this.tower = tower;
    this.items = items;
    this.bias = bias;
  }

  /** The model that {@link #attributes()} and {@link #tables()} described. */
  public static EncoderModel restore(
      SortedMap<String, String> attributes, Map<String, Table> tables) {
    TowerShape shape = TowerShape.of(attributes);
    HistoryTower tower = new HistoryTower(shape, tables);
    List<String> known = new ArrayList<>(List.of(ITEMS, ITEM_BIAS));
    tower.tables().forEach(table -> known.add(table.name()));
    tower.userNodes().ifPresent(table -> known.add(table.name()));
    Restoring.refuseUnknown(KIND, tables.keySet(), known, "table");
    Restoring.refuseUnknown(KIND, attributes.keySet(), shape.attributes().keySet(), "attribute");
    String owner = Restoring.model(KIND);
    return new EncoderModel(
        tower,
        new TableShape(ITEMS, shape.items(), shape.queryWidth()).among(owner, tables),
        new TableShape(ITEM_BIAS, shape.items(), 1).among(owner, tables));
  }

  /**
   * The same model as pairs: every user's history encoded, as a row of a table. Costs that
   * encoding, and {@code users x width} floats; items and biases are not copied.
   *
   * @param known what is known of each user
   */
  public PairModel pairs(Interactions known) {
    Table queries = new Table(FactorModel.USERS, known.userCount(), items.width());
    HistoryTower.Encoding encoding = tower.newEncoding(ENCODED_TOGETHER);
    QueryBlock block = new QueryBlock(ENCODED_TOGETHER);
    for (int first = 0; first < known.userCount(); first += ENCODED_TOGETHER) {
      block.clear();
      int end = Math.min(first + ENCODED_TOGETHER, known.userCount());
      for (int user = first; user < end; user++) {
        block.append(user, known.itemIds(), known.rowStart()[user], known.rowStart()[user + 1]);
      }
      Matrix encoded = encoding.encode(block.users, block.historyStart, block.history, block.rows);
      System.arraycopy(
          encoded.data, 0, queries.values(), queries.at(first), (end - first) * items.width());
    }
    return new PairModel(
        new UserRows(queries), new DotScore(new ItemTable(items, Optional.of(bias))));
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public SortedMap<String, String> attributes() {
    return Collections.unmodifiableSortedMap(new TreeMap<>(tower.shape().attributes()));
  }

  @Override
  public List<Table> tables() {
    List<Table> all = new ArrayList<>(tower.tables());
    all.add(items);
    all.add(bias);
    tower.userNodes().ifPresent(all::add);
    return all;
  }

  @Override
  public Optional<Table> itemVectors() {
    return Optional.of(items);
  }

  @Override
  public OptionalInt userCount() {
    int users = tower.shape().users();
    return users == 0 ? OptionalInt.empty() : OptionalInt.of(users);
  }

  @Override
  public int itemCount() {
    return items.rows();
  }

  @Override
  public boolean ranksUnseenUsers() {
    return true;
  }

  @Override
  public Block newBlock(int maxRows) {
    return new Encoded(maxRows);
  }

  private final class Encoded implements Block {
    private final HistoryTower.Encoding encoding;
    private final InnerProducts products =
        new InnerProducts(new ItemTable(items, Optional.of(bias)));
    private final int maxRows;
    private Matrix queries;
    private int rows;

    Encoded(int maxRows) {
      this.encoding = tower.newEncoding(maxRows);
      this.maxRows = maxRows;
    }

    @Override
    public void load(QueryBlock block) {
      block.requireAtMost(maxRows);
      rows = block.rows;
      queries = encoding.encode(block.users, block.historyStart, block.history, rows);
    }

    @Override
    public void score(int fromItem, int toItem, float[] out) {
      products.score(queries.data, rows, fromItem, toItem, out);
    }
  }
}
