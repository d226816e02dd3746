package dev.tamis.model.tower;

import dev.tamis.kernels.Gemm;
import dev.tamis.kernels.Kernels;
import dev.tamis.kernels.Workers;
import dev.tamis.math.ArrayLength;
import dev.tamis.math.Matrix;
import dev.tamis.math.Rng;
import dev.tamis.math.Stream;
import dev.tamis.model.Batch;
import dev.tamis.model.Pass;
import dev.tamis.model.SparseGradient;
import dev.tamis.model.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A {@link HistoryTower} in training: dropout on the history (after it is scaled to length 1, as in
 * the authors' code of Mult-VAE), noise in the code, and the way back. Holds the activations of one
 * batch.
 */
public final class TowerTraining {
  private static final int ROWS_A_TASK = 16;

  private final HistoryTower tower;
  private final Dropout dropout;
  private final int samples; // codes of a row
  private final Workers workers;
  private final Gemm gemm;
  private final List<DenseLayer> layers = new ArrayList<>(); // all dense layers in order
  private final int codeAfter; // the code stands after so many dense layers; -1 without a code
  private final List<Matrix> inputs = new ArrayList<>(); // of each dense layer, then the query
  private final List<Matrix> outputs =
      new ArrayList<>(); // of the sparse layer, then of each dense layer
  private final List<Matrix> gradients = new ArrayList<>(); // of the outputs, likewise
  private final GaussianLatent latent; // null without a code
  private final Matrix dropped; // the sparse layer's output after dropout, null without
  private final float[] share; // [max rows x outputs] what dropout multiplied it with
  private final Matrix code; // null without a code
  private final Matrix dCode; // null without a code
  private final List<float[]> denseGradients =
      new ArrayList<>(); // of tables 1, 2, ...: all but the sparse weights
  private final SparseGradient sparseGradient;
  private final SparseGradient userGradient; // an entry a row
  private final int[] kept; // [max rows] how many items of a row's history were not dropped
  private final double[] divergence; // [max rows]
  private final Rng[] rng; // [threads]
  private Batch batch;

  /**
   * With dropout of the history, of the sparse layer's outputs, or both, and more codes a row, and
   * so as many queries: those of row {@code r} are {@code r * samples} and on.
   *
   * @param samples how many codes are drawn for each row; 1 for a tower without Gaussian code
   */
  public TowerTraining(
      HistoryTower tower, int maxRows, Dropout dropout, int samples, Workers workers) {
    if (samples > 1 && tower.shape().latent() == 0) {
      throw new IllegalArgumentException(samples + " codes of a tower that draws none");
    }
    if (dropout.ofVector() > 0 && tower.shape().encoder().isEmpty()) {
      throw new IllegalArgumentException("there is no vector before the code to drop from");
    }
    this.tower = tower;
    this.dropout = dropout;
    this.samples = samples;
    this.workers = workers;
    this.gemm = new Gemm(workers);
    layers.addAll(tower.before());
    layers.addAll(tower.after());
    int latentWidth = tower.shape().latent();
    this.codeAfter = latentWidth > 0 ? tower.before().size() : -1;
    int codes = ArrayLength.of("codes of a batch", maxRows, samples, "make batch-size smaller");
    this.latent = latentWidth > 0 ? new GaussianLatent(latentWidth, maxRows, samples) : null;
    this.code = latentWidth > 0 ? new Matrix(codes, latentWidth) : null;
    this.dCode = latentWidth > 0 ? new Matrix(codes, latentWidth) : null;
    addOutput(maxRows, tower.input().weights().width());
    int first = tower.input().weights().width();
    this.dropped = dropout.ofVector() > 0 ? new Matrix(maxRows, first) : null;
    this.share = new float[dropped != null ? dropped.data.length : 0];
    for (int l = 0; l <= layers.size(); l++) {
      Matrix before = l == 0 && dropped != null ? dropped : outputs.get(l);
      inputs.add(l == codeAfter ? code : before);
      if (l < layers.size()) {
        addOutput(l < codeAfter ? maxRows : codes, layers.get(l).weights().width());
      }
    }
    for (Table table : tower.tables().subList(1, tower.tables().size())) {
      denseGradients.add(new float[table.values().length]);
    }
    this.sparseGradient = new SparseGradient(maxRows);
    sparseGradient.source = gradients.get(0);
    this.userGradient = new SparseGradient(maxRows);
    userGradient.source = gradients.get(0);
    this.kept = new int[maxRows];
    this.divergence = new double[maxRows];
    this.rng = new Rng[workers.threads()];
    Arrays.setAll(rng, i -> new Rng());
  }

  private void addOutput(int maxRows, int width) {
    outputs.add(new Matrix(maxRows, width));
    gradients.add(new Matrix(maxRows, width));
  }

  /**
   * Lists the items of the batch's histories in {@link #sparseGradient}, dropped or not, and its
   * users in {@link #userGradient}: the rows of the first table and of the users' nodes that the
   * next {@link #forward} may read.
   */
  public void listHistory(Batch next) {
    for (int r = 0; r < next.rows; r++) {
      userGradient.row[r] = next.users[r];
      userGradient.coefficient[r] = 1;
      userGradient.sourceRow[r] = r;
    }
    userGradient.count = next.rows;
    int entries = next.historyStart()[next.rows];
    sparseGradient.reserve(entries);
    System.arraycopy(next.histories(), 0, sparseGradient.row, 0, entries);
    sparseGradient.count = entries;
  }

  /**
   * Encodes the histories of a batch with dropout and noise; {@link #query} is the result. Returns
   * the sum of the divergences of the codes, 0 without a code.
   */
  public double forward(Batch next, Pass pass) {
    batch = next;
    sparseGradient.reserve(batch.historyStart()[batch.rows]);
    outputs.get(0).rows = batch.rows;
    inputs.get(0).rows = batch.rows;
    eachRow((row, worker) -> readHistory(row, pass, rng[worker]));
    double sum = 0;
    for (int l = 0; l <= layers.size(); l++) {
      if (l == codeAfter) {
        code.rows = batch.rows * samples;
        Matrix statistics = outputs.get(l);
        eachRow(
            (row, worker) ->
                divergence[row] = latent.forward(statistics, code, row, pass, rng[worker]));
        for (int row = 0; row < batch.rows; row++) {
          sum += divergence[row];
        }
      }
      if (l < layers.size()) {
        layers.get(l).forward(gemm, inputs.get(l), outputs.get(l + 1));
      }
    }
    return sum;
  }

  /** Of a query. */
  public int queryWidth() {
    return tower.shape().queryWidth();
  }

  /** [rows x samples x query width] the queries of the last {@link #forward}. */
  public Matrix query() {
    return inputs.get(layers.size());
  }

  /** Where {@link #backward} expects the gradient of the queries. */
  public Matrix queryGradient() {
    Matrix gradient = codeAfter == layers.size() ? dCode : gradients.get(layers.size());
    gradient.rows = query().rows;
    return gradient;
  }

  /**
   * From the gradient of the queries to those of all tables.
   *
   * @param divergenceWeight what the divergence of each row counts in the loss
   */
  public void backward(float divergenceWeight) {
    for (float[] gradient : denseGradients) {
      Arrays.fill(gradient, 0);
    }
    for (int l = layers.size(); l >= 0; l--) {
      if (l == codeAfter) {
        Matrix dStatistics = gradients.get(l);
        dStatistics.rows = batch.rows;
        Matrix statistics = outputs.get(l);
        eachRow(
            (row, worker) ->
                latent.backward(statistics, dCode, row, divergenceWeight, dStatistics));
      }
      if (l > 0) {
        Matrix dIn = l - 1 == codeAfter ? dCode : gradients.get(l - 1);
        layers
            .get(l - 1)
            .backward(
                gemm,
                inputs.get(l - 1),
                outputs.get(l),
                gradients.get(l),
                denseGradients.get(2 * l - 1),
                0,
                denseGradients.get(2 * l),
                0,
                dIn);
      }
    }
    leaveHistory();
  }

  /** The gradient of the first table, the weights of the sparse layer. */
  public SparseGradient sparseGradient() {
    return sparseGradient;
  }

  /** The gradient of the users' nodes. */
  public SparseGradient userGradient() {
    return userGradient;
  }

  /** The gradients of the tables after the first, each in the shape of its table. */
  public List<float[]> denseGradients() {
    return denseGradients;
  }

  private void readHistory(int row, Pass pass, Rng keyed) {
    int from = batch.historyStart()[row];
    int to = batch.historyStart()[row + 1];
    double drop = dropout.ofHistory();
    float share = (float) (tower.input().share(to - from) / (1 - drop));
    keyed.key(pass.seed(), Stream.DROPOUT, pass.step(), row);
    int e = from;
    for (int p = from; p < to; p++) {
      if (drop == 0 || keyed.nextFloat() >= drop) {
        sparseGradient.row[e] = batch.histories()[p];
        sparseGradient.coefficient[e] = share;
        sparseGradient.sourceRow[e++] = row;
      }
    }
    kept[row] = e - from;
    tower
        .input()
        .forward(
            sparseGradient.coefficient,
            sparseGradient.row,
            from,
            e - from,
            batch.users[row],
            outputs.get(0),
            row);
    if (dropped != null) {
      dropFromVector(row, keyed);
    }
  }

  private void dropFromVector(int row, Rng keyed) {
    Matrix out = outputs.get(0);
    float kept = (float) (1 / (1 - dropout.ofVector()));
    for (int i = out.at(row); i < out.at(row + 1); i++) {
      share[i] = keyed.nextFloat() >= dropout.ofVector() ? kept : 0;
      dropped.data[i] = out.data[i] * share[i];
    }
  }

  private void leaveHistory() {
    HistoryLayer input = tower.input();
    Matrix out = outputs.get(0);
    Matrix dOut = gradients.get(0);
    for (int i = 0; dropped != null && i < batch.rows * out.width; i++) {
      dOut.data[i] *= share[i];
    }
    input.activation().differentiate(out.data, 0, dOut.data, 0, batch.rows * out.width);
    float[] dBias = denseGradients.get(0);
    int entries = 0;
    for (int row = 0; row < batch.rows; row++) {
      Kernels.axpy(1, dOut.data, dOut.at(row), dBias, 0, out.width);
      // Close the gaps that dropped items left in the list.
      int from = batch.historyStart()[row];
      System.arraycopy(sparseGradient.row, from, sparseGradient.row, entries, kept[row]);
      System.arraycopy(
          sparseGradient.coefficient, from, sparseGradient.coefficient, entries, kept[row]);
      System.arraycopy(
          sparseGradient.sourceRow, from, sparseGradient.sourceRow, entries, kept[row]);
      entries += kept[row];
    }
    sparseGradient.count = entries;
  }

  private void eachRow(Workers.Task task) {
    int rows = batch.rows;
    workers.run(
        (rows + ROWS_A_TASK - 1) / ROWS_A_TASK,
        (chunk, worker) -> {
          for (int row = chunk * ROWS_A_TASK;
              row < Math.min(rows, (chunk + 1) * ROWS_A_TASK);
              row++) {
            task.run(row, worker);
          }
        });
  }
}
