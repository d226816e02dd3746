package dev.tamis.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tamis.config.TamisException;
import dev.tamis.math.Matrix;
import dev.tamis.model.score.BiasedScore;
import dev.tamis.model.score.NeuralLayers;
import dev.tamis.model.score.NeuralScore;
import dev.tamis.model.score.NeuralShape;
import dev.tamis.model.score.ScoreFunction;
import dev.tamis.model.tower.UserRows;
import dev.tamis.rank.QueryBlock;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class NeuralModelTest {
  private static final int USERS = 9;
  private static final int ITEMS = 600; // more than are scored at a time

  private static TreeMap<String, Table> tables(NeuralShape shape, boolean biased) {
    TreeMap<String, Table> tables = new TreeMap<>();
    tables.put("users", new Table("users", USERS, shape.rowWidth()));
    tables.put("items", new Table("items", ITEMS, shape.rowWidth()));
    shape.tables().forEach(table -> tables.put(table.name(), table.zeros()));
    if (biased) {
      tables.put("score-bias", new Table("score-bias", 1, 1));
    }
    tables.values().forEach(table -> Initial.normal(table, 1, 0.7));
    return tables;
  }

  private static NeuralModel model(NeuralShape shape, boolean biased) {
    TreeMap<String, Table> tables = tables(shape, biased);
    return new NeuralModel(
        tables.get("users"),
        tables.get("items"),
        new NeuralLayers(shape, tables),
        Optional.ofNullable(tables.get("score-bias")));
  }

  private static float[] scores(NeuralModel model, int from, int to, int... users) {
    QueryBlock queries = new QueryBlock(users.length);
    for (int user : users) {
      queries.append(user, new int[0], 0, 0);
    }
    float[] out = new float[users.length * (to - from)];
    var block = model.newBlock(users.length);
    block.load(queries);
    block.score(from, to, out);
    return out;
  }

  static List<NeuralShape> shapes() {
    return List.of(new NeuralShape(3, 5, List.of(6, 4)), new NeuralShape(0, 4, List.of(32, 16, 8)));
  }

  /** Serving has the bits of training. */
  @Test
  void scoresAreThoseOfTraining() {
    int[] users = {3, 0, 8};
    for (NeuralShape shape : shapes()) {
      for (boolean biased : new boolean[] {false, true}) {
        TreeMap<String, Table> tables = tables(shape, biased);
        ScoreFunction score =
            new NeuralScore(
                new ItemTable(tables.get("items"), Optional.empty()),
                new NeuralLayers(shape, tables));
        if (biased) {
          score = new BiasedScore(score, tables.get("score-bias"));
        }
        Batch batch = new Batch(users.length, users.length);
        batch.rows = users.length;
        for (int r = 0; r < users.length; r++) {
          batch.posStart[r + 1] = r + 1;
        }
        Candidates c = new Candidates(Candidates.Layout.SHARED, users.length, ITEMS);
        c.begin(batch);
        for (int i = 0; i < ITEMS; i++) {
          c.ids[i] = i;
        }
        Matrix q = new Matrix(users.length, shape.rowWidth());
        new UserRows(tables.get("users")).forward(users, 0, users.length, q);
        score.newScoring(users.length, ITEMS).score(q, c, 0, users.length);

        assertThat(scores(model(shape, biased), 0, ITEMS, users)).isEqualTo(c.score);
      }
    }
  }

  @Test
  void scoresDoNotDependOnTheBlock() {
    NeuralModel model = model(shapes().get(0), true);
    int[] users = {0, 1, 2, 3, 4, 5, 6, 7, 8};
    float[] whole = scores(model, 0, ITEMS, users);
    for (int user : users) {
      float[] part = scores(model, 213, 500, user);
      for (int i = 213; i < 500; i++) {
        assertThat(part[i - 213]).isEqualTo(whole[user * ITEMS + i]);
      }
    }
    assertThat(model.ranksUnseenUsers()).isFalse();
    assertThatThrownBy(() -> scores(model, 0, ITEMS, 9))
        .hasMessageContaining("user number 9, which is not among the 9 users");
  }

  @Test
  void modelIsMadeAgainFromItsDescription() {
    for (NeuralShape shape : shapes()) {
      for (boolean biased : new boolean[] {false, true}) {
        NeuralModel model = model(shape, biased);
        TreeMap<String, Table> tables = new TreeMap<>();
        model.tables().forEach(table -> tables.put(table.name(), table));
        NeuralModel again = NeuralModel.restore(model.attributes(), tables);

        assertThat(scores(again, 0, ITEMS, 4, 2)).isEqualTo(scores(model, 0, ITEMS, 4, 2));
        assertThat(again.attributes()).isEqualTo(model.attributes());
      }
    }
  }

  @Test
  void descriptionThatDoesNotFitIsRefused() {
    NeuralShape shape = shapes().get(0);
    refuse(shape.attributes(), with("hidden-1-bias", 1, 5), "of 1 x 4, but has one of 1 x 5");
    refuse(shape.attributes(), with("users", USERS, 7), "'users' of 9 x 8, but has one of 9 x 7");
    refuse(shape.attributes(), with("items", ITEMS, 9), "'items' of 600 x 8");
    refuse(shape.attributes(), with("score-bias", 2, 1), "'score-bias' of 1 x 1");
    refuse(shape.attributes(), with("hidden-2-bias", 1, 4), "no table 'hidden-2-bias'");
    TreeMap<String, Table> less = tables(shape, true);
    less.remove("hidden-0-weights");
    refuse(
        shape.attributes(), less, "needs a table 'hidden-0-weights' of 10 x 6, but there is none");
    for (String hidden : new String[] {"", "6,4", "6 0", "6 4 x", "6 99999999999", "6 -1"}) {
      refuse(attribute(shape, "hidden", hidden), tables(shape, true), "network that scores pairs");
    }
    refuse(attribute(shape, "gmf", "-3"), tables(shape, true), "network that scores pairs");
    refuse(attribute(shape, "mlp", "2000000000"), tables(shape, true), "network that scores pairs");
    refuse(attribute(shape, "gmf2", "3"), tables(shape, true), "no attribute 'gmf2'");
    TreeMap<String, String> without = new TreeMap<>(shape.attributes());
    without.remove("mlp");
    refuse(without, tables(shape, true), "do not describe a network that scores pairs");
  }

  private static TreeMap<String, Table> with(String name, int rows, int width) {
    TreeMap<String, Table> tables = tables(shapes().get(0), true);
    tables.put(name, new Table(name, rows, width));
    return tables;
  }

  private static TreeMap<String, String> attribute(NeuralShape shape, String name, String value) {
    TreeMap<String, String> attributes = new TreeMap<>(shape.attributes());
    attributes.put(name, value);
    return attributes;
  }

  private static void refuse(
      SortedMap<String, String> attributes, TreeMap<String, Table> tables, String message) {
    assertThatThrownBy(() -> NeuralModel.restore(attributes, tables))
        .isInstanceOf(TamisException.class)
        .hasMessageContaining(message);
  }

  @Test
  void firstLayersOfTooManyNumbersAreRefused() {
    NeuralShape shape = new NeuralShape(0, 1, List.of(65_536));
    TreeMap<String, Table> tables = new TreeMap<>();
    shape.tables().forEach(table -> tables.put(table.name(), table.zeros()));
    tables.put("users", new Table("users", 1, 1));
    tables.put("items", new Table("items", 32_768, 1));

    refuse(shape.attributes(), tables, "first layer for all items: 65536 x 32768");
  }
}
