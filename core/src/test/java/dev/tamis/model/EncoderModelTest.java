package dev.tamis.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tamis.config.TamisException;
import dev.tamis.data.Interactions;
import dev.tamis.kernels.Kernels;
import dev.tamis.math.Matrix;
import dev.tamis.model.tower.HistoryTower;
import dev.tamis.model.tower.TowerShape;
import dev.tamis.rank.QueryBlock;
import dev.tamis.sample.SmallData;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class EncoderModelTest {
  private static final int ITEMS = 40;
  private static final int[][] HISTORIES = {{3}, {0, 1, 7, 39}, {}, {5, 6}};

  private static EncoderModel model(TowerShape shape) {
    TreeMap<String, Table> tables = new TreeMap<>();
    List<Table> tower = HistoryTower.emptyTables(shape);
    tower.forEach(table -> tables.put(table.name(), Initial.normal(table, 1, 0.5)));
    HistoryTower.emptyUserNodes(shape)
        .ifPresent(nodes -> tables.put(nodes.name(), Initial.normal(nodes, 1, 0.5)));
    return new EncoderModel(
        new HistoryTower(shape, tables),
        Initial.normal(new Table(EncoderModel.ITEMS, ITEMS, shape.queryWidth()), 1, 0.5),
        Initial.normal(new Table(EncoderModel.ITEM_BIAS, ITEMS, 1), 1, 0.5));
  }

  private static TowerShape shape() {
    return new TowerShape(ITEMS, List.of(6), 3, List.of(5));
  }

  private static float[] scores(EncoderModel model, int from, int to, int[]... histories) {
    QueryBlock queries = new QueryBlock(histories.length);
    for (int[] history : histories) {
      queries.append(-1, history, 0, history.length);
    }
    float[] out = new float[histories.length * (to - from)];
    var block = model.newBlock(histories.length);
    block.load(queries);
    block.score(from, to, out);
    return out;
  }

  /** x W + b, tanh, mean, tanh, inner product: written out. */
  @Test
  void scoresAreThoseOfTheNet() {
    EncoderModel model = model(shape());
    float[] scores = scores(model, 0, ITEMS, HISTORIES);
    List<Table> t = model.tables();
    for (int r = 0; r < HISTORIES.length; r++) {
      double[] x = new double[ITEMS];
      for (int item : HISTORIES[r]) {
        x[item] = 1 / Math.sqrt(HISTORIES[r].length);
      }
      double[] hidden = tanh(layer(x, t.get(0), t.get(1)));
      double[] mean = java.util.Arrays.copyOf(layer(hidden, t.get(2), t.get(3)), 3);
      double[] query = tanh(layer(mean, t.get(4), t.get(5)));
      for (int i = 0; i < ITEMS; i++) {
        double score = t.get(7).values()[i];
        for (int k = 0; k < 5; k++) {
          score += query[k] * t.get(6).values()[i * 5 + k];
        }
        assertThat((double) scores[r * ITEMS + i]).isCloseTo(score, within(1e-5));
      }
    }
  }

  /** More users than are encoded together. */
  @Test
  void pairsScoreAsTheModelDoes() {
    EncoderModel model = model(shape());
    Interactions known = SmallData.longTailed(300, ITEMS, 9, 3);
    PairModel pairs = model.pairs(known);

    for (int user : new int[] {0, 255, 256, 299}) {
      int[] history =
          Arrays.copyOfRange(known.itemIds(), known.rowStart()[user], known.rowStart()[user + 1]);
      float[] scores = scores(model, 0, ITEMS, history);
      Matrix query = new Matrix(1, pairs.users().width());
      pairs.users().forward(new int[] {user}, 0, 1, query);
      for (int i = 0; i < ITEMS; i++) {
        Table vectors = pairs.items().vectors();
        float bias = pairs.items().bias().orElseThrow().values()[i];
        float dot = Kernels.dot(query.data, 0, vectors.values(), vectors.at(i), vectors.width());
        assertThat(dot + bias).isCloseTo(scores[i], within(1e-5f));
      }
    }
  }

  private static double[] layer(double[] x, Table weights, Table bias) {
    double[] out = new double[weights.width()];
    for (int k = 0; k < out.length; k++) {
      out[k] = bias.values()[k];
      for (int i = 0; i < x.length; i++) {
        out[k] += x[i] * weights.values()[i * out.length + k];
      }
    }
    return out;
  }

  private static double[] tanh(double[] x) {
    return java.util.Arrays.stream(x).map(Math::tanh).toArray();
  }

  @Test
  void scoresDoNotDependOnTheBlock() {
    EncoderModel model = model(shape());
    float[] whole = scores(model, 0, ITEMS, HISTORIES);
    for (int r = 0; r < HISTORIES.length; r++) {
      float[] part = scores(model, 13, 29, HISTORIES[r]);
      for (int i = 13; i < 29; i++) {
        assertThat(part[i - 13]).isEqualTo(whole[r * ITEMS + i]);
      }
    }
    assertThat(model.ranksUnseenUsers()).isTrue();
  }

  /** tanh(W x + V_u + b), inner product: written out, for a trained user and for one who is not. */
  @Test
  void nodeOfATrainedUserIsAddedToTheFirstLayer() {
    EncoderModel model = model(new TowerShape(ITEMS, List.of(6), 0, List.of(), false, 7));
    QueryBlock queries = new QueryBlock(3);
    int[] users = {4, -1, 0};
    for (int user : users) {
      queries.append(user, HISTORIES[1], 0, HISTORIES[1].length);
    }
    float[] out = new float[3 * ITEMS];
    var block = model.newBlock(3);
    block.load(queries);
    block.score(0, ITEMS, out);
    List<Table> t = model.tables();
    double[] x = new double[ITEMS];
    for (int item : HISTORIES[1]) {
      x[item] = 1;
    }
    for (int r = 0; r < users.length; r++) {
      double[] h = layer(x, t.get(0), t.get(1));
      for (int k = 0; k < 6 && users[r] >= 0; k++) {
        h[k] += t.get(4).values()[users[r] * 6 + k];
      }
      h = tanh(h);
      for (int i = 0; i < ITEMS; i++) {
        double score = t.get(3).values()[i];
        for (int k = 0; k < 6; k++) {
          score += h[k] * t.get(2).values()[i * 6 + k];
        }
        assertThat((double) out[r * ITEMS + i]).isCloseTo(score, within(1e-5));
      }
    }
    assertThat(model.ranksUnseenUsers()).isTrue();
    queries.append(7, HISTORIES[0], 0, 1);
    assertThatThrownBy(() -> model.newBlock(4).load(queries))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("user number 7, but this model was trained on 7");
  }

  @Test
  void modelIsMadeAgainFromItsDescription() {
    for (TowerShape shape :
        List.of(
            shape(),
            new TowerShape(ITEMS, List.of(6), 0, List.of()),
            new TowerShape(ITEMS, List.of(), 4, List.of()),
            new TowerShape(ITEMS, List.of(6), 0, List.of(), false, 7))) {
      EncoderModel model = model(shape);
      EncoderModel again = EncoderModel.restore(model.attributes(), tablesOf(model));

      assertThat(scores(again, 0, ITEMS, HISTORIES)).isEqualTo(scores(model, 0, ITEMS, HISTORIES));
      assertThat(again.attributes()).isEqualTo(model.attributes());
    }
  }

  private static TreeMap<String, Table> tablesOf(EncoderModel model) {
    TreeMap<String, Table> tables = new TreeMap<>();
    model.tables().forEach(table -> tables.put(table.name(), table));
    return tables;
  }

  @Test
  void descriptionThatDoesNotFitIsRefused() {
    EncoderModel model = model(shape());
    TreeMap<String, Table> more = tablesOf(model);
    more.put("item-bias2", new Table("item-bias2", 1, 1));
    assertThatThrownBy(() -> EncoderModel.restore(model.attributes(), more))
        .isInstanceOf(TamisException.class)
        .hasMessage(
            "a model of kind 'encoder' has no table 'item-bias2'; did you mean 'item-bias'?");
    TreeMap<String, Table> wrong = tablesOf(model);
    wrong.put("items", new Table("items", ITEMS, 4));
    assertThatThrownBy(() -> EncoderModel.restore(model.attributes(), wrong))
        .isInstanceOf(TamisException.class)
        .hasMessage(
            "a model of kind 'encoder' needs a table 'items' of 40 x 5, but has one of 40 x 4;"
                + " copy the model again from where it was made, or train it again");
    TreeMap<String, Table> fewer = tablesOf(model);
    fewer.remove("item-bias");
    assertThatThrownBy(() -> EncoderModel.restore(model.attributes(), fewer))
        .isInstanceOf(TamisException.class)
        .hasMessageContaining(
            "needs a table 'item-bias' of 40 x 1, but there is none (there are: ");
    TreeMap<String, String> attributes = new TreeMap<>(model.attributes());
    attributes.put("activation", "tanh");
    assertThatThrownBy(() -> EncoderModel.restore(attributes, tablesOf(model)))
        .isInstanceOf(TamisException.class)
        .hasMessageContaining("has no attribute 'activation'");
  }
}
