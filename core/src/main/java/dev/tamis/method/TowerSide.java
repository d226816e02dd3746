package dev.tamis.method;

import dev.tamis.config.TamisException;
import dev.tamis.data.Interactions;
import dev.tamis.data.feature.FeatureEncoding;
import dev.tamis.data.feature.FeatureLists;
import dev.tamis.data.feature.Features;
import dev.tamis.model.Initial;
import dev.tamis.model.Table;
import dev.tamis.model.TableShape;
import dev.tamis.model.TwoTowerModel;
import dev.tamis.model.tower.FeatureTower;
import dev.tamis.model.tower.FeatureTowerShape;
import dev.tamis.train.Run;
import dev.tamis.train.TowerRows;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The items or the users of a two-tower model in training: a tower over the features they have, and
 * over a row of each one's own for those that training sees. All others are known by their features
 * alone.
 *
 * <p>The table of vectors has the rows of the features first, then those of items or users
 * themselves. Rows of "unknown" start as zeros, so that one that training never meets says nothing.
 */
final class TowerSide {
  private final FeatureTowerShape shape;
  private final FeatureEncoding encoding;
  private final FeatureLists lists;
  private final FeatureTower tower;
  private final Table vectors; // [things x width] what the tower makes

  private TowerSide(
      FeatureTowerShape shape, FeatureEncoding encoding, FeatureLists lists, FeatureTower tower) {
    this.shape = shape;
    this.encoding = encoding;
    this.lists = lists;
    this.tower = tower;
    this.vectors = new Table(shape.side() + "s", lists.size(), shape.width());
  }

  /**
   * A side with its first values.
   *
   * @param features in the order of the things, if there are any
   * @param seen [things] which of them training sees
   * @param ownRows whether these have rows of their own
   * @param start fills the table of vectors
   * @throws TamisException of kind CONFIG if there is nothing to make vectors of
   */
  static TowerSide start(
      FeatureTowerShape shape,
      Optional<Features> features,
      int minimum,
      boolean[] seen,
      boolean ownRows,
      Initial.Values start,
      long seed) {
    if (features.isEmpty() && !ownRows) {
      throw TamisException.config(
          shape.side()
              + "-ids=false leaves nothing to tell "
              + shape.side()
              + "s apart by; give --"
              + shape.side()
              + "-features FILE, or leave "
              + shape.side()
              + "-ids true");
    }
    FeatureEncoding encoding =
        features.map(f -> FeatureEncoding.fit(f, seen, minimum)).orElse(FeatureEncoding.NONE);
    FeatureLists lists =
        features.map(encoding::lists).orElseGet(() -> FeatureLists.empty(seen.length));
    int rows = encoding.rows();
    if (ownRows) {
      lists = lists.withOwnRows(rows, seen);
      rows = Math.addExact(rows, seen.length);
    }
    Map<String, Table> tables = new HashMap<>();
    Table all = shape.vectors(rows).zeros();
    start.fill(all, seed);
    tables.put(all.name(), all);
    for (TableShape layer : shape.layers()) {
      Table table = layer.zeros();
      if (table.name().endsWith("weights")) {
        Initial.glorotUniform(table, seed);
      }
      tables.put(table.name(), table);
    }
    boolean[] unknown = encoding.unknownRows();
    for (int row = 0; row < unknown.length; row++) {
      if (unknown[row]) {
        Arrays.fill(all.values(), all.at(row), all.at(row + 1), 0);
      }
    }
    return new TowerSide(shape, encoding, lists, new FeatureTower(shape, rows, tables));
  }

  /**
   * About what a side holds to work on a batch.
   *
   * @param inBatch how many things stand in it, at most
   */
  static long batchBytes(
      Interactions train, long inBatch, FeatureTowerShape shape, long listBytes, Run run) {
    int things = Math.max(train.itemCount(), train.userCount());
    return TowerRows.bytes(
        things,
        (int) Math.min(things, inBatch),
        listBytes / 8.0 / (train.itemCount() + train.userCount()),
        shape.width(),
        shape.layerNumbers(),
        run.threads());
  }

  FeatureTower tower() {
    return tower;
  }

  FeatureLists lists() {
    return lists;
  }

  /** [things x width] what the tower makes; see who filled it. */
  Table vectors() {
    return vectors;
  }

  /** The vectors of all things as the tower makes them now. */
  Table made() {
    tower.fill(lists, vectors);
    return vectors;
  }

  /** What is served to make vectors of features, without the rows of things themselves. */
  Optional<TwoTowerModel.Side> served() {
    if (encoding.columns().isEmpty()) {
      return Optional.empty();
    }
    Map<String, Table> tables = new HashMap<>();
    int rows = encoding.rows();
    float[] values = Arrays.copyOf(tower.vectors().values(), tower.vectors().at(rows));
    tables.put(shape.vectors(), new Table(shape.vectors(), rows, shape.width(), values));
    tower.layers().forEach(table -> tables.put(table.name(), table));
    return Optional.of(new TwoTowerModel.Side(encoding, new FeatureTower(shape, rows, tables)));
  }
}
