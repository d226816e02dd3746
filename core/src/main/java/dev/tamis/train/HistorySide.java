package dev.tamis.train;

import dev.tamis.kernels.Workers;
import dev.tamis.math.Matrix;
import dev.tamis.model.Batch;
import dev.tamis.model.ItemTable;
import dev.tamis.model.Pass;
import dev.tamis.model.Table;
import dev.tamis.model.tower.HistoryTower;
import dev.tamis.model.tower.TowerTraining;
import dev.tamis.optim.Optimizer;
import dev.tamis.sample.Proposal;
import java.util.ArrayList;
import java.util.List;

/**
 * Queries encoded from histories, the positives of a row. Of the encoder's first table only the
 * rows that stand in the batch's histories are read and updated; all others are updated whole.
 */
final class HistorySide implements QuerySide {
  private final TowerTraining tower;
  private final KlWeight kl;
  private final Workers workers;
  private final RowGroups groups;
  private final RowUpdates input; // weights of the first layer
  private final List<TableUpdates> dense = new ArrayList<>(); // the tower's other tables
  private float divergenceWeight; // of a row

  /**
   * @param kl what the divergence of the codes counts in the loss, at each step
   * @param input moves the weights of the first layer, {@code weights} those of the others
   */
  HistorySide(
      HistoryTower tower,
      TowerTraining training,
      KlWeight kl,
      Optimizer input,
      Optimizer weights,
      Optimizer biases,
      Workers workers) {
    this.tower = training;
    this.kl = kl;
    this.workers = workers;
    List<Table> tables = tower.tables();
    this.groups = new RowGroups(tables.get(0).rows(), workers.threads());
    this.input = new RowUpdates(tables.get(0), input.attach(tables.get(0)), groups);
    for (int t = 1; t < tables.size(); t++) {
      Table table = tables.get(t);
      dense.add(new TableUpdates(table, (t % 2 == 0 ? weights : biases).attach(table)));
    }
  }

  @Override
  public int width() {
    return tower.queryWidth();
  }

  @Override
  public void begin(Batch batch, double rate) {
    for (TableUpdates table : dense) {
      table.updater().beginStep(rate);
    }
    input.beginStep(rate);
    tower.listHistory(batch);
  }

  @Override
  public boolean defersIdleRows() {
    return input.updater().defersIdleRows();
  }

  @Override
  public void settle(int owner) {
    groups.group(owner, tower.sparseGradient());
    input.settle(owner);
  }

  @Override
  public double encode(Batch batch, Pass pass) {
    double weight = kl.at(pass.step());
    divergenceWeight = (float) (weight / batch.rows);
    return weight * tower.forward(batch, pass) / batch.rows;
  }

  @Override
  public void forward(Batch batch, int from, int to, Matrix q) {
    Matrix encoded = tower.query();
    System.arraycopy(encoded.data, encoded.at(from), q.data, q.at(from), (to - from) * q.width);
  }

  @Override
  public Matrix gradient() {
    return tower.queryGradient();
  }

  @Override
  public void backward(Batch batch, int from, int to, int shard) {}

  /** The row's query has no gradient, but its code may have a divergence; so it stays. */
  @Override
  public void leaveOut(int row) {}

  @Override
  public void finish() {
    tower.backward(divergenceWeight);
  }

  /** Groups anew, by what dropout left of the histories. */
  @Override
  public void apply(int owner, float decay) {
    groups.group(owner, tower.sparseGradient());
    input.apply(owner, tower.sparseGradient(), decay);
  }

  @Override
  public void applyDense() {
    workers.run(
        dense.size(),
        (t, worker) -> {
          TableUpdates table = dense.get(t);
          table.updater().updateRange(0, table.table().rows(), tower.denseGradients().get(t), 0);
        });
  }

  @Override
  public void refresh(Proposal proposal, ItemTable items, long seed, int epoch, Workers workers) {
    proposal.refresh(items, seed, epoch, workers);
  }

  @Override
  public List<TableUpdates> updates() {
    List<TableUpdates> all = new ArrayList<>();
    all.add(new TableUpdates(input.table(), input.updater()));
    all.addAll(dense);
    return all;
  }
}
