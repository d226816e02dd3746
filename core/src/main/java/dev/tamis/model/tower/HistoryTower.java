package dev.tamis.model.tower;

import dev.tamis.kernels.Gemm;
import dev.tamis.math.Matrix;
import dev.tamis.model.Table;
import dev.tamis.model.TableShape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Encodes a history as a query vector: a sparse first layer, dense layers, a Gaussian code if the
 * shape has one, dense layers. This is the part that training and serving share: shape, tables and
 * the way from a history to a query without noise.
 */
public final class HistoryTower {
  /** The name of the table of users' nodes. */
  public static final String USER_NODES = "user-nodes";

  private static final String OWNER = "a tower over histories"; // in messages

  private final TowerShape shape;
  private final HistoryLayer input;
  private final List<DenseLayer> before =
      new ArrayList<>(); // dense layers up to the code; the last gives its statistics if there is
  // one
  private final List<DenseLayer> after =
      new ArrayList<>(); // dense layers from the code to the query
  private final List<Table> tables = new ArrayList<>();

  /**
   * A tower over tables of the names and shapes that {@link #emptyTables} and {@link
   * #emptyUserNodes} give.
   *
   * @throws dev.tamis.config.TamisException of kind BAD_DATA if one is missing or of another shape
   */
  public HistoryTower(TowerShape shape, Map<String, Table> byName) {
    this.shape = shape;
    for (TableShape table : layers(shape)) {
      tables.add(table.among(OWNER, byName));
    }
    Optional<Table> userNodes = nodes(shape).map(table -> table.among(OWNER, byName));
    int layers = tables.size() / 2;
    int coded = shape.latent() > 0 ? shape.encoder().size() : -1;
    int firstAfter = shape.encoder().size() + (shape.latent() > 0 ? 1 : 0);
    HistoryLayer first = null;
    for (int l = 0; l < layers; l++) {
      boolean last = l == layers - 1 && !shape.decoder().isEmpty();
      Activation activation =
          l == coded ? Activation.NONE : last ? shape.queryActivation() : shape.activation();
      Table weights = tables.get(2 * l);
      Table bias = tables.get(2 * l + 1);
      if (l == 0) {
        first = new HistoryLayer(weights, bias, activation, shape.scaled(), userNodes);
      } else {
        (l < firstAfter ? before : after).add(new DenseLayer(weights, bias, activation));
      }
    }
    this.input = first;
  }

  /** [users x first width] the nodes of users, all zero, if the shape has any. */
  public static Optional<Table> emptyUserNodes(TowerShape shape) {
    return nodes(shape).map(TableShape::zeros);
  }

  private static Optional<TableShape> nodes(TowerShape shape) {
    return shape.users() == 0
        ? Optional.empty()
        : Optional.of(new TableShape(USER_NODES, shape.users(), shape.inputWidth()));
  }

  /**
   * The tables of a shape but the nodes of users, all zero: weights and bias of each layer in
   * order. Weights come at even places, biases at odd ones.
   */
  public static List<Table> emptyTables(TowerShape shape) {
    List<Table> empty = new ArrayList<>();
    layers(shape).forEach(table -> empty.add(table.zeros()));
    return empty;
  }

  private static List<TableShape> layers(TowerShape shape) {
    List<TableShape> tables = new ArrayList<>();
    int width = shape.items();
    for (int i = 0; i < shape.encoder().size(); i++) {
      width = layer(tables, "encoder-" + i, width, shape.encoder().get(i));
    }
    if (shape.latent() > 0) {
      layer(tables, "latent", width, 2 * shape.latent());
      width = shape.latent();
    }
    for (int i = 0; i < shape.decoder().size(); i++) {
      width = layer(tables, "decoder-" + i, width, shape.decoder().get(i));
    }
    return tables;
  }

  private static int layer(List<TableShape> tables, String name, int inputs, int outputs) {
    tables.add(new TableShape(name + "-weights", inputs, outputs));
    tables.add(new TableShape(name + "-bias", 1, outputs));
    return outputs;
  }

  public TowerShape shape() {
    return shape;
  }

  /** Weights and bias of each layer, in order; the first are those of the sparse layer. */
  public List<Table> tables() {
    return List.copyOf(tables);
  }

  /** [users x first width] the nodes of users, if there are any. */
  public Optional<Table> userNodes() {
    return input.userNodes();
  }

  HistoryLayer input() {
    return input;
  }

  List<DenseLayer> before() {
    return before;
  }

  List<DenseLayer> after() {
    return after;
  }

  /** Scratch space of one thread for encoding up to {@code maxRows} histories without noise. */
  public Encoding newEncoding(int maxRows) {
    return new Encoding(maxRows);
  }

  /** Histories being encoded. */
  public final class Encoding {
    private final Gemm gemm = new Gemm();
    private final List<Matrix> outputs = new ArrayList<>(); // of each layer
    private final Matrix mean; // [max rows x latent], null without a code
    private float[] shares = new float[0];

    Encoding(int maxRows) {
      outputs.add(new Matrix(maxRows, input.weights().width()));
      for (DenseLayer layer : before) {
        outputs.add(new Matrix(maxRows, layer.weights().width()));
      }
      for (DenseLayer layer : after) {
        outputs.add(new Matrix(maxRows, layer.weights().width()));
      }
      mean = shape.latent() > 0 ? new Matrix(maxRows, shape.latent()) : null;
    }

    /** Encodes the histories of people of whom nothing else is known. */
    public Matrix encode(int[] start, int[] items, int rows) {
      return encode(null, start, items, rows);
    }

    /**
     * Encodes the histories {@code items[start[r]..start[r + 1])} of rows 0 to {@code rows}.
     *
     * @param users [rows] the number of each user, or -1 for one who was not trained on, whose node
     *     counts as zero; null if all are such. Not read where users have no nodes
     * @return [rows x query width], valid until the next call; row by row a function of user and
     *     history alone
     * @throws IllegalArgumentException if users have nodes, and one has a number beyond them
     */
    public Matrix encode(int[] users, int[] start, int[] items, int rows) {
      if (shares.length < start[rows]) {
        shares = new float[start[rows]];
      }
      Matrix out = outputs.get(0);
      out.rows = rows;
      for (int r = 0; r < rows; r++) {
        int count = start[r + 1] - start[r];
        java.util.Arrays.fill(shares, start[r], start[r + 1], input.share(count));
        int user = users == null || shape.users() == 0 ? -1 : users[r];
        if (user >= Math.max(1, shape.users())) {
          throw new IllegalArgumentException(
              "row "
                  + r
                  + " is of user number "
                  + user
                  + ", but this model was trained on "
                  + shape.users());
        }
        input.forward(shares, items, start[r], count, user, out, r);
      }
      int next = 1;
      for (DenseLayer layer : before) {
        layer.forward(gemm, out, outputs.get(next));
        out = outputs.get(next++);
      }
      if (mean != null) {
        out = means(out);
      }
      for (DenseLayer layer : after) {
        layer.forward(gemm, out, outputs.get(next));
        out = outputs.get(next++);
      }
      return out;
    }

    private Matrix means(Matrix statistics) {
      mean.rows = statistics.rows;
      for (int r = 0; r < statistics.rows; r++) {
        System.arraycopy(statistics.data, statistics.at(r), mean.data, mean.at(r), mean.width);
      }
      return mean;
    }
  }
}
