package dev.tamis.model;

import dev.tamis.config.TamisException;
import dev.tamis.data.feature.FeatureEncoding;
import dev.tamis.data.feature.FeatureEncodings;
import dev.tamis.data.feature.FeatureLists;
import dev.tamis.data.feature.Features;
import dev.tamis.kernels.Kernels;
import dev.tamis.math.ArrayLength;
import dev.tamis.model.score.InnerProducts;
import dev.tamis.model.tower.FeatureTower;
import dev.tamis.model.tower.FeatureTowerShape;
import dev.tamis.rank.QueryBlock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Vectors of users and items, worked out once, and beside them the towers that made them of
 * features: so that users and items can be scored that have features alone. The score is an inner
 * product, plus the item's bias where there is one.
 *
 * <p>A query without a trained user is the mean of the vectors of its history, brought to the
 * length of a user's vector where those have one length; all zero without a history.
 */
public final class TwoTowerModel implements ServableModel {
  /** The name of this kind of model in an artifact. */
  public static final String KIND = "towers";

  private static final String NORMALISED = "normalised";
  private static final String SCALE = "scale";
  private static final float LEAST_SQUARE = 1e-12f;

  private final FactorModel vectors;
  private final Table users; // [users x width]
  private final Table items; // [items x width]
  private final Optional<Table> itemBias; // [items x 1]
  private final Optional<Side> itemSide;
  private final Optional<Side> userSide;
  private final boolean normalised;
  private final float scale;

  /**
   * How vectors are made of features.
   *
   * @param tower over the rows that the encoding names; rows of items or users themselves are in
   *     their vectors already
   */
  public record Side(FeatureEncoding encoding, FeatureTower tower) {
    /** [rows of the features x width] the vectors of things known by their features alone. */
    Table vectors(String name, Features features) {
      FeatureLists lists = encoding.lists(features);
      Table made = new Table(name, lists.size(), tower.shape().width());
      tower.fill(lists, made);
      return made;
    }
  }

  /**
   * Takes over the tables, which are not copied.
   *
   * @param normalised whether users' vectors have one length, which is {@code scale}
   */
  public TwoTowerModel(
      Table users,
      Table items,
      Optional<Table> itemBias,
      Optional<Side> itemSide,
      Optional<Side> userSide,
      boolean normalised,
      float scale) {
    this.vectors = new FactorModel(users, items, itemBias);
    this.users = users;
    this.items = items;
    this.itemBias = itemBias;
    this.itemSide = itemSide;
    this.userSide = userSide;
    this.normalised = normalised;
    this.scale = scale;
  }

  /**
   * The model that {@link #attributes()}, {@link #tables()} and {@link #encodings()} described.
   *
   * @throws TamisException of kind BAD_DATA if anything is missing, unknown or of a wrong shape
   */
  public static TwoTowerModel restore(
      SortedMap<String, String> attributes, Map<String, Table> tables, FeatureEncodings encodings) {
    Table users = Restoring.table(KIND, tables, FactorModel.USERS);
    boolean normalised = truth(text(attributes, NORMALISED));
    float scale = scale(text(attributes, SCALE));
    List<String> known = new ArrayList<>(List.of(NORMALISED, SCALE));
    List<String> knownTables =
        new ArrayList<>(List.of(FactorModel.USERS, FactorModel.ITEMS, FactorModel.ITEM_BIAS));
    List<Optional<Side>> sides = new ArrayList<>();
    for (String name : List.of("item", "user")) {
      Optional<FeatureEncoding> encoding =
          name.equals("item") ? encodings.items() : encodings.users();
      Optional<Side> side = Optional.empty();
      if (encoding.isPresent()) {
        known.add(name + "-layers");
        FeatureTowerShape shape =
            new FeatureTowerShape(
                name,
                users.width(),
                widths(text(attributes, name + "-layers")),
                normalised,
                name.equals("user") ? scale : 1);
        FeatureTower tower = new FeatureTower(shape, encoding.get().rows(), tables);
        knownTables.add(shape.vectors());
        shape.layers().forEach(table -> knownTables.add(table.name()));
        side = Optional.of(new Side(encoding.get(), tower));
      }
      sides.add(side);
    }
    Restoring.refuseUnknown(KIND, attributes.keySet(), known, "attribute");
    Restoring.refuseUnknown(KIND, tables.keySet(), knownTables, "table");
    return new TwoTowerModel(
        users,
        Restoring.table(KIND, tables, FactorModel.ITEMS),
        Optional.ofNullable(tables.get(FactorModel.ITEM_BIAS)),
        sides.get(0),
        sides.get(1),
        normalised,
        scale);
  }

