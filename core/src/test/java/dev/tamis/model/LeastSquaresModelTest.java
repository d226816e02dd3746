package dev.tamis.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tamis.config.TamisException;
import dev.tamis.data.Interactions;
import dev.tamis.kernels.Workers;
import dev.tamis.rank.QueryBlock;
import dev.tamis.sample.SmallData;
import dev.tamis.solve.ImplicitLoss;
import dev.tamis.solve.LeastSquares;
import dev.tamis.solve.SparseRows;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class LeastSquaresModelTest {
  private static final ImplicitLoss LOSS = new ImplicitLoss(9, 0.02, 0.6);
  private static final Interactions DATA = SmallData.longTailed(40, 30, 8, 1);

  /** Users solved exactly against random items. */
  private static LeastSquaresModel solved() {
    Table users = new Table("users", 40, 6);
    Table items = Initial.normal(new Table("items", 30, 6), 1, 0.7);
    try (Workers workers = new Workers(2)) {
      new LeastSquares(SparseRows.of(DATA, null), LOSS, LeastSquares.Solver.CHOLESKY, 1, 6, workers)
          .solve(users.values(), items.values());
    }
    return new LeastSquaresModel(users, items, LOSS, 1);
  }

  private static float[] scores(LeastSquaresModel model, QueryBlock queries) {
    float[] out = new float[queries.rows * 30];
    var block = model.newBlock(queries.rows);
    block.load(queries);
    block.score(0, 30, out);
    return out;
  }

  private static void append(QueryBlock queries, int user, int historyOf) {
    queries.append(
        user, DATA.itemIds(), DATA.rowStart()[historyOf], DATA.rowStart()[historyOf + 1]);
  }

  @Test
  void historyIsFoldedInAsAUserWasSolved() {
    LeastSquaresModel model = solved();
    QueryBlock trained = new QueryBlock(40);
    QueryBlock unseen = new QueryBlock(40);
    for (int u = 0; u < 40; u++) {
      append(trained, u, u);
      append(unseen, -1, u);
    }
    assertThat(scores(model, unseen)).isEqualTo(scores(model, trained));
  }

  @Test
  void aQueryDoesNotDependOnTheOthers() {
    LeastSquaresModel model = solved();
    QueryBlock mixed = new QueryBlock(3);
    append(mixed, -1, 5);
    append(mixed, 7, 7);
    append(mixed, -1, 9);
    QueryBlock alone = new QueryBlock(1);
    append(alone, -1, 9);

    assertThat(Arrays.copyOfRange(scores(model, mixed), 60, 90)).isEqualTo(scores(model, alone));
  }

  @Test
  void withoutAHistoryAllScoresAreZero() {
    QueryBlock nobody = new QueryBlock(1);
    nobody.append(-1, new int[0], 0, 0);

    assertThat(scores(solved(), nobody)).containsOnly(0);
  }

  @Test
  void itIsMadeAgainFromItsParts() {
    LeastSquaresModel model = solved();
    LeastSquaresModel again =
        LeastSquaresModel.restore(
            model.attributes(), Map.of("users", model.tables().get(0), "items", items(model)));
    QueryBlock query = new QueryBlock(1);
    append(query, -1, 3);

    assertThat(scores(again, query)).isEqualTo(scores(model, query));
  }

  private static Table items(LeastSquaresModel model) {
    return model.tables().get(1);
  }

  @Test
  void whatMakesNoModelIsRefused() {
    LeastSquaresModel model = solved();
    Table users = model.tables().get(0);
    for (String wrong : new String[] {"", "x", "NaN", "-1", "Infinity", "1e300"}) {
      for (String name : model.attributes().keySet()) {
        TreeMap<String, String> attributes = new TreeMap<>(model.attributes());
        attributes.put(name, wrong);
        refuse(attributes, Map.of("users", users, "items", items(model)), "number");
        attributes.remove(name);
        refuse(attributes, Map.of("users", users, "items", items(model)), "'" + name + "'");
      }
    }
    TreeMap<String, String> attributes = new TreeMap<>(model.attributes());
    refuse(attributes, Map.of("users", users), "needs a table 'items'");
    refuse(attributes, Map.of("users", users, "items", new Table("items", 30, 5)), "40 x 5");
    refuse(attributes, Map.of("users", users, "items", items(model), "x", users), "no table 'x'");
    attributes.put("width", "6");
    refuse(attributes, Map.of("users", users, "items", items(model)), "no attribute 'width'");
  }

  private static void refuse(
      TreeMap<String, String> attributes, Map<String, Table> tables, String message) {
    assertThatThrownBy(() -> LeastSquaresModel.restore(attributes, tables))
        .isInstanceOfSatisfying(
            TamisException.class, e -> assertThat(e.kind()).isEqualTo(TamisException.Kind.BAD_DATA))
        .hasMessageContaining(message);
  }
}
