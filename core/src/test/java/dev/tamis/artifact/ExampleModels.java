package dev.tamis.artifact;

import dev.tamis.data.IdMap;
import dev.tamis.data.Interactions;
import dev.tamis.data.feature.ColumnEncoding;
import dev.tamis.data.feature.ColumnKind;
import dev.tamis.data.feature.FeatureEncoding;
import dev.tamis.kernels.Workers;
import dev.tamis.math.Rng;
import dev.tamis.math.Stream;
import dev.tamis.model.EncoderModel;
import dev.tamis.model.FactorModel;
import dev.tamis.model.ItemMatrixModel;
import dev.tamis.model.ItemNeighboursModel;
import dev.tamis.model.LeastSquaresModel;
import dev.tamis.model.NeuralModel;
import dev.tamis.model.PopularityModel;
import dev.tamis.model.ServableModel;
import dev.tamis.model.Table;
import dev.tamis.model.TableShape;
import dev.tamis.model.TwoTowerModel;
import dev.tamis.model.score.NeuralLayers;
import dev.tamis.model.score.NeuralShape;
import dev.tamis.model.tower.FeatureTower;
import dev.tamis.model.tower.FeatureTowerShape;
import dev.tamis.model.tower.HistoryTower;
import dev.tamis.model.tower.TowerShape;
import dev.tamis.rank.QueryBlock;
import dev.tamis.rank.Scorer;
import dev.tamis.solve.ClosedFormWeights;
import dev.tamis.solve.ImplicitLoss;
import dev.tamis.solve.ItemMatrix;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** Small models for tests, deterministic by seed, and how to compare them. */
final class ExampleModels {
  private static final String[] ODD_IDS = {
    "0",
    "00",
    "007",
    " ",
    "a b",
    "\uD83D\uDE00",
    "\uD83D\uDC68\u200D\uD83D\uDC69",
    "é",
    "e\u0301",
    "\"quoted\"",
    "back\\slash",
    "tab\there",
    "line\nbreak",
    "\u0000",
    "x".repeat(256),
    "\uD83D\uDE00".repeat(64),
  };

  private ExampleModels() {}

  /** A factor model with bias, titles and odd ids. */
  static TrainedModel factors(long seed, int users, int items, int width) {
    Rng rng = Rng.keyed(seed, Stream.DEMO, 0, 0);
    Interactions seen = seen(rng, ids(rng, "u", users), ids(rng, "i", items));
    ServableModel model =
        new FactorModel(
            table(rng, "users", seen.userCount(), width),
            table(rng, "items", seen.itemCount(), width),
            Optional.of(table(rng, "item-bias", seen.itemCount(), 1)));
    SortedMap<String, String> options = new TreeMap<>();
    options.put("dim", "" + width);
    options.put("note", "\"\u00e9\\\n\uD83D\uDE00");
    String[] titles = new String[seen.itemCount()];
    for (int i = 0; i < titles.length; i++) {
      titles[i] = i % 3 == 0 ? "" : "Title \uD83C\uDFAC " + i;
    }
    return new TrainedModel("bpr", options, seed, 7, seen, seen.fingerprint(), titles, model);
  }

  /** A model that scores by a network, without titles. */
  static TrainedModel neural(long seed, int users, int items) {
    Rng rng = Rng.keyed(seed, Stream.DEMO, 2, 0);
    Interactions seen = seen(rng, ids(rng, "u", users), ids(rng, "i", items));
    NeuralShape shape = new NeuralShape(2, 3, List.of(5, 4));
    Map<String, Table> layers = new TreeMap<>();
    for (TableShape table : shape.tables()) {
      layers.put(table.name(), table(rng, table.name(), table.rows(), table.width()));
    }
    ServableModel model =
        new NeuralModel(
            table(rng, "users", seen.userCount(), shape.rowWidth()),
            table(rng, "items", seen.itemCount(), shape.rowWidth()),
            new NeuralLayers(shape, layers),
            Optional.of(table(rng, "score-bias", 1, 1)));
    return new TrainedModel(
        "neu-mf", new TreeMap<>(), seed, 3, seen, seen.fingerprint(), null, model);
  }

  /** A model of towers over features of every kind, with layers over those of items. */
  static TrainedModel towers(long seed, int users, int items) {
    Rng rng = Rng.keyed(seed, Stream.DEMO, 3, 0);
    Interactions seen = seen(rng, ids(rng, "u", users), ids(rng, "i", items));
    int width = 3;
    ServableModel model =
        new TwoTowerModel(
            table(rng, "users", seen.userCount(), width),
            table(rng, "items", seen.itemCount(), width),
            Optional.of(table(rng, "item-bias", seen.itemCount(), 1)),
            Optional.of(
                side(
                    rng,
                    new FeatureTowerShape("item", width, List.of(4, 2), true, 1),
                    new ColumnEncoding(
                        "genres", ColumnKind.MULTI, IdMap.of("Drama", "é", "a b"), 0, 1),
                    new ColumnEncoding("price", ColumnKind.NUMERIC, IdMap.of(), 12.5, 3.25))),
            Optional.of(
                side(
                    rng,
                    new FeatureTowerShape("user", width, List.of(), true, 2.5f),
                    new ColumnEncoding("land", ColumnKind.CATEGORICAL, IdMap.of("NO"), 0, 1))),
            true,
            2.5f);
    return new TrainedModel(
        "ssl-pop", new TreeMap<>(), seed, 3, seen, seen.fingerprint(), null, model);
  }