  private static String text(SortedMap<String, String> attributes, String name) {
    String text = attributes.get(name);
    if (text == null) {
      throw TamisException.badData(
          "a model of kind '" + KIND + "' needs an attribute '" + name + "'");
    }
    return text;
  }

  private static boolean truth(String text) {
    if (!text.equals("true") && !text.equals("false")) {
      throw TamisException.badData("attribute '" + NORMALISED + "' must be true or false");
    }
    return text.equals("true");
  }

  private static float scale(String text) {
    float scale = Float.NaN;
    if (text.matches("[0-9.E-]{1,20}")) {
      try {
        scale = Float.parseFloat(text);
      } catch (NumberFormatException e) {
        scale = Float.NaN;
      }
    }
    if (!(scale > 0) || Float.isInfinite(scale)) {
      throw TamisException.badData(
          "attribute '" + SCALE + "' must be a number above 0, but is '" + text + "'");
    }
    return scale;
  }

  private static List<Integer> widths(String text) {
    List<Integer> widths = new ArrayList<>();
    for (String part : text.equals("0") ? new String[0] : text.split(",", -1)) {
      if (!part.matches("[1-9][0-9]{0,5}") || widths.size() == 64) {
        throw TamisException.badData(
            "the widths of layers must be whole numbers with commas between them, or 0, but are '"
                + text
                + "'");
      }
      widths.add(Integer.parseInt(part));
    }
    return widths;
  }

  /**
   * This model with further items, known by their features alone; their numbers follow those of the
   * items there are. A bias is 0.
   *
   * @throws TamisException of kind USAGE if the model knows no features of items
   */
  public TwoTowerModel withItems(Features features) {
    Table more = sideOf(itemSide, "items").vectors(FactorModel.ITEMS, features);
    return new TwoTowerModel(
        users,
        joined(items, more),
        itemBias.map(bias -> joined(bias, new Table(bias.name(), more.rows(), 1))),
        itemSide,
        userSide,
        normalised,
        scale);
  }

  /**
   * This model with further users, known by their features alone; their numbers follow those of the
   * users there are.
   *
   * @throws TamisException of kind USAGE if the model knows no features of users
   */
  public TwoTowerModel withUsers(Features features) {
    Table more = sideOf(userSide, "users").vectors(FactorModel.USERS, features);
    return new TwoTowerModel(
        joined(users, more), items, itemBias, itemSide, userSide, normalised, scale);
  }

  /** This model with its items in another order: item {@code i} was {@code source[i]}. */
  public TwoTowerModel inOrderOfItems(int[] source) {
    return new TwoTowerModel(
        users,
        inOrder(items, source),
        itemBias.map(bias -> inOrder(bias, source)),
        itemSide,
        userSide,
        normalised,
        scale);
  }

  /** The same of its users. */
  public TwoTowerModel inOrderOfUsers(int[] source) {
    return new TwoTowerModel(
        inOrder(users, source), items, itemBias, itemSide, userSide, normalised, scale);
  }

  private static Table inOrder(Table table, int[] source) {
    Table ordered = new Table(table.name(), source.length, table.width());
    for (int row = 0; row < source.length; row++) {
      System.arraycopy(
          table.values(), table.at(source[row]), ordered.values(), ordered.at(row), table.width());
    }
    return ordered;
  }

