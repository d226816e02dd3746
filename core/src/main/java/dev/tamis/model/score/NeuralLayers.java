package dev.tamis.model.score;

import dev.tamis.kernels.Gemm;
import dev.tamis.kernels.Kernels;
import dev.tamis.model.Table;
import dev.tamis.model.tower.Activation;
import dev.tamis.model.tower.DenseLayer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The network of NeuMF (He, Liao, Zhang, Nie, Hu, Chua: Neural Collaborative Filtering, WWW 2017,
 * equation 12) over its tables, or of MLP where the shape has no products. For a query {@code [p_g;
 * p_m]} and an item {@code [q_g; q_m]}
 *
 * <pre>
 * a_1 = relu(p_m U + q_m V + b_1);   a_l = relu(a_(l-1) W_l + b_l);   score = w . [p_g o q_g; a_L]
 * </pre>
 *
 * where U and V are the halves of the first layer's weights. So the query's share of the first
 * layer is worked out once a query, and the item's once an item. Training and serving share this
 * class, so that they give the same bits. Stateless beside the tables.
 */
public final class NeuralLayers {
  private static final String OWNER = "a network that scores pairs"; // in messages

  private final NeuralShape shape;
  private final DenseLayer first; // the query's rows, then the item's
  private final List<DenseLayer> deeper = new ArrayList<>();
  private final Table prediction; // [1 x features]

  /**
   * A network over tables of the names and shapes that the shape says; they are not copied.
   *
   * @throws dev.tamis.config.TamisException of kind BAD_DATA if one is missing or of another shape
   */
  public NeuralLayers(NeuralShape shape, Map<String, Table> byName) {
    this.shape = shape;
    for (NeuralShape.Layer layer : shape.layers()) {
      deeper.add(
          new DenseLayer(
              layer.weights().among(OWNER, byName),
              layer.bias().among(OWNER, byName),
              Activation.RELU));
    }
    this.first = deeper.remove(0);
    this.prediction = shape.prediction().among(OWNER, byName);
  }

  public NeuralShape shape() {
    return shape;
  }

  /** In the order of {@link NeuralShape#tables}. */
  public List<Table> tables() {
    List<Table> tables = new ArrayList<>(List.of(first.weights(), first.bias()));
    for (DenseLayer layer : deeper) {
      tables.add(layer.weights());
      tables.add(layer.bias());
    }
    tables.add(prediction);
    return tables;
  }

  DenseLayer first() {
    return first;
  }

  List<DenseLayer> deeper() {
    return deeper;
  }

  Table prediction() {
    return prediction;
  }

  /**
   * The queries' share of the first layer, bias included: {@code p_m U + b_1}.
   *
   * @param queries rows of {@link NeuralShape#rowWidth} numbers from {@code at} on
   * @param out [count x first width]
   */
  public void readQueries(Gemm gemm, float[] queries, int at, int count, float[] out) {
    int width = shape.firstWidth();
    read(gemm, queries, at, count, 0, out);
    for (int r = 0; r < count; r++) {
      Kernels.axpy(1, first.bias().values(), 0, out, r * width, width);
    }
  }

  /**
   * The items' share of the first layer: {@code q_m V}.
   *
   * @param items rows of {@link NeuralShape#rowWidth} numbers from {@code at} on
   * @param out [count x first width]
   */
  public void readItems(Gemm gemm, float[] items, int at, int count, float[] out) {
    read(gemm, items, at, count, first.weights().at(shape.mlp()), out);
  }

  private void read(Gemm gemm, float[] rows, int at, int count, int weightsAt, float[] out) {
    int width = shape.firstWidth();
    gemm.nn(
        count,
        width,
        shape.mlp(),
        rows,
        at + shape.gmf(),
        shape.rowWidth(),
        first.weights().values(),
        weightsAt,
        width,
        out,
        0,
        width,
        false);
  }
}
