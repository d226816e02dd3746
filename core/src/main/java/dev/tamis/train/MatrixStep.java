package dev.tamis.train;

import dev.tamis.kernels.Gemm;
import dev.tamis.kernels.Kernels;
import dev.tamis.kernels.Workers;
import dev.tamis.math.Matrix;
import dev.tamis.model.Batch;
import dev.tamis.model.Candidates;
import dev.tamis.model.Pass;
import dev.tamis.model.Table;
import dev.tamis.model.tower.Dropout;
import dev.tamis.model.tower.HistoryTower;
import dev.tamis.model.tower.TowerTraining;
import dev.tamis.objective.Objective;
import dev.tamis.optim.Adam;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;

/**
 * A training step of an autoencoder: every row has a history as positives and all items as
 * candidates, so scores and gradients are matrix products.
 *
 * <p>The gradient of the item table is never written out whole: a tile of it is made and applied at
 * once. Threads share the work by tiles of outputs, whose inner order is fixed.
 */
public final class MatrixStep implements Step {
  private static final int ROWS_A_TASK = 4;
  private static final int ITEMS_A_TILE = 512;

  private final TowerTraining tower;
  private final HistorySide histories;
  private final Objective objective;
  private final KlWeight kl;
  private final int samples;
  private final Batch repeated; // a row a code, where a row has several
  private final Workers workers;
  private final Gemm gemm;
  private final Candidates candidates; // [batch rows x samples x items]
  private final double[] loss; // [tasks]
  private final TableUpdates items;
  private final TableUpdates bias;
  private final Gemm[] tileGemm; // [threads]
  private final float[][] tile; // [threads][tile x width]
  private final float[][] tileBias; // [threads][tile]

  /**
   * @param items [items x query width] the decoder's last weights
   * @param bias [items x 1]
   * @param samples how many codes are drawn for a row; its likelihood is the mean of theirs
   * @param weightDecay lambda of {@code lambda * sum of |W|^2} over all weights, biases left out
   */
  public MatrixStep(
      HistoryTower tower,
      Table items,
      Table bias,
      Objective objective,
      double dropout,
      KlWeight kl,
      int samples,
      double weightDecay,
      int batchRows,
      Workers workers) {
    int codes = Math.multiplyExact(batchRows, samples);
    this.tower = new TowerTraining(tower, batchRows, new Dropout(dropout, 0), samples, workers);
    this.objective = objective;
    this.kl = kl;
    this.samples = samples;
    this.repeated = new Batch(samples > 1 ? codes : 0, 0);
    this.workers = workers;
    this.gemm = new Gemm(workers);
    this.candidates = new Candidates(Candidates.Layout.ALL, codes, items.rows());
    this.loss = new double[(codes + ROWS_A_TASK - 1) / ROWS_A_TASK];
    Adam plain = Adam.tensorFlow(Adam.IdleRows.MOVE, 1e-8);
    // The gradient of lambda * w^2 is 2 lambda w, and that is what coupled decay adds. Idle
    // rows wait until they are read.
    Adam decayed = Adam.tensorFlow(Adam.IdleRows.MOVE, 1e-8, 2 * weightDecay);
    Adam history =
        weightDecay > 0
            ? Adam.tensorFlow(Adam.IdleRows.REPLAY, 1e-8, 2 * weightDecay)
            : Adam.tensorFlow(Adam.IdleRows.DEFER, 1e-8);
    this.histories = new HistorySide(tower, this.tower, kl, history, decayed, plain, workers);
    this.items = new TableUpdates(items, decayed.attach(items));
    this.bias = new TableUpdates(bias, plain.attach(bias));
    this.tileGemm = new Gemm[workers.threads()];
    this.tile = new float[workers.threads()][ITEMS_A_TILE * items.width()];
    this.tileBias = new float[workers.threads()][ITEMS_A_TILE];
    Arrays.setAll(tileGemm, i -> new Gemm());
  }

  @Override
  public double run(Batch batch, double rate, Pass pass) {
    beginStep(batch, rate);
    int rows = candidates.rows;
    double total = histories.encode(batch, pass);
    Matrix q = tower.query();
    int n = items.table().rows();
    int width = items.table().width();
    float[] scores = candidates.score;
    gemm.nt(
        rows, n, width, q.data, 0, width, items.table().values(), 0, width, scores, 0, n, false);
    differentiate(rows);
    Matrix dq = tower.queryGradient();
    gemm.nn(
        rows, width, n, scores, 0, n, items.table().values(), 0, width, dq.data, 0, width, false);
    workers.run(
        (n + ITEMS_A_TILE - 1) / ITEMS_A_TILE,
        (t, worker) -> updateTile(t * ITEMS_A_TILE, worker, q));
    histories.finish();
    workers.run(workers.threads(), (owner, worker) -> histories.apply(owner, 0));
    histories.applyDense();
    for (int t = 0; t * ROWS_A_TASK < rows; t++) {
      total += loss[t];
    }
    return total;
  }

  private void beginStep(Batch batch, double rate) {
    if (samples > 1) {
      repeated.repeat(batch, samples);
    }
    candidates.begin(samples > 1 ? repeated : batch);
    Arrays.fill(candidates.rowWeight, 0, candidates.rows, 1f / candidates.rows);
    items.updater().beginStep(rate);
    bias.updater().beginStep(rate);
    histories.begin(batch, rate);
    if (histories.defersIdleRows()) {
      workers.run(workers.threads(), (owner, worker) -> histories.settle(owner));
    }
  }

  private void differentiate(int rows) {
    int n = candidates.width;
    workers.run(
        (rows + ROWS_A_TASK - 1) / ROWS_A_TASK,
        (t, worker) -> {
          int from = t * ROWS_A_TASK;
          int to = Math.min(rows, from + ROWS_A_TASK);
          for (int r = from; r < to; r++) {
            Kernels.axpy(1, bias.table().values(), 0, candidates.score, candidates.at(r), n);
          }
          loss[t] = objective.differentiate(candidates, from, to);
        });
  }

  private void updateTile(int first, int worker, Matrix q) {
    int n = candidates.width;
    int width = items.table().width();
    int count = Math.min(ITEMS_A_TILE, n - first);
    tileGemm[worker].tn(
        count,
        width,
        candidates.rows,
        candidates.score,
        first,
        n,
        q.data,
        0,
        width,
        tile[worker],
        0,
        width,
        false);
    items.updater().updateRange(first, count, tile[worker], 0);
    Arrays.fill(tileBias[worker], 0, count, 0);
    for (int r = 0; r < candidates.rows; r++) {
      Kernels.axpy(1, candidates.score, candidates.at(r) + first, tileBias[worker], 0, count);
    }
    bias.updater().updateRange(first, count, tileBias[worker], 0);
  }

  @Override
  public void measured(long steps, boolean best) {
    kl.measured(steps, best);
  }

  @Override
  public SortedMap<String, Object> state() {
    return kl.state();
  }

  /** The tables with their updaters, in a fixed order: the tower's, items, bias. */
  @Override
  public List<TableUpdates> updates() {
    List<TableUpdates> all = new ArrayList<>(histories.updates());
    all.add(items);
    all.add(bias);
    return all;
  }
}
