package dev.tamis.model.score;

import dev.tamis.kernels.Gemm;
import dev.tamis.kernels.Kernels;
import dev.tamis.math.Matrix;
import dev.tamis.model.tower.DenseLayer;
import java.util.Arrays;
import java.util.List;

/**
 * Pairs of a query and an item on their way through a network. It keeps all activations, for the
 * way back. What becomes of a pair does not depend on the other pairs. Scratch of one thread.
 */
public final class NeuralPairs {
  private final NeuralShape shape;
  private final List<DenseLayer> deeper;
  private final float[] prediction; // [features]
  private final Matrix[] outputs; // [layers], each [most x width of the layer]
  private final Matrix features; // [most x features]
  private final int[] all; // [most] 0, 1, 2, ...
  private int count;

  /** Room for so many pairs. */
  public NeuralPairs(NeuralLayers layers, int most) {
    this.shape = layers.shape();
    this.deeper = layers.deeper();
    this.prediction = layers.prediction().values();
    this.outputs = new Matrix[deeper.size() + 1];
    outputs[0] = new Matrix(most, shape.firstWidth());
    for (int l = 1; l < outputs.length; l++) {
      outputs[l] = new Matrix(most, deeper.get(l - 1).weights().width());
    }
    this.features = new Matrix(most, shape.features());
    this.all = new int[most];
    Arrays.setAll(all, i -> i);
  }

  /** Forgets all pairs. */
  public void clear() {
    count = 0;
  }

  /** How many pairs there is room for. */
  public int most() {
    return all.length;
  }

  /**
   * Adds the pairs of one query with some items that lie in a row.
   *
   * @param query the query's numbers begin at {@code queryAt}, its share of the first layer in
   *     {@code queryShare} at {@code queryShareAt}
   * @param items likewise the rows of the items, and their shares
   */
  public void add(
      float[] query,
      int queryAt,
      float[] queryShare,
      int queryShareAt,
      float[] items,
      int itemsAt,
      float[] itemShares,
      int itemSharesAt,
      int added) {
    int width = shape.firstWidth();
    float[] first = outputs[0].data;
    for (int i = 0; i < added; i++) {
      int to = (count + i) * width;
      int item = itemSharesAt + i * width;
      for (int k = 0; k < width; k++) {
        first[to + k] = Math.max(itemShares[item + k] + queryShare[queryShareAt + k], 0);
      }
    }
    for (int i = 0; i < added && shape.gmf() > 0; i++) {
      int to = features.at(count + i);
      int item = itemsAt + i * shape.rowWidth();
      for (int k = 0; k < shape.gmf(); k++) {
        features.data[to + k] = query[queryAt + k] * items[item + k];
      }
    }
    count += added;
  }

  /** Writes the scores of all pairs, in the order in which they were added. */
  public void score(Gemm gemm, float[] out, int at) {
    outputs[0].rows = count;
    for (int l = 1; l < outputs.length; l++) {
      deeper.get(l - 1).forward(gemm, outputs[l - 1], outputs[l]);
    }
    Matrix last = outputs[outputs.length - 1];
    for (int i = 0; i < count; i++) {
      int to = features.at(i) + shape.gmf();
      System.arraycopy(last.data, last.at(i), features.data, to, last.width);
    }
    Kernels.dotRows(prediction, 0, features.data, features.width, all, 0, count, out, at);
  }

  int count() {
    return count;
  }

  /** The output of a layer, the first being 0, for the pairs scored last. */
  Matrix output(int layer) {
    return outputs[layer];
  }

  int layers() {
    return outputs.length;
  }

  /** What the scores were the weighted sums of. */
  Matrix features() {
    return features;
  }

  /** The numbers of the pairs. */
  int[] all() {
    return all;
  }
}
