package dev.tamis.train;

import dev.tamis.kernels.Workers;
import dev.tamis.math.Matrix;
import dev.tamis.model.Batch;
import dev.tamis.model.ItemTable;
import dev.tamis.model.Pass;
import dev.tamis.model.SparseGradient;
import dev.tamis.model.Table;
import dev.tamis.model.tower.Dropout;
import dev.tamis.model.tower.HistoryTower;
import dev.tamis.model.tower.TowerTraining;
import dev.tamis.optim.Optimizer;
import dev.tamis.sample.Proposal;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;

/**
 * Queries encoded from histories, the positives of a row. Of the encoder's first table only the
 * rows that stand in the batch's histories are read and updated, of the users' nodes those of its
 * users; all others are updated whole.
 */
public final class HistorySide implements QuerySide {
  private final TowerTraining tower;
  private final KlWeight kl;
  private final Workers workers;
  private final List<Sparse> sparse = new ArrayList<>(); // the first layer's, users' nodes
  private final List<TableUpdates> dense = new ArrayList<>(); // the tower's other tables
  private float divergenceWeight; // of a row

  /** A table of which a batch reads some rows, and their gradient. */
  private record Sparse(RowGroups groups, RowUpdates rows, SparseGradient gradient) {}

  /**
   * @param kl what the divergence of the codes counts in the loss, at each step
   * @param input moves the weights of the first layer and the users' nodes, {@code weights} those
   *     of the others
   */
  public HistorySide(
      HistoryTower tower,
      Dropout dropout,
      KlWeight kl,
      Optimizer input,
      Optimizer weights,
      Optimizer biases,
      int batchRows,
      Workers workers) {
    this(
        tower,
        new TowerTraining(tower, batchRows, dropout, 1, workers),
        kl,
        input,
        weights,
        biases,
        workers);
  }

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
    addSparse(tables.get(0), input, training.sparseGradient());
    tower.userNodes().ifPresent(nodes -> addSparse(nodes, input, training.userGradient()));
    for (int t = 1; t < tables.size(); t++) {
      Table table = tables.get(t);
      dense.add(new TableUpdates(table, (t % 2 == 0 ? weights : biases).attach(table)));
    }
  }

  private void addSparse(Table table, Optimizer optimizer, SparseGradient gradient) {
    RowGroups groups = new RowGroups(table.rows(), workers.threads());
    sparse.add(
        new Sparse(groups, new RowUpdates(table, optimizer.attach(table), groups), gradient));
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
    for (Sparse table : sparse) {
      table.rows().beginStep(rate);
    }
    tower.listHistory(batch);
  }

  @Override
  public boolean needsSettling() {
    return sparse.get(0).rows().updater().defersIdleRows();
  }

  @Override
  public void settle(int owner) {
    for (Sparse table : sparse) {
      table.groups().group(owner, table.gradient());
      table.rows().settle(owner);
    }
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
    for (Sparse table : sparse) {
      table.groups().group(owner, table.gradient());
      table.rows().apply(owner, table.gradient(), decay);
    }
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
    if (proposal.needsUsers()) {
      throw new IllegalArgumentException("the proposal needs users, but histories have none");
    }
    proposal.refresh(items, seed, epoch, workers);
  }

  @Override
  public void measured(long steps, boolean best) {
    kl.measured(steps, best);
  }

  @Override
  public SortedMap<String, Object> state() {
    return kl.state();
  }

  @Override
  public List<TableUpdates> updates() {
    List<TableUpdates> all = new ArrayList<>();
    for (Sparse table : sparse) {
      all.add(new TableUpdates(table.rows().table(), table.rows().updater()));
    }
    all.addAll(1, dense);
    return all;
  }
}
