package dev.tamis.train;

import dev.tamis.kernels.Workers;
import dev.tamis.math.ArrayLength;
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
 * <p>Scores and gradients of items are those of {@link ItemProducts}.
 */
public final class MatrixStep implements Step {
  private static final int ROWS_A_TASK = 4;

  private final TowerTraining tower;
  private final HistorySide histories;
  private final Objective objective;
  private final KlWeight kl;
  private final int samples;
  private final Batch repeated; // a row a code, where a row has several
  private final Workers workers;
  private final Candidates candidates; // [batch rows x samples x items]
  private final double[] loss; // [tasks]
  private final ItemProducts items;

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
    int codes = codes(batchRows, samples, items.rows());
    this.tower = new TowerTraining(tower, batchRows, new Dropout(dropout, 0), samples, workers);
    this.objective = objective;
    this.kl = kl;
    this.samples = samples;
    this.repeated = new Batch(samples > 1 ? codes : 0, 0);
    this.workers = workers;
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
    this.items = new ItemProducts(items, bias, decayed, plain, workers);
  }

  /**
   * How many codes a batch has: rows of scores of all items.
   *
   * @throws dev.tamis.config.TamisException of kind CONFIG if one array cannot hold those scores
   */
  public static int codes(int batchRows, int samples, int items) {
    String mend = samples == 1 ? "make batch-size smaller" : "make batch-size or samples smaller";
    int codes = ArrayLength.of("codes of a batch", batchRows, samples, mend);
    ArrayLength.of("scores of all items for a batch", codes, items, mend);
    return codes;
  }

  @Override
  public double run(Batch batch, double rate, Pass pass) {
    beginStep(batch, rate);
    int rows = candidates.rows;
    double total = histories.encode(batch, pass);
    Matrix q = tower.query();
    items.score(rows, q, candidates.score);
    differentiate(rows);
    items.queryGradient(rows, candidates.score, tower.queryGradient());
    items.update(rows, candidates.score, q);
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
    items.beginStep(rate);
    histories.begin(batch, rate);
    if (histories.needsSettling()) {
      workers.run(workers.threads(), (owner, worker) -> histories.settle(owner));
    }
  }

  private void differentiate(int rows) {
    workers.run(
        (rows + ROWS_A_TASK - 1) / ROWS_A_TASK,
        (t, worker) -> {
          int from = t * ROWS_A_TASK;
          int to = Math.min(rows, from + ROWS_A_TASK);
          for (int r = from; r < to; r++) {
            items.addBias(candidates.score, candidates.at(r));
          }
          loss[t] = objective.differentiate(candidates, from, to);
        });
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
    all.addAll(items.updates());
    return all;
  }
}
