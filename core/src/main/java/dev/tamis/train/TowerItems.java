package dev.tamis.train;

import dev.tamis.data.feature.FeatureLists;
import dev.tamis.kernels.Workers;
import dev.tamis.model.ItemTable;
import dev.tamis.model.SparseGradient;
import dev.tamis.model.Table;
import dev.tamis.model.tower.FeatureTower;
import dev.tamis.optim.Optimizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Items whose vectors a tower makes of their features; a bias is each item's own. */
public final class TowerItems implements ItemSide {
  private final TowerRows tower;
  private final ItemTable table;
  private final RowGroups groups; // of biases
  private final Optional<RowUpdates> bias;

  /**
   * @param lists the features of each item
   * @param table where vectors are put; its bias, if any, is trained
   */
  public TowerItems(
      FeatureTower tower,
      FeatureLists lists,
      ItemTable table,
      Optimizer optimizer,
      Workers workers) {
    this.tower = new TowerRows(tower, lists, table.vectors(), optimizer, workers);
    this.table = table;
    this.groups = new RowGroups(table.items(), workers.threads());
    this.bias = table.bias().map(t -> biases(t, optimizer));
  }

  private RowUpdates biases(Table t, Optimizer optimizer) {
    return new RowUpdates(t, optimizer.attach(t), groups);
  }

  @Override
  public ItemTable table() {
    return table;
  }

  @Override
  public void begin(SparseGradient entries, double rate) {
    tower.begin(entries, rate);
    bias.ifPresent(t -> t.beginStep(rate));
  }

  @Override
  public void settle(int owner, SparseGradient entries) {
    tower.settle(owner);
    if (bias.isPresent()) {
      groups.group(owner, entries);
      bias.get().settle(owner);
    }
  }

  @Override
  public boolean needsSettling() {
    return true;
  }

  /** The tower groups them when it sums them up. */
  @Override
  public void group(int owner, SparseGradient entries) {
    if (bias.isPresent()) {
      groups.group(owner, entries);
    }
  }

  @Override
  public void encode() {
    tower.encode();
  }

  @Override
  public void apply(int owner, SparseGradient vectors, SparseGradient biasGradient, float decay) {
    tower.sum(owner, vectors, decay);
    if (bias.isPresent()) {
      bias.get().apply(owner, biasGradient, decay);
    }
  }

  @Override
  public void finish() {
    tower.finish();
  }

  @Override
  public void settleAll() {
    tower.settleAll();
  }

  @Override
  public List<TableUpdates> updates() {
    List<TableUpdates> all = new ArrayList<>(tower.updates());
    bias.ifPresent(t -> all.add(new TableUpdates(t.table(), t.updater())));
    return all;
  }
}
