package dev.tamis.model;

import dev.tamis.model.score.DotScore;
import dev.tamis.model.score.InnerProducts;
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
 * A vector a user and a vector an item; the score is their inner product, plus the item's bias
 * where there is one. It knows only the users it was trained on: a history alone has no vector, so
 * {@link #ranksUnseenUsers()} is false.
 *
 * <p>Scoring costs {@code rows x items x width} multiply-adds and no memory beyond {@code maxRows x
 * width} floats a block ({@link InnerProducts}).
 */
public final class FactorModel implements ServableModel {
  /** The name of this kind of model in an artifact. */
  public static final String KIND = "factors";

  /** The names of its tables. */
  public static final String USERS = "users";

  public static final String ITEMS = "items";
  public static final String ITEM_BIAS = "item-bias";

  private final Table users; // [users x width]
  private final Table items; // [items x width]
  private final Optional<Table> itemBias; // [items x 1]

  /** A model without bias. The tables are not copied. */
  public FactorModel(Table users, Table items) {
    this(users, items, Optional.empty());
  }

  /**
   * Takes over the tables: users {@code [users x width]}, items {@code [items x width]} and, where
   * there is one, the bias {@code [items x 1]}. They keep the names of this class in the artifact,
   * whatever they are called here.
   *
   * @throws dev.tamis.config.TamisException of kind BAD_DATA if the shapes do not go together
   */
  public FactorModel(Table users, Table items, Optional<Table> itemBias) {
    String owner = Restoring.model(KIND);
    this.users = new TableShape(USERS, users.rows(), items.width()).of(owner, users);
    this.items = new TableShape(ITEMS, items.rows(), items.width()).of(owner, items);
    this.itemBias =
        itemBias.map(bias -> new TableShape(ITEM_BIAS, items.rows(), 1).of(owner, bias));
  }

  /**
   * The model that {@link #attributes()} and {@link #tables()} described.
   *
   * @throws dev.tamis.config.TamisException of kind BAD_DATA if a table is missing, unknown or of a
   *     wrong shape, or there are attributes (this kind has none)
   */
  public static FactorModel restore(
      SortedMap<String, String> attributes, Map<String, Table> tables) {
    Restoring.refuseUnknown(KIND, attributes.keySet(), List.of(), "attribute");
    Restoring.refuseUnknown(KIND, tables.keySet(), List.of(USERS, ITEMS, ITEM_BIAS), "table");
    return new FactorModel(
        Restoring.table(KIND, tables, USERS),
        Restoring.table(KIND, tables, ITEMS),
        Optional.ofNullable(tables.get(ITEM_BIAS)));
  }

  /** The same model as training has it; the tables are not copied. */
  public PairModel pairs() {
    return new PairModel(new UserRows(users), new DotScore(new ItemTable(items, itemBias)));
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
    List<Table> all = new ArrayList<>(List.of(users, items));
    itemBias.ifPresent(all::add);
    return List.copyOf(all);
  }

  @Override
  public Optional<Table> itemVectors() {
    return Optional.of(items);
  }

  @Override
  public OptionalInt userCount() {
    return OptionalInt.of(users.rows());
  }

  @Override
  public int itemCount() {
    return items.rows();
  }

  @Override
  public boolean ranksUnseenUsers() {
    return false;
  }

  @Override
  public Block newBlock(int maxRows) {
    return new FactorBlock(maxRows);
  }

  private final class FactorBlock implements Block {
    private final int maxRows;
    private final float[] vectors; // [maxRows x width]
    private final InnerProducts products = new InnerProducts(new ItemTable(items, itemBias));
    private int rows;

    FactorBlock(int maxRows) {
      this.maxRows = maxRows;
      this.vectors = new float[Math.multiplyExact(maxRows, items.width())];
    }

    @Override
    public void load(QueryBlock queries) {
      UserNumbers.gather(queries, maxRows, users, vectors);
      rows = queries.rows;
    }

    @Override
    public void score(int fromItem, int toItem, float[] out) {
      products.score(vectors, rows, fromItem, toItem, out);
    }
  }
}
