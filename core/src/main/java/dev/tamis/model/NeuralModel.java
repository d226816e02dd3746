package dev.tamis.model;

import dev.tamis.config.TamisException;
import dev.tamis.kernels.Gemm;
import dev.tamis.math.ArrayLength;
import dev.tamis.model.score.NeuralLayers;
import dev.tamis.model.score.NeuralPairs;
import dev.tamis.model.score.NeuralShape;
import dev.tamis.rank.QueryBlock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;

/**
 * A row a user and a row an item, scored by a network (see {@link NeuralLayers}), plus a number
 * that all scores share where there is one. It knows only the users it was trained on.
 *
 * <p>Scoring costs the multiply-adds of the layers after the first for each pair. The items' share
 * of the first layer is worked out once, when the first block is made: {@code items x first width}
 * floats. So the tables must not change after that; for a model in training make another.
 */
public final class NeuralModel implements ServableModel {
  /** The name of this kind of model in an artifact. */
  public static final String KIND = "neural";

  /** The names of its tables beside those of the network ({@link NeuralShape#tables}). */
  public static final String USERS = "users";

  public static final String ITEMS = "items";
  public static final String SCORE_BIAS = "score-bias";

  private final Table users; // [users x row width]
  private final Table items; // [items x row width]
  private final NeuralLayers layers;
  private final Optional<Table> bias; // [1 x 1]
  private float[] itemShares; // [items x first width], null until a block is made

  /**
   * Takes over the tables, which are not copied and have the names of this class.
   *
   * @throws TamisException of kind BAD_DATA if the shapes do not go together, of kind CONFIG if one
   *     array cannot hold the first layer's outputs for all items
   */
  public NeuralModel(Table users, Table items, NeuralLayers layers, Optional<Table> bias) {
    NeuralShape shape = layers.shape();
    String owner = Restoring.model(KIND);
    this.users = new TableShape(USERS, users.rows(), shape.rowWidth()).of(owner, users);
    this.items = new TableShape(ITEMS, items.rows(), shape.rowWidth()).of(owner, items);
    this.bias = bias.map(b -> new TableShape(SCORE_BIAS, 1, 1).of(owner, b));
    this.layers = layers;
    firstLayer(items.rows(), shape); // now, and not when the first block is made
  }

  /** How many outputs the first layer has for all items. */
  private static int firstLayer(int items, NeuralShape shape) {
    return ArrayLength.of(
        "outputs of the first layer for all items",
        shape.firstWidth(),
        items,
        "make the first hidden layer narrower");
  }

  /**
   * The model that {@link #attributes()} and {@link #tables()} described.
   *
   * @throws TamisException if a table is missing, unknown or of a wrong shape, or the attributes
   *     are not those of a network
   */
  public static NeuralModel restore(
      SortedMap<String, String> attributes, Map<String, Table> tables) {
    NeuralShape shape = NeuralShape.of(attributes);
    Restoring.refuseUnknown(KIND, attributes.keySet(), shape.attributes().keySet(), "attribute");
    List<String> known = new ArrayList<>(List.of(USERS, ITEMS, SCORE_BIAS));
    shape.tables().forEach(table -> known.add(table.name()));
    Restoring.refuseUnknown(KIND, tables.keySet(), known, "table");
    return new NeuralModel(
        Restoring.table(KIND, tables, USERS),
        Restoring.table(KIND, tables, ITEMS),
        new NeuralLayers(shape, tables),
        Optional.ofNullable(tables.get(SCORE_BIAS)));
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public SortedMap<String, String> attributes() {
    return layers.shape().attributes();
  }

  @Override
  public List<Table> tables() {
    List<Table> all = new ArrayList<>(List.of(users, items));
    all.addAll(layers.tables());
    bias.ifPresent(all::add);
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
    return new NeuralBlock(maxRows, itemShares());
  }

  private synchronized float[] itemShares() {
    if (itemShares == null) {
      float[] shares = new float[firstLayer(items.rows(), layers.shape())];
      layers.readItems(new Gemm(), items.values(), 0, items.rows(), shares);
      itemShares = shares;
    }
    return itemShares;
  }

  private final class NeuralBlock implements Block {
    /** Pairs at a time, so that their activations stay in a near cache. */
    private static final int PAIRS = 256;

    private final int maxRows;
    private final int width = layers.shape().rowWidth();
    private final int firstWidth = layers.shape().firstWidth();
    private final float[] itemShares;
    private final float[] queries; // [maxRows x row width]
    private final float[] queryShares; // [maxRows x first width]
    private final NeuralPairs pairs = new NeuralPairs(layers, PAIRS);
    private final Gemm gemm = new Gemm();
    private int rows;

    NeuralBlock(int maxRows, float[] itemShares) {
      this.maxRows = maxRows;
      this.itemShares = itemShares;
      this.queries = new float[Math.multiplyExact(maxRows, width)];
      this.queryShares = new float[Math.multiplyExact(maxRows, firstWidth)];
    }

    @Override
    public void load(QueryBlock block) {
      UserNumbers.gather(block, maxRows, users, queries);
      rows = block.rows;
      layers.readQueries(gemm, queries, 0, rows, queryShares);
    }

    @Override
    public void score(int fromItem, int toItem, float[] out) {
      int run = toItem - fromItem;
      for (int row = 0; row < rows; row++) {
        for (int from = fromItem; from < toItem; from += PAIRS) {
          int count = Math.min(PAIRS, toItem - from);
          pairs.clear();
          pairs.add(
              queries,
              row * width,
              queryShares,
              row * firstWidth,
              items.values(),
              items.at(from),
              itemShares,
              from * firstWidth,
              count);
          pairs.score(gemm, out, row * run + from - fromItem);
        }
      }
      if (bias.isPresent()) {
        float constant = bias.get().values()[0];
        for (int i = 0; i < rows * run; i++) {
          out[i] += constant;
        }
      }
    }
  }
}