  private static Side sideOf(Optional<Side> side, String whose) {
    return side.orElseThrow(
        () ->
            TamisException.usage(
                "this model knows no features of "
                    + whose
                    + ", so none can be added by theirs; train it with a file of them"));
  }

  private static Table joined(Table first, Table second) {
    int length =
        ArrayLength.of(
            "numbers of table '" + first.name() + "' with what is added",
            (long) first.values().length + second.values().length,
            "add fewer");
    float[] values = Arrays.copyOf(first.values(), length);
    System.arraycopy(second.values(), 0, values, first.values().length, second.values().length);
    return new Table(first.name(), first.rows() + second.rows(), first.width(), values);
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public SortedMap<String, String> attributes() {
    SortedMap<String, String> attributes = new TreeMap<>();
    attributes.put(NORMALISED, Boolean.toString(normalised));
    attributes.put(SCALE, Float.toString(scale));
    itemSide.ifPresent(side -> putLayers(attributes, side.tower().shape()));
    userSide.ifPresent(side -> putLayers(attributes, side.tower().shape()));
    return Collections.unmodifiableSortedMap(attributes);
  }

  private static void putLayers(SortedMap<String, String> attributes, FeatureTowerShape shape) {
    StringBuilder widths = new StringBuilder();
    for (int width : shape.hidden()) {
      widths.append(widths.length() == 0 ? "" : ",").append(width);
    }
    attributes.put(shape.side() + "-layers", widths.length() == 0 ? "0" : widths.toString());
  }

  @Override
  public List<Table> tables() {
    List<Table> all = new ArrayList<>(vectors.tables());
    for (Optional<Side> side : List.of(itemSide, userSide)) {
      if (side.isPresent()) {
        all.add(side.get().tower().vectors());
        all.addAll(side.get().tower().layers());
      }
    }
    return List.copyOf(all);
  }

  @Override
  public FeatureEncodings encodings() {
    return new FeatureEncodings(itemSide.map(Side::encoding), userSide.map(Side::encoding));
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
    return true;
  }

  @Override
  public Block newBlock(int maxRows) {
    return new TowerBlock(maxRows);
  }

  private final class TowerBlock implements Block {
    private final int maxRows;
    private final int width = items.width();
    private final float[] queries; // [maxRows x width]
    private final InnerProducts products = new InnerProducts(new ItemTable(items, itemBias));
    private float[] share = {}; // [history]
    private int rows;

    TowerBlock(int maxRows) {
      this.maxRows = maxRows;
      this.queries = new float[Math.multiplyExact(maxRows, width)];
    }

    @Override
    public void load(QueryBlock block) {
      block.requireAtMost(maxRows);
      rows = block.rows;
      for (int row = 0; row < rows; row++) {
        if (UserNumbers.isTrained(block, row, users)) {
          UserNumbers.copy(block, row, users, queries);
        } else {
          meanOf(block, row);
        }
      }
    }

    private void meanOf(QueryBlock block, int row) {
      int from = block.historyStart[row];
      int count = block.historyStart[row + 1] - from;
      if (share.length < count) {
        share = new float[count];
      }
      Arrays.fill(share, 0, count, 1f / count);
      Arrays.fill(queries, row * width, (row + 1) * width, 0);
      Kernels.axpyRows(
          share, 0, items.values(), width, block.history, from, count, queries, row * width);
      float square = Kernels.dot(queries, row * width, queries, row * width, width);
      if (normalised) {
        float length = (float) Math.sqrt(square + LEAST_SQUARE);
        Kernels.scale(scale / length, queries, row * width, width);
      }
    }

    @Override
    public void score(int fromItem, int toItem, float[] out) {
      products.score(queries, rows, fromItem, toItem, out);
    }
  }
}
