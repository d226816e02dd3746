package dev.tamis.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tamis.config.TamisException;
import dev.tamis.kernels.Workers;
import dev.tamis.math.Rng;
import dev.tamis.math.Stream;
import dev.tamis.rank.QueryBlock;
import dev.tamis.solve.ClosedFormWeights;
import dev.tamis.solve.ItemMatrix;
import dev.tamis.solve.SparseRows;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Both models of weights between items. */
class ItemWeightsTest {
  private static final int ITEMS = 330; // more than a strip

  private static ItemMatrix random() {
    ItemMatrix matrix = ItemMatrix.zeros(ITEMS);
    Rng rng = Rng.keyed(1, Stream.DEMO, 0, 0);
    for (float[] strip : matrix.strips()) {
      for (int i = 0; i < strip.length; i++) {
        strip[i] = (float) rng.nextGaussian();
      }
    }
    return matrix;
  }

  private static SparseRows strongest(int keep, int threads) {
    try (Workers workers = new Workers(threads)) {
      return ClosedFormWeights.strongest(random(), keep, workers);
    }
  }

  private static float[] scores(ServableModel model, int from, int to) {
    QueryBlock queries = new QueryBlock(3);
    queries.append(-1, new int[] {3, 17, 320}, 0, 3);
    queries.append(5, new int[] {}, 0, 0);
    queries.append(2, new int[] {329}, 0, 1);
    var block = model.newBlock(3);
    block.load(queries);
    queries.clear(); // what was loaded stays
    float[] out = new float[3 * (to - from)];
    Arrays.fill(out, Float.NaN);
    block.score(from, to, out);
    return out;
  }

  @Test
  void scoresAreSumsOfRows() {
    ItemMatrix m = random();
    float[] scores = scores(new ItemMatrixModel(m), 0, ITEMS);
    float[] sparse = scores(new ItemNeighboursModel(strongest(ITEMS, 2)), 0, ITEMS);
    for (int i = 0; i < ITEMS; i++) {
      assertThat(scores[i]).isEqualTo(m.get(3, i) + m.get(17, i) + m.get(320, i));
      assertThat(scores[ITEMS + i]).isZero();
      assertThat(scores[2 * ITEMS + i]).isEqualTo(m.get(329, i));
    }
    assertThat(sparse).isEqualTo(scores);
  }

  @Test
  void runsOfItemsDoNotShow() {
    for (ServableModel model :
        new ServableModel[] {
          new ItemMatrixModel(random()), new ItemNeighboursModel(strongest(9, 1))
        }) {
      float[] whole = scores(model, 0, ITEMS);
      float[] part = scores(model, 100, 313);
      for (int r = 0; r < 3; r++) {
        assertThat(Arrays.copyOfRange(part, r * 213, (r + 1) * 213))
            .isEqualTo(Arrays.copyOfRange(whole, r * ITEMS + 100, r * ITEMS + 313));
      }
    }
  }

  /** Of each column those farthest from 0. */
  @Test
  void strongestWeightsAreKept() {
    ItemMatrix m = random();
    SparseRows kept = strongest(7, 2);
    int[] counts = new int[ITEMS];
    float[] least = new float[ITEMS];
    Arrays.fill(least, Float.MAX_VALUE);
    for (int i = 0; i < ITEMS; i++) {
      for (int e = kept.start()[i]; e < kept.start()[i + 1]; e++) {
        int j = kept.columns()[e];
        counts[j]++;
        least[j] = Math.min(least[j], Math.abs(kept.value(e)));
        assertThat(kept.value(e)).isEqualTo(m.get(i, j));
      }
    }
    assertThat(counts).containsOnly(7);
    for (int j = 0; j < ITEMS; j++) {
      int stronger = 0;
      for (int i = 0; i < ITEMS; i++) {
        stronger += Math.abs(m.get(i, j)) >= least[j] ? 1 : 0;
      }
      assertThat(stronger).isEqualTo(7);
    }
    assertThat(strongest(7, 8).columns()).isEqualTo(kept.columns());
  }

