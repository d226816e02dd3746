package dev.tamis.model.score;

import dev.tamis.kernels.Gemm;
import dev.tamis.kernels.Kernels;
import dev.tamis.math.ArrayLength;
import dev.tamis.math.Matrix;
import dev.tamis.model.Candidates;
import dev.tamis.model.SparseGradient;
import dev.tamis.model.Table;
import dev.tamis.model.tower.Activation;
import dev.tamis.model.tower.DenseLayer;
import java.util.Arrays;

/**
 * A {@link NeuralScore} at work for one thread. An entry is a positive or a candidate of a row, in
 * the order of the rows: of a row its positives, then its candidates.
 *
 * <p>Every gradient of a table is a chain of sums over rows or entries in order, so its bits do not
 * depend on how the rows were cut into blocks.
 */
final class NeuralScoring implements Scoring {
  private final Table vectors; // [items x row width]
  private final NeuralLayers layers;
  private final NeuralShape shape;
  private final int[] tableAt; // [tables] where the gradient of each begins
  private final Gemm gemm = new Gemm();
  private final float[] queryShares; // [rows x first width]
  private final float[] rowGradient; // [rows x first width] of the first layer, summed over a row
  private Entries entries;

  NeuralScoring(Table vectors, NeuralLayers layers, int maxRows, int width) {
    this.vectors = vectors;
    this.layers = layers;
    this.shape = layers.shape();
    this.tableAt = new int[layers.tables().size() + 1];
    for (int t = 0; t < layers.tables().size(); t++) {
      long end = tableAt[t] + (long) layers.tables().get(t).values().length;
      tableAt[t + 1] = ArrayLength.of("numbers of all layers", end, "make hidden layers narrower");
    }
    int shares = firstLayer(maxRows);
    this.queryShares = new float[shares];
    this.rowGradient = new float[shares];
    this.entries =
        new Entries(
            ArrayLength.of(
                "positives and candidates of some rows",
                width + 1L,
                maxRows,
                "make the negatives of a row fewer"));
  }

  /** How many outputs the first layer has for so many inputs. */
  private int firstLayer(int inputs) {
    return ArrayLength.of(
        "outputs of the first layer",
        inputs,
        shape.firstWidth(),
        "make the negatives of a row fewer, or the first hidden layer narrower");
  }

  /** Room for some entries: what is known of them on the way there, and gradients back. */
  private final class Entries {
    final NeuralPairs pairs;
    final Matrix items; // [most x row width] gathered
    final float[] shares; // [most x first width] of the first layer
    final float[] score; // [most] and then the derivatives by them
    final Matrix[] gradient; // [layers], each [most x width of the layer]

    Entries(int most) {
      shares = new float[firstLayer(most)]; // says what to change where they are too many
      pairs = new NeuralPairs(layers, most);
      items = new Matrix(most, shape.rowWidth());
      score = new float[most];
      gradient = new Matrix[pairs.layers()];
      for (int l = 0; l < gradient.length; l++) {
        gradient[l] = new Matrix(most, pairs.output(l).width);
      }
    }
  }

  @Override
  public void score(Matrix q, Candidates c, int from, int to) {
    int count = c.entriesBefore(to) - c.entriesBefore(from);
    if (count > entries.score.length) {
      entries = new Entries(count);
    }
    int width = shape.firstWidth();
    gather(c, from, to);
    layers.readItems(gemm, entries.items.data, 0, count, entries.shares);
    layers.readQueries(gemm, q.data, q.at(from), to - from, queryShares);
    NeuralPairs pairs = entries.pairs;
    pairs.clear();
    for (int r = from; r < to; r++) {
      int e = pairs.count();
      pairs.add(
          q.data,
          q.at(r),
          queryShares,
          (r - from) * width,
          entries.items.data,
          entries.items.at(e),
          entries.shares,
          e * width,
          c.entriesBefore(r + 1) - c.entriesBefore(r));
    }
    pairs.score(gemm, entries.score, 0);
    int e = 0;
    for (int r = from; r < to; r++) {
      int positives = c.posStart[r + 1] - c.posStart[r];
      System.arraycopy(entries.score, e, c.posScore, c.posStart[r], positives);
      System.arraycopy(entries.score, e + positives, c.score, c.at(r), c.width);
      e += positives + c.width;
    }
  }

  /** Brings the rows of the items together, so that they are a matrix. */
  private void gather(Candidates c, int from, int to) {
    int e = 0;
    for (int r = from; r < to; r++) {
      for (int p = c.posStart[r]; p < c.posStart[r + 1]; p++) {
        copyItem(c.posIds[p], e++);
      }
      for (int i = c.idsAt(r); i < c.idsAt(r) + c.width; i++) {
        copyItem(c.ids[i], e++);
      }
    }
  }

  private void copyItem(int item, int entry) {
    Matrix items = entries.items;
    System.arraycopy(vectors.values(), vectors.at(item), items.data, items.at(entry), items.width);
  }

  @Override
  public void backward(
      Matrix q,
      Candidates c,
      int from,
      int to,
      Matrix dq,
      SparseGradient out,
      float[] dense,
      int denseAt) {
    int e = 0;
    for (int r = from; r < to; r++) {
      int positives = c.posStart[r + 1] - c.posStart[r];
      System.arraycopy(c.posScore, c.posStart[r], entries.score, e, positives);
      System.arraycopy(c.score, c.at(r), entries.score, e + positives, c.width);
      e += positives + c.width;
    }
    int first = c.entriesBefore(from);
    Arrays.fill(out.coefficient, first, first + e, 1);
    Arrays.fill(dq.data, dq.at(from), dq.at(to), 0);
    backThroughPrediction(dense, denseAt);
    backThroughDeeperLayers(dense, denseAt);
    backThroughFirstLayer(q, c, from, to, dq, out.source, dense, denseAt);
    backThroughProducts(q, c, from, to, dq, out.source);
  }

