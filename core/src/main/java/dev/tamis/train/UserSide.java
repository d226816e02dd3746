package dev.tamis.train;

import dev.tamis.kernels.Workers;
import dev.tamis.math.Matrix;
import dev.tamis.model.Batch;
import dev.tamis.model.ItemTable;
import dev.tamis.model.PairModel;
import dev.tamis.model.Pass;
import dev.tamis.model.RowFetch;
import dev.tamis.model.SparseGradient;
import dev.tamis.model.Table;
import dev.tamis.optim.Optimizer;
import dev.tamis.sample.Proposal;
import java.util.ArrayList;
import java.util.List;

/** Queries made of users' rows of a table. */
public final class UserSide implements QuerySide {
  private final PairModel model;
  private final SparseGradient entries; // one a row of the batch, in order
  private final RowGroups groups;
  private final RowUpdates rows;
  private final DenseTables dense; // of the tower
  private boolean grouped; // set alike by all owners that settle; read when they have ended

  public UserSide(
      PairModel model, Optimizer optimizer, int batchRows, int shards, Workers workers) {
    this.model = model;
    this.entries = new SparseGradient(batchRows);
    entries.source = new Matrix(batchRows, model.users().width());
    Table table = model.users().table();
    this.groups = new RowGroups(table.rows(), workers.threads());
    this.rows = new RowUpdates(table, optimizer.attach(table), groups);
    this.dense = new DenseTables(model.users().parameters(), optimizer, shards);
  }

  @Override
  public int width() {
    return model.users().width();
  }

  @Override
  public void begin(Batch batch, double rate) {
    entries.count = batch.rows;
    for (int r = 0; r < batch.rows; r++) {
      entries.row[r] = batch.users[r];
      entries.coefficient[r] = 1;
      entries.sourceRow[r] = r;
    }
    grouped = false;
    rows.beginStep(rate);
    dense.beginStep(rate);
  }

  @Override
  public boolean needsSettling() {
    return rows.updater().defersIdleRows();
  }

  @Override
  public void settle(int owner) {
    groups.group(owner, entries);
    rows.settle(owner);
    grouped = true;
  }

  @Override
  public double encode(Batch batch, Pass pass) {
    return 0;
  }

  @Override
  public void forward(Batch batch, int from, int to, Matrix q) {
    Table table = model.users().table();
    RowFetch.fetch(table.values(), table.width(), batch.users, from, to - from);
    model.users().forward(batch.users, from, to, q);
  }

  @Override
  public Matrix gradient() {
    return entries.source;
  }

  @Override
  public void backward(Batch batch, int from, int to, int shard) {
    model.users().backward(batch.users, from, to, entries.source, dense.gradient(shard), 0);
  }

  @Override
  public void leaveOut(int row) {
    entries.row[row] = -1;
    grouped = false;
  }

  @Override
  public void finish() {}

  @Override
  public void apply(int owner, float decay) {
    if (!grouped) {
      groups.group(owner, entries);
    }
    rows.apply(owner, entries, decay);
  }

  @Override
  public void applyDense() {
    dense.apply();
  }

  @Override
  public void refresh(Proposal proposal, ItemTable items, long seed, int epoch, Workers workers) {
    proposal.refresh(model, seed, epoch, workers);
  }

  @Override
  public List<TableUpdates> updates() {
    List<TableUpdates> all = new ArrayList<>();
    all.add(new TableUpdates(rows.table(), rows.updater()));
    all.addAll(dense.updates());
    return all;
  }
}
