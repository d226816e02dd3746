package dev.tamis.train;

import dev.tamis.data.feature.FeatureLists;
import dev.tamis.kernels.Workers;
import dev.tamis.math.Matrix;
import dev.tamis.model.SparseGradient;
import dev.tamis.model.Table;
import dev.tamis.model.tower.FeatureTower;
import dev.tamis.optim.Optimizer;
import dev.tamis.optim.Updater;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;

/**
 * Rows of a table that a tower makes of features: only those of a batch's items or users are worked
 * out, each once, and the gradient of each is summed before it goes back through the tower.
 *
 * <p>The rows of a batch, in the order in which they come first, are cut into parts whose number
 * depends on how many there are, and parts are worked on by any thread. Gradients of the layers are
 * summed part by part, then in the order of the parts; those of features' vectors in the order of
 * the rows. So threads change no bit.
 */
public final class TowerRows {
  private static final int PARTS = 16; // at most
  private static final int PART_ROWS = 128; // at least

  private final FeatureTower tower;
  private final FeatureLists lists;
  private final Table table; // [things x width] where vectors are put
  private final Workers workers;
  private final RowGroups featureGroups;
  private final RowUpdates features;
  private final DenseTables layers;
  private final SparseGradient featureGradient;
  private final RowGroups groups; // of the table's rows
  private final RowUpdates sums;
  private final int[] place; // [things] where each stands in the batch, or -1
  private int[] things = new int[0]; // [in the batch], in the order of their first coming
  private int count;
  private Matrix gradient = new Matrix(0, 0); // [in the batch x width] of vectors, then of sums
  private final FeatureTower.Activations[] activations; // [parts]
  private int partRows;

  /**
   * @param table what is filled; it is not trained itself
   */
  TowerRows(
      FeatureTower tower, FeatureLists lists, Table table, Optimizer optimizer, Workers workers) {
    this.tower = tower;
    this.lists = lists;
    this.table = table;
    this.workers = workers;
    Table vectors = tower.vectors();
    this.featureGroups = new RowGroups(vectors.rows(), workers.threads());
    this.features = new RowUpdates(vectors, optimizer.attach(vectors), featureGroups);
    this.layers = new DenseTables(tower.layers(), optimizer, PARTS);
    this.featureGradient = new SparseGradient(0);
    this.groups = new RowGroups(table.rows(), workers.threads());
    this.sums = new RowUpdates(table, new Sums(), groups);
    this.place = new int[table.rows()];
    Arrays.fill(place, -1);
    this.activations = new FeatureTower.Activations[PARTS];
  }

  /**
   * How many bytes it holds, tables and their updates left out.
   *
   * @param things in the table
   * @param inBatch how many of them stand in a batch, at most
   * @param features of a thing
   */
  public static long bytes(
      int things, int inBatch, double features, int width, int layerNumbers, int threads) {
    long entries = (long) (inBatch * features);
    return 4L * things
        + 8L * inBatch * width * 3
        + 12 * entries
        + 24L * threads * (entries + inBatch)
        + 4L * PARTS * layerNumbers;
  }

  Table table() {
    return table;
  }

  /** Lists which rows stand in a batch, and their features. */
  void begin(SparseGradient entries, double rate) {
    features.beginStep(rate);
    layers.beginStep(rate);
    for (int i = 0; i < count; i++) {
      place[things[i]] = -1;
    }
    count = 0;
    if (things.length < entries.count) {
      things = new int[Math.max(entries.count, 2 * things.length)];
    }
    for (int e = 0; e < entries.count; e++) {
      int thing = entries.row[e];
      if (place[thing] < 0) {
        place[thing] = count;
        things[count++] = thing;
      }
    }
    int parts = Math.min(PARTS, (count + PART_ROWS - 1) / PART_ROWS);
    partRows = parts == 0 ? PART_ROWS : (count + parts - 1) / parts;
    reserve(parts);
    listFeatures();
  }