  private static Map<String, Table> tables(ServableModel model) {
    return new HashMap<>(model.tables().stream().collect(Collectors.toMap(Table::name, t -> t)));
  }

  @Test
  void modelsAreMadeAgainFromTheirParts() {
    ItemMatrixModel dense = new ItemMatrixModel(random());
    ItemNeighboursModel sparse = new ItemNeighboursModel(strongest(9, 1));
    TreeMap<String, String> none = new TreeMap<>();

    assertThat(scores(ItemMatrixModel.restore(none, tables(dense)), 0, ITEMS))
        .isEqualTo(scores(dense, 0, ITEMS));
    assertThat(scores(ItemNeighboursModel.restore(none, tables(sparse)), 0, ITEMS))
        .isEqualTo(scores(sparse, 0, ITEMS));
  }

  /** Numbers that are not those of rows and columns, whatever their checksums say. */
  @ParameterizedTest
  @CsvSource({
    "counts, 0, -1",
    "counts, 0, 1.5",
    "counts, 0, NaN",
    "counts, 0, 1e9",
    "counts, 5, 8",
    "columns, 0, -1",
    "columns, 0, 0.5",
    "columns, 0, 330",
    "columns, 0, NaN",
    "columns, 0, Infinity",
    "columns, 1, 0",
    "columns, 2969, 4e9"
  })
  void numbersThatFitNoMatrixAreRefused(String table, int at, float value) {
    Map<String, Table> tables = tables(new ItemNeighboursModel(strongest(9, 1)));
    tables.get(table).values()[at] = value;

    refused(() -> ItemNeighboursModel.restore(new TreeMap<>(), tables), "table '" + table + "'");
  }

  @Test
  void whatMakesNoModelIsRefused() {
    TreeMap<String, String> none = new TreeMap<>();
    Map<String, Table> dense = tables(new ItemMatrixModel(random()));
    Map<String, Table> more = new HashMap<>(dense);
    more.put("weights-000002", new Table("weights-000002", 1, ITEMS));
    refused(() -> ItemMatrixModel.restore(none, more), "no table 'weights-000002'");
    Map<String, Table> less = new HashMap<>(dense);
    less.remove("weights-000001");
    refused(
        () -> ItemMatrixModel.restore(none, less), "needs a table 'weights-000001' of 18 x 330");
    less.remove("weights-000000");
    refused(() -> ItemMatrixModel.restore(none, less), "needs a table 'weights-000000'");
    Map<String, Table> wide = Map.of("weights-000000", new Table("weights-000000", 0, 2000000000));
    refused(() -> ItemMatrixModel.restore(none, wide), "of 312 x 2000000000");
    TreeMap<String, String> some = new TreeMap<>(Map.of("a", "b"));
    refused(() -> ItemMatrixModel.restore(some, dense), "no attribute 'a'");

    Map<String, Table> sparse = tables(new ItemNeighboursModel(strongest(9, 1)));
    refused(() -> ItemNeighboursModel.restore(some, sparse), "no attribute 'a'");
    for (String name : new String[] {"counts", "columns", "weights"}) {
      Map<String, Table> without = new HashMap<>(sparse);
      Table removed = without.remove(name);
      refused(() -> ItemNeighboursModel.restore(none, without), name + "'");
      without.put(name, new Table(name, removed.rows() / 2, 2, removed.values()));
      refused(() -> ItemNeighboursModel.restore(none, without), name + "'");
      without.put(name, new Table(name, removed.rows() - 1, 1));
      refused(() -> ItemNeighboursModel.restore(none, without), "");
    }
  }

  private static void refused(Runnable restore, String message) {
    assertThatThrownBy(restore::run)
        .isInstanceOfSatisfying(
            TamisException.class, e -> assertThat(e.kind()).isEqualTo(TamisException.Kind.BAD_DATA))
        .hasMessageContaining(message);
  }
}
