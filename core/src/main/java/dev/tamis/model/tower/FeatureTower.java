package dev.tamis.model.tower;

import dev.tamis.config.TamisException;
import dev.tamis.data.feature.FeatureLists;
import dev.tamis.kernels.Gemm;
import dev.tamis.kernels.Kernels;
import dev.tamis.math.Matrix;
import dev.tamis.model.Table;
import dev.tamis.model.TableShape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * From lists of features to vectors: the weighted sum of the features' vectors, then hidden layers
 * with max(x, 0) and a last one without, where there are hidden ones, then {@code x / sqrt(|x|^2 +
 * 1e-12)} where it is normalised, then a scale.
 *
 * <p>Stateless but for its tables, so safe for several threads, each with an {@link Activations} of
 * its own. A vector is a function of its list alone. Costs {@code features x width} and the
 * multiply-adds of the layers a vector.
 */
public final class FeatureTower {
  private static final String OWNER = "a tower over features"; // in messages
  private static final float LEAST_SQUARE = 1e-12f;

  private final FeatureTowerShape shape;
  private final Table vectors; // [features x width]
  private final List<DenseLayer> layers = new ArrayList<>();

  /**
   * Takes its tables out of others.
   *
   * @throws TamisException of kind BAD_DATA if one is missing or of a wrong shape
   */
  public FeatureTower(FeatureTowerShape shape, int features, Map<String, Table> tables) {
    this.shape = shape;
    this.vectors = shape.vectors(features).among(OWNER, tables);
    List<TableShape> all = shape.layers();
    for (int l = 0; l < all.size(); l += 2) {
      boolean last = l + 2 == all.size();
      layers.add(
          new DenseLayer(
              all.get(l).among(OWNER, tables),
              all.get(l + 1).among(OWNER, tables),
              last ? Activation.NONE : Activation.RELU));
    }
  }

  public FeatureTowerShape shape() {
    return shape;
  }

  /** [features x width] a vector a feature. */
  public Table vectors() {
    return vectors;
  }

  /** Weights and bias of each layer in turn. */
  public List<Table> layers() {
    List<Table> tables = new ArrayList<>();
    for (DenseLayer layer : layers) {
      tables.add(layer.weights());
      tables.add(layer.bias());
    }
    return tables;
  }

  /** What one thread works with: room for so many lists at a time. */
  public final class Activations {
    private final Gemm gemm = new Gemm();
    private final Matrix[] outputs; // of the sum and of each layer; [lists x width]
    private final Matrix[] gradients; // of the same
    private final Matrix result; // [lists x width] normalised and scaled
    private final float[] inverse; // [lists] 1 / length

    /** Room for so many lists. */
    public Activations(int lists) {
      outputs = new Matrix[layers.size() + 1];
      gradients = new Matrix[outputs.length];
      for (int l = 0; l < outputs.length; l++) {
        int width = l == 0 ? shape.width() : layers.get(l - 1).weights().width();
        outputs[l] = new Matrix(lists, width);
        gradients[l] = new Matrix(lists, width);
      }
      result = new Matrix(lists, shape.width());
      inverse = new float[lists];
    }

    /** For how many lists there is room. */
    public int room() {
      return inverse.length;
    }

    /**
     * Works out the vectors of {@code things[from..to)}.
     *
     * @return a row a vector, valid until the next call
     */
    public Matrix forward(FeatureLists lists, int[] things, int from, int to) {
      Matrix sums = outputs[0];
      sums.rows = to - from;
      Arrays.fill(sums.data, 0, sums.at(sums.rows), 0);
      for (int r = 0; r < sums.rows; r++) {
        int start = lists.start()[things[from + r]];
        int count = lists.start()[things[from + r] + 1] - start;
        Kernels.axpyRows(
            lists.weight(),
            start,
            vectors.values(),
            shape.width(),
            lists.row(),
            start,
            count,
            sums.data,
            sums.at(r));
      }
      for (int l = 0; l < layers.size(); l++) {
        layers.get(l).forward(gemm, outputs[l], outputs[l + 1]);
      }
      Matrix last = outputs[layers.size()];
      if (!shape.normalised() && shape.scale() == 1) {
        return last;
      }
      result.rows = last.rows;
      for (int r = 0; r < last.rows; r++) {
        inverse[r] = shape.normalised() ? inverseLength(last, r) : 1;
        float factor = inverse[r] * shape.scale();
        for (int k = last.at(r); k < last.at(r + 1); k++) {
          result.data[k] = last.data[k] * factor;
        }
      }
      return result;
    }

    private float inverseLength(Matrix x, int r) {
      float square = Kernels.dot(x.data, x.at(r), x.data, x.at(r), x.width);
      return (float) (1 / Math.sqrt(square + LEAST_SQUARE));
    }

    /**
     * From the gradients of the vectors that {@link #forward} gave last to those of the sums of
     * features.
     *
     * @param gradient [... x width] rows {@code from..} are those of the vectors; overwritten
     * @param dense gradients of the layers' numbers are added there, in the order of {@link
     *     #layers}
     * @return a row a sum, valid until the next call
     */
    public Matrix backward(Matrix gradient, int from, float[] dense) {
      Matrix last = outputs[layers.size()];
      Matrix d = gradients[layers.size()];
      d.rows = last.rows;
      System.arraycopy(gradient.data, gradient.at(from), d.data, 0, d.at(d.rows));
      for (int r = 0; r < d.rows && (shape.normalised() || shape.scale() != 1); r++) {
        straighten(last, d, r);
      }
      int at = dense.length;
      for (int l = layers.size() - 1; l >= 0; l--) {
        DenseLayer layer = layers.get(l);
        int biasAt = at - layer.bias().values().length;
        at = biasAt - layer.weights().values().length;
        layer.backward(
            gemm,
            outputs[l],
            outputs[l + 1],
            gradients[l + 1],
            dense,
            at,
            dense,
            biasAt,
            gradients[l]);
      }
      return gradients[0];
    }

    /** With y = x / |x|: dx = scale * (dy - y (y . dy)) / |x|. */
    private void straighten(Matrix x, Matrix d, int r) {
      float factor = inverse[r] * shape.scale();
      float along = 0;
      if (shape.normalised()) {
        float dot = Kernels.dot(x.data, x.at(r), d.data, d.at(r), x.width);
        along = dot * inverse[r] * inverse[r];
      }
      for (int k = x.at(r); k < x.at(r + 1); k++) {
        d.data[k] = factor * (d.data[k] - along * x.data[k]);
      }
    }
  }

  /** Fills a table with the vectors of all lists. */
  public void fill(FeatureLists lists, Table out) {
    int block = 256;
    Activations activations = new Activations(Math.max(1, Math.min(block, lists.size())));
    int[] things = new int[block];
    for (int from = 0; from < lists.size(); from += block) {
      int count = Math.min(block, lists.size() - from);
      for (int i = 0; i < count; i++) {
        things[i] = from + i;
      }
      Matrix vectorsOfBlock = activations.forward(lists, things, 0, count);
      System.arraycopy(vectorsOfBlock.data, 0, out.values(), out.at(from), count * shape.width());
    }
  }
}