  private void backThroughPrediction(float[] dense, int denseAt) {
    NeuralPairs pairs = entries.pairs;
    Matrix features = pairs.features();
    Kernels.axpyRows(
        entries.score,
        0,
        features.data,
        features.width,
        pairs.all(),
        0,
        pairs.count(),
        dense,
        denseAt + tableAt[tableAt.length - 2]);
    float[] weights = layers.prediction().values();
    Matrix last = entries.gradient[entries.gradient.length - 1];
    for (int e = 0; e < pairs.count(); e++) {
      for (int k = 0; k < last.width; k++) {
        last.data[last.at(e) + k] = entries.score[e] * weights[shape.gmf() + k];
      }
    }
  }

  private void backThroughDeeperLayers(float[] dense, int denseAt) {
    for (int l = entries.gradient.length - 1; l > 0; l--) {
      DenseLayer layer = layers.deeper().get(l - 1);
      layer.backward(
          gemm,
          entries.pairs.output(l - 1),
          entries.pairs.output(l),
          entries.gradient[l],
          dense,
          denseAt + tableAt[2 * l],
          dense,
          denseAt + tableAt[2 * l + 1],
          entries.gradient[l - 1]);
    }
  }

  private void backThroughFirstLayer(
      Matrix q,
      Candidates c,
      int from,
      int to,
      Matrix dq,
      Matrix source,
      float[] dense,
      int denseAt) {
    Matrix output = entries.pairs.output(0);
    float[] gradient = entries.gradient[0].data;
    int numbers = entries.pairs.count() * shape.firstWidth();
    Activation.RELU.differentiate(output.data, 0, gradient, 0, numbers);
    backToItems(source, c.entriesBefore(from), dense, denseAt);
    sumByRow(c, from, to, dense, denseAt + tableAt[1]);
    backToQueries(q, from, to, dq, dense, denseAt);
  }

  /** The first layer's lower half: adds its weights' gradient, writes those of the items. */
  private void backToItems(Matrix source, int firstEntry, float[] dense, int denseAt) {
    int width = shape.firstWidth();
    int rowWidth = shape.rowWidth();
    int count = entries.pairs.count();
    float[] gradient = entries.gradient[0].data;
    int weightsAt = layers.first().weights().at(shape.mlp());
    gemm.tn(
        shape.mlp(),
        width,
        count,
        entries.items.data,
        shape.gmf(),
        rowWidth,
        gradient,
        0,
        width,
        dense,
        denseAt + weightsAt,
        width,
        true);
    gemm.nt(
        count,
        shape.mlp(),
        width,
        gradient,
        0,
        width,
        layers.first().weights().values(),
        weightsAt,
        width,
        source.data,
        source.at(firstEntry) + shape.gmf(),
        rowWidth,
        false);
  }

  /** Sums the first layer's gradient over the entries of each row, whose sums are the bias's. */
  private void sumByRow(Candidates c, int from, int to, float[] dense, int biasAt) {
    int width = shape.firstWidth();
    float[] gradient = entries.gradient[0].data;
    int rows = to - from;
    Arrays.fill(rowGradient, 0, rows * width, 0);
    int e = 0;
    for (int r = 0; r < rows; r++) {
      int end = c.entriesBefore(from + r + 1) - c.entriesBefore(from);
      for (; e < end; e++) {
        Kernels.axpy(1, gradient, e * width, rowGradient, r * width, width);
      }
      Kernels.axpy(1, rowGradient, r * width, dense, biasAt, width);
    }
  }

  /** The first layer's upper half: adds its weights' gradient, writes those of the queries. */
  private void backToQueries(Matrix q, int from, int to, Matrix dq, float[] dense, int denseAt) {
    int width = shape.firstWidth();
    int rowWidth = shape.rowWidth();
    int queryAt = q.at(from) + shape.gmf();
    gemm.tn(
        shape.mlp(),
        width,
        to - from,
        q.data,
        queryAt,
        rowWidth,
        rowGradient,
        0,
        width,
        dense,
        denseAt,
        width,
        true);
    gemm.nt(
        to - from,
        shape.mlp(),
        width,
        rowGradient,
        0,
        width,
        layers.first().weights().values(),
        0,
        width,
        dq.data,
        queryAt,
        rowWidth,
        false);
  }

  private void backThroughProducts(
      Matrix q, Candidates c, int from, int to, Matrix dq, Matrix source) {
    int gmf = shape.gmf();
    float[] weights = layers.prediction().values();
    int first = c.entriesBefore(from);
    int e = 0;
    for (int r = from; r < to && gmf > 0; r++) {
      int end = c.entriesBefore(r + 1) - first;
      for (; e < end; e++) {
        Kernels.axpy(
            entries.score[e], entries.items.data, entries.items.at(e), dq.data, dq.at(r), gmf);
        int at = source.at(first + e);
        for (int k = 0; k < gmf; k++) {
          source.data[at + k] = entries.score[e] * weights[k] * q.data[q.at(r) + k];
        }
      }
      for (int k = 0; k < gmf; k++) {
        dq.data[dq.at(r) + k] *= weights[k];
      }
    }
  }
}