  private static TwoTowerModel.Side side(
      Rng rng, FeatureTowerShape shape, ColumnEncoding... columns) {
    FeatureEncoding encoding = new FeatureEncoding(List.of(columns));
    Map<String, Table> tables = new TreeMap<>();
    tables.put(shape.vectors(), table(rng, shape.vectors(), encoding.rows(), shape.width()));
    for (TableShape layer : shape.layers()) {
      tables.put(layer.name(), table(rng, layer.name(), layer.rows(), layer.width()));
    }
    return new TwoTowerModel.Side(encoding, new FeatureTower(shape, encoding.rows(), tables));
  }

  /** A model that folds in, and those of weights between items, by kind. */
  static TrainedModel solved(String kind, long seed, int users, int items) {
    Rng rng = Rng.keyed(seed, Stream.DEMO, 4, 0);
    Interactions seen = seen(rng, ids(rng, "u", users), ids(rng, "i", items));
    ItemMatrix weights =
        new ItemMatrix(items, new float[][] {table(rng, "weights", items, items).values()});
    ServableModel model;
    try (Workers workers = new Workers(1)) {
      model =
          switch (kind) {
            case LeastSquaresModel.KIND ->
                new LeastSquaresModel(
                    table(rng, "users", users, 4),
                    table(rng, "items", items, 4),
                    new ImplicitLoss(40, 0.1, 0.5),
                    1.25);
            case ItemMatrixModel.KIND -> new ItemMatrixModel(weights);
            case ItemNeighboursModel.KIND ->
                new ItemNeighboursModel(ClosedFormWeights.strongest(weights, 3, workers));
            default -> throw new IllegalArgumentException(kind);
          };
    }
    return new TrainedModel(
        "solved", new TreeMap<>(), seed, 2, seen, seen.fingerprint(), null, model);
  }

  /** A model that encodes histories by a tower of a shape. */
  static TrainedModel encoder(long seed, int users, TowerShape shape) {
    Rng rng = Rng.keyed(seed, Stream.DEMO, 5, 0);
    Interactions seen = seen(rng, ids(rng, "u", users), ids(rng, "i", shape.items()));
    Map<String, Table> tables = new TreeMap<>();
    for (Table empty : HistoryTower.emptyTables(shape)) {
      tables.put(empty.name(), table(rng, empty.name(), empty.rows(), empty.width()));
    }
    for (Table empty : HistoryTower.emptyUserNodes(shape).stream().toList()) {
      tables.put(empty.name(), table(rng, empty.name(), empty.rows(), empty.width()));
    }
    ServableModel model =
        new EncoderModel(
            new HistoryTower(shape, tables),
            table(rng, EncoderModel.ITEMS, shape.items(), shape.queryWidth()),
            table(rng, EncoderModel.ITEM_BIAS, shape.items(), 1));
    return new TrainedModel(
        "encoder", new TreeMap<>(), seed, 4, seen, seen.fingerprint(), null, model);
  }

  /** A popularity model without titles and options. */
  static TrainedModel popularity(long seed, int users, int items) {
    Rng rng = Rng.keyed(seed, Stream.DEMO, 1, 0);
    Interactions seen = seen(rng, ids(rng, "u", users), ids(rng, "i", items));
    return new TrainedModel(
        "most-popular",
        new TreeMap<>(),
        seed,
        0,
        seen,
        seen.fingerprint(),
        null,
        PopularityModel.ofCounts(seen.itemCounts()));
  }

  /** The bits of the scores of the first users over all items: what recommendations are made of. */
  static int[] scoreBits(TrainedModel model) {
    int rows = Math.min(4, model.seen().userCount());
    QueryBlock block = new QueryBlock(rows);
    Interactions seen = model.seen();
    for (int u = 0; u < rows; u++) {
      block.append(u, seen.itemIds(), seen.rowStart()[u], seen.rowStart()[u + 1]);
    }
    Scorer.Block scorer = model.model().newBlock(rows);
    scorer.load(block);
    float[] scores = new float[rows * seen.itemCount()];
    scorer.score(0, seen.itemCount(), scores);
    int[] bits = new int[scores.length];
    for (int i = 0; i < bits.length; i++) {
      bits[i] = Float.floatToRawIntBits(scores[i]);
    }
    return bits;
  }

  /** Copies a model directory into an empty place. */
  static Path copy(Path from, Path to) throws IOException {
    Files.createDirectories(to);
    for (Path file : AtomicDirectory.entries(from)) {
      Files.copy(file, to.resolve(file.getFileName()));
    }
    return to;
  }

  private static IdMap ids(Rng rng, String prefix, int count) {
    TreeSet<String> ids = new TreeSet<>();
    for (int i = 0; ids.size() < count; i++) {
      ids.add(rng.nextInt(4) == 0 ? ODD_IDS[rng.nextInt(ODD_IDS.length)] : prefix + i);
    }
    return IdMap.of(ids);
  }

  /** About a quarter of all pairs; every third user has none. */
  private static Interactions seen(Rng rng, IdMap users, IdMap items) {
    int[] rowStart = new int[users.size() + 1];
    int[] itemIds = new int[users.size() * items.size()];
    int size = 0;
    for (int u = 0; u < users.size(); u++) {
      for (int i = 0; i < items.size() && u % 3 != 1; i++) {
        if (rng.nextInt(4) == 0) {
          itemIds[size++] = i;
        }
      }
      rowStart[u + 1] = size;
    }
    return new Interactions(
        users, items, rowStart, java.util.Arrays.copyOf(itemIds, size), null, null);
  }

  private static Table table(Rng rng, String name, int rows, int width) {
    Table table = new Table(name, rows, width);
    for (int i = 0; i < table.values().length; i++) {
      table.values()[i] = (float) rng.nextGaussian();
    }
    return table;
  }
}