  private void reserve(int parts) {
    int width = table.width();
    if (gradient.width != width || gradient.capacity() < count) {
      gradient = new Matrix(Math.max(count, gradient.capacity() * 3 / 2), width);
      featureGradient.source = gradient;
    }
    for (int p = 0; p < parts; p++) {
      if (activations[p] == null || activations[p].room() < partRows) {
        activations[p] = tower.new Activations(Math.max(PART_ROWS, partRows * 5 / 4));
      }
    }
  }

  private void listFeatures() {
    int n = 0;
    for (int i = 0; i < count; i++) {
      n += lists.start()[things[i] + 1] - lists.start()[things[i]];
    }
    featureGradient.reserve(n);
    featureGradient.count = n;
    int at = 0;
    for (int i = 0; i < count; i++) {
      int from = lists.start()[things[i]];
      int some = lists.start()[things[i] + 1] - from;
      System.arraycopy(lists.row(), from, featureGradient.row, at, some);
      System.arraycopy(lists.weight(), from, featureGradient.coefficient, at, some);
      Arrays.fill(featureGradient.sourceRow, at, at + some, i);
      at += some;
    }
  }

  /** Brings the vectors of features up to date; several owners at a time. */
  void settle(int owner) {
    featureGroups.group(owner, featureGradient);
    features.settle(owner);
  }

  /** Puts the vectors of the batch's rows into the table. */
  void encode() {
    workers.run(parts(), (part, worker) -> encode(part));
  }

  private int parts() {
    return (count + partRows - 1) / partRows;
  }

  private void encode(int part) {
    int from = part * partRows;
    int to = Math.min(count, from + partRows);
    Matrix made = activations[part].forward(lists, things, from, to);
    for (int i = from; i < to; i++) {
      System.arraycopy(
          made.data, made.at(i - from), table.values(), table.at(things[i]), made.width);
    }
    Arrays.fill(gradient.data, gradient.at(from), gradient.at(to), 0);
  }

  /**
   * Sums the gradients of an owner's rows.
   *
   * @param decay added to the gradient of a row: this times the row, once for each time it stands
   *     in the batch
   */
  void sum(int owner, SparseGradient entries, float decay) {
    groups.group(owner, entries);
    sums.apply(owner, entries, decay);
  }

  /** Brings the gradients back to features and layers, and moves both. */
  void finish() {
    workers.run(parts(), (part, worker) -> back(part));
    workers.run(workers.threads(), (owner, worker) -> features.apply(owner, featureGradient, 0));
    layers.apply();
  }

  private void back(int part) {
    int from = part * partRows;
    int to = Math.min(count, from + partRows);
    Matrix d = activations[part].backward(gradient, from, layers.gradient(part));
    System.arraycopy(d.data, 0, gradient.data, gradient.at(from), (to - from) * d.width);
  }

  /** Puts the vectors of all rows into the table, between steps. */
  void settleAll() {
    for (TableUpdates update : updates()) {
      update.updater().settleAll();
    }
    tower.fill(lists, table);
  }

  List<TableUpdates> updates() {
    List<TableUpdates> all = new ArrayList<>();
    all.add(new TableUpdates(features.table(), features.updater()));
    all.addAll(layers.updates());
    return all;
  }

  /** Where the sums of gradients go, instead of moving rows of the table. */
  private final class Sums implements Updater {
    @Override
    public boolean movesIdleRows() {
      return false;
    }

    @Override
    public boolean defersIdleRows() {
      return false;
    }

    @Override
    public void beginStep(double rate) {}

    @Override
    public void update(int[] rows, int from, int count, float[] sum) {
      int width = gradient.width;
      for (int i = 0; i < count; i++) {
        System.arraycopy(sum, i * width, gradient.data, gradient.at(place[rows[from + i]]), width);
      }
    }

    @Override
    public void updateRange(int firstRow, int count, float[] sum, int sumFrom) {
      throw new UnsupportedOperationException("rows come one by one");
    }

    @Override
    public void updateIdle(int firstRow, int count) {}

    @Override
    public void settle(int[] rows, int from, int count) {}

    @Override
    public void settleAll() {}

    @Override
    public SortedMap<String, Object> state() {
      return Collections.emptySortedMap();
    }
  }
}
