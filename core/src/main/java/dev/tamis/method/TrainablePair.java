package dev.tamis.method;

import dev.tamis.kernels.Kernels;
import dev.tamis.model.FactorModel;
import dev.tamis.model.Initial;
import dev.tamis.model.ItemTable;
import dev.tamis.model.NeuralModel;
import dev.tamis.model.PairModel;
import dev.tamis.model.ServableModel;
import dev.tamis.model.Table;
import dev.tamis.model.TableShape;
import dev.tamis.model.score.BiasedScore;
import dev.tamis.model.score.DotScore;
import dev.tamis.model.score.EuclideanScore;
import dev.tamis.model.score.NeuralLayers;
import dev.tamis.model.score.NeuralScore;
import dev.tamis.model.score.NeuralShape;
import dev.tamis.model.score.ScoreFunction;
import dev.tamis.model.tower.UserRows;
import dev.tamis.model.tower.WeightedUserRows;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** A pair model by its tables: as it is trained, and as it is served. */
final class TrainablePair {
  static final String USERS = FactorModel.USERS;
  static final String ITEMS = FactorModel.ITEMS;
  static final String ITEM_BIAS = FactorModel.ITEM_BIAS;
  static final String SCORE_BIAS = NeuralModel.SCORE_BIAS;
  static final String PREDICTION = NeuralShape.PREDICTION;

  private final PairShape shape;
  private final Map<String, Table> tables = new TreeMap<>();

  private TrainablePair(PairShape shape, List<TableShape> empty) {
    this.shape = shape;
    empty.forEach(table -> tables.put(table.name(), table.zeros()));
  }

  /**
   * A model with its first values: biases are 0.
   *
   * @param vectors fills users and items where the shape has no deviation
   * @param level whether all scores share a constant (see {@link
   *     dev.tamis.objective.Objective#setsLevel})
   */
  static TrainablePair start(
      PairShape shape, Initial.Values vectors, int users, int items, boolean level, long seed) {
    TrainablePair pair = new TrainablePair(shape, tables(shape, users, items, level));
    for (Table table : List.of(pair.table(USERS), pair.table(ITEMS))) {
      if (shape.initDeviation() > 0) {
        Initial.normal(table, seed, shape.initDeviation());
      } else {
        vectors.fill(table, seed);
      }
    }
    if (shape.score().hasLayers()) {
      for (NeuralShape.Layer layer : shape.network().layers()) {
        Initial.glorotUniform(pair.table(layer.weights().name()), seed);
      }
    }
    if (pair.tables.containsKey(PREDICTION)) {
      Table weights = pair.table(PREDICTION);
      Initial.uniform(weights, seed, shape.predictionInit().limit(weights.width()));
    }
    return pair;
  }

  /** How many numbers such a model has. */
  static long parameters(PairShape shape, int users, int items, boolean level) {
    long numbers = 0;
    for (TableShape table : tables(shape, users, items, level)) {
      numbers += (long) table.rows() * table.width();
    }
    return numbers;
  }

  private static List<TableShape> tables(PairShape shape, int users, int items, boolean level) {
    List<TableShape> all = new ArrayList<>();
    all.add(new TableShape(USERS, users, shape.rowWidth()));
    all.add(new TableShape(ITEMS, items, shape.rowWidth()));
    switch (shape.score()) {
      case DOT, EUCLIDEAN -> {}
      case GMF -> all.add(new TableShape(PREDICTION, 1, shape.dim()));
      case MLP, NEUMF -> all.addAll(shape.network().tables());
    }
    if (shape.itemBias()) {
      all.add(new TableShape(ITEM_BIAS, items, 1));
    }
    if (level) {
      all.add(new TableShape(SCORE_BIAS, 1, 1));
    }
    return all;
  }

  /** A table of the model. */
  Table table(String name) {
    return Optional.ofNullable(tables.get(name)).orElseThrow();
  }

  /** The numbers of all tables by name, live. */
  SortedMap<String, Object> values() {
    SortedMap<String, Object> values = new TreeMap<>();
    tables.forEach((name, table) -> values.put(name, table.values()));
    return values;
  }

  /** Takes over numbers that {@link #values} gave, maybe of another such model. */
  void take(SortedMap<String, Object> values) {
    tables.forEach(
        (name, table) ->
            System.arraycopy(values.get(name), 0, table.values(), 0, table.values().length));
  }

  private Optional<Table> ifAny(String name) {
    return Optional.ofNullable(tables.get(name));
  }

  /** What is trained. */
  PairModel model() {
    ItemTable items = new ItemTable(table(ITEMS), ifAny(ITEM_BIAS));
    ScoreFunction score =
        switch (shape.score()) {
          case DOT, GMF -> new DotScore(items);
          case EUCLIDEAN -> new EuclideanScore(items);
          case MLP, NEUMF -> new NeuralScore(items, network());
        };
    if (tables.containsKey(SCORE_BIAS)) {
      score = new BiasedScore(score, table(SCORE_BIAS));
    }
    boolean weighted = shape.score() == PairShape.Score.GMF;
    return new PairModel(weighted ? weightedUsers() : new UserRows(table(USERS)), score);
  }

  /**
   * What is served, as the tables stand now: the prediction weights of GMF are multiplied into the
   * users, so that it is a model of factors like any other. So is one of distances: of {@code -|q -
   * v|^2 = 2 q.v - |v|^2 - |q|^2} the last is the same for all items of a user, and half of the
   * rest is an inner product with an item bias.
   */
  ServableModel servable() {
    return switch (shape.score()) {
      case DOT -> new FactorModel(table(USERS), table(ITEMS), servedBias());
      case GMF -> new FactorModel(weightedUsers().queries(), table(ITEMS), servedBias());
      case EUCLIDEAN ->
          new FactorModel(table(USERS), table(ITEMS), Optional.of(minusHalfSquares()));
      case MLP, NEUMF -> new NeuralModel(table(USERS), table(ITEMS), network(), ifAny(SCORE_BIAS));
    };
  }

  private Table minusHalfSquares() {
    Table vectors = table(ITEMS);
    Table bias = new Table(ITEM_BIAS, vectors.rows(), 1);
    float[] values = vectors.values();
    for (int i = 0; i < bias.rows(); i++) {
      int at = vectors.at(i);
      bias.values()[i] = -Kernels.dot(values, at, values, at, vectors.width()) / 2;
    }
    return bias;
  }

  private WeightedUserRows weightedUsers() {
    return new WeightedUserRows(table(USERS), table(PREDICTION));
  }

  private NeuralLayers network() {
    return new NeuralLayers(shape.network(), tables);
  }

  /** In a model of factors, the constant of all scores is part of each item's bias. */
  private Optional<Table> servedBias() {
    if (!tables.containsKey(SCORE_BIAS)) {
      return ifAny(ITEM_BIAS);
    }
    Table bias =
        ifAny(ITEM_BIAS).map(Table::copy).orElse(new Table(ITEM_BIAS, table(ITEMS).rows(), 1));
    for (int i = 0; i < bias.rows(); i++) {
      bias.values()[i] += table(SCORE_BIAS).values()[0];
    }
    return Optional.of(bias);
  }
}
