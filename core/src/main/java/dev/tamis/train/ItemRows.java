package dev.tamis.train;

import dev.tamis.kernels.Workers;
import dev.tamis.model.ItemTable;
import dev.tamis.model.SparseGradient;
import dev.tamis.model.Table;
import dev.tamis.optim.Optimizer;
import java.util.ArrayList;
import java.util.List;

/** The simplest side: an item's vector is its row of a table that is trained. */
final class ItemRows implements ItemSide {
  private final ItemTable table;
  private final RowGroups groups;
  private final List<RowUpdates> rows = new ArrayList<>(); // vectors, then the bias if any

  ItemRows(ItemTable table, Optimizer optimizer, Workers workers) {
    this.table = table;
    this.groups = new RowGroups(table.items(), workers.threads());
    for (Table t : table.tables()) {
      rows.add(new RowUpdates(t, optimizer.attach(t), groups));
    }
  }

  @Override
  public ItemTable table() {
    return table;
  }

  @Override
  public void begin(SparseGradient entries, double rate) {
    for (RowUpdates t : rows) {
      t.beginStep(rate);
    }
  }

  @Override
  public void settle(int owner, SparseGradient entries) {
    groups.group(owner, entries);
    for (RowUpdates t : rows) {
      t.settle(owner);
    }
  }

  @Override
  public boolean needsSettling() {
    return rows.get(0).updater().defersIdleRows();
  }

  @Override
  public void group(int owner, SparseGradient entries) {
    groups.group(owner, entries);
  }

  @Override
  public void encode() {}

  @Override
  public void apply(int owner, SparseGradient vectors, SparseGradient bias, float decay) {
    for (int t = 0; t < rows.size(); t++) {
      rows.get(t).apply(owner, t == 0 ? vectors : bias, decay);
    }
  }

  @Override
  public void finish() {}

  /** Nothing to do: the loop settles what it is given by {@link #updates} between epochs. */
  @Override
  public void settleAll() {}

  @Override
  public List<TableUpdates> updates() {
    List<TableUpdates> all = new ArrayList<>();
    for (RowUpdates t : rows) {
      all.add(new TableUpdates(t.table(), t.updater()));
    }
    return all;
  }
}
