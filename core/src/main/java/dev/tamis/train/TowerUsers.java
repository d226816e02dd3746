package dev.tamis.train;

import dev.tamis.data.feature.FeatureLists;
import dev.tamis.kernels.Workers;
import dev.tamis.math.Matrix;
import dev.tamis.model.Batch;
import dev.tamis.model.ItemTable;
import dev.tamis.model.Pass;
import dev.tamis.model.SparseGradient;
import dev.tamis.model.Table;
import dev.tamis.model.tower.FeatureTower;
import dev.tamis.optim.Optimizer;
import dev.tamis.sample.Proposal;
import java.util.List;

/** Queries that a tower makes of users' features. */
public final class TowerUsers implements QuerySide {
  private final TowerRows tower;
  private final Table table; // [users x width]
  private final SparseGradient entries; // one a row of the batch, in order

  /**
   * @param lists the features of each user
   * @param table where vectors are put
   */
  public TowerUsers(
      FeatureTower tower,
      FeatureLists lists,
      Table table,
      Optimizer optimizer,
      int batchRows,
      Workers workers) {
    this.tower = new TowerRows(tower, lists, table, optimizer, workers);
    this.table = table;
    this.entries = new SparseGradient(batchRows);
    entries.source = new Matrix(batchRows, table.width());
  }

  @Override
  public int width() {
    return table.width();
  }

  @Override
  public void begin(Batch batch, double rate) {
    entries.count = batch.rows;
    for (int r = 0; r < batch.rows; r++) {
      entries.row[r] = batch.users[r];
      entries.coefficient[r] = 1;
      entries.sourceRow[r] = r;
    }
    tower.begin(entries, rate);
  }

  /** Always: settling groups the features. */
  @Override
  public boolean needsSettling() {
    return true;
  }

  @Override
  public void settle(int owner) {
    tower.settle(owner);
  }

  @Override
  public double encode(Batch batch, Pass pass) {
    tower.encode();
    return 0;
  }

  @Override
  public void forward(Batch batch, int from, int to, Matrix q) {
    for (int r = from; r < to; r++) {
      System.arraycopy(table.values(), table.at(batch.users[r]), q.data, q.at(r), q.width);
    }
  }

  @Override
  public Matrix gradient() {
    return entries.source;
  }

  @Override
  public void backward(Batch batch, int from, int to, int shard) {}

  @Override
  public void leaveOut(int row) {
    entries.row[row] = -1;
  }

  @Override
  public void finish() {}

  @Override
  public void apply(int owner, float decay) {
    tower.sum(owner, entries, decay);
  }

  /** Moves the vectors of features, too. */
  @Override
  public void applyDense() {
    tower.finish();
  }

  @Override
  public void refresh(Proposal proposal, ItemTable items, long seed, int epoch, Workers workers) {
    if (proposal.needsUsers()) {
      throw new IllegalArgumentException("the proposal needs users' rows, but these have features");
    }
    proposal.refresh(items, seed, epoch, workers);
  }

  @Override
  public List<TableUpdates> updates() {
    return tower.updates();
  }
}
