package dev.tamis.train;

import dev.tamis.kernels.Kernels;
import dev.tamis.math.ArrayLength;
import dev.tamis.model.Table;
import dev.tamis.optim.Optimizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Tables that every row of a batch uses whole: each shard sums its gradients for itself, and the
 * sums are added in the order of the shards.
 */
final class DenseTables {
  private static final String MEND = "make hidden layers narrower";

  private final List<TableUpdates> tables = new ArrayList<>();
  private final int[] start; // [tables] where the gradient of each table begins
  private final float[][] gradient; // [shards][numbers of all tables]

  DenseTables(List<Table> tables, Optimizer optimizer, int shards) {
    this.start = new int[tables.size()];
    long numbers = 0;
    for (int t = 0; t < start.length; t++) {
      Table table = tables.get(t);
      this.tables.add(new TableUpdates(table, optimizer.attach(table)));
      start[t] = ArrayLength.of("numbers of all layers", numbers, MEND);
      numbers += table.values().length;
    }
    this.gradient = new float[shards][ArrayLength.of("numbers of all layers", numbers, MEND)];
  }

  List<TableUpdates> updates() {
    return tables;
  }

  /** [numbers of all tables] what a shard adds its gradients to. */
  float[] gradient(int shard) {
    return gradient[shard];
  }

  void beginStep(double rate) {
    for (TableUpdates table : tables) {
      table.updater().beginStep(rate);
    }
    for (float[] shard : gradient) {
      Arrays.fill(shard, 0);
    }
  }

  /** Moves all tables, on one thread. */
  void apply() {
    for (int s = 1; s < gradient.length; s++) {
      Kernels.axpy(1, gradient[s], 0, gradient[0], 0, gradient[0].length);
    }
    for (int t = 0; t < start.length; t++) {
      TableUpdates table = tables.get(t);
      table.updater().updateRange(0, table.table().rows(), gradient[0], start[t]);
    }
  }
}
