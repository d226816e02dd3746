package dev.tamis.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tamis.config.TamisException;
import dev.tamis.math.Rng;
import dev.tamis.math.Stream;
import dev.tamis.rank.QueryBlock;
import dev.tamis.rank.Scorer;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class FactorModelTest {
  private final Table users = random("u", 5, 3, 1);
  private final Table items = random("i", 7, 3, 2);
  private final Table bias = random("b", 7, 1, 3);

  @Test
  void scoreIsInnerProductPlusBias() {
    float[] scores = scores(new FactorModel(users, items, Optional.of(bias)), 0, 7, 4, 1);
    for (int item = 0; item < 7; item++) {
      double expected = bias.values()[item];
      for (int d = 0; d < 3; d++) {
        expected += (double) users.values()[4 * 3 + d] * items.values()[item * 3 + d];
      }
      assertThat((double) scores[item])
          .isCloseTo(expected, org.assertj.core.data.Offset.offset(1e-6));
    }
  }

  @Test
  void bitsDependNeitherOnTheRunOfItemsNorOnTheOtherRows() {
    FactorModel model = new FactorModel(users, items, Optional.of(bias));
    float[] whole = scores(model, 0, 7, 4, 1);
    float[] run = scores(model, 2, 5, 4);
    for (int item = 2; item < 5; item++) {
      assertThat(run[item - 2]).isEqualTo(whole[item]);
    }
  }

  @Test
  void restoringGivesTheSameModel() {
    FactorModel model = new FactorModel(users, items, Optional.of(bias));
    Map<String, Table> tables = new TreeMap<>();
    model.tables().forEach(table -> tables.put(table.name(), table));
    FactorModel again = FactorModel.restore(model.attributes(), tables);
    assertThat(scores(again, 0, 7, 0, 3)).isEqualTo(scores(model, 0, 7, 0, 3));
    assertThat(tables).containsOnlyKeys("users", "items", "item-bias");
  }

  @Test
  void wrongShapesAreBadData() {
    refused(Map.of("users", users), "table 'items'");
    refused(
        Map.of("users", users, "items", random("i", 7, 4, 1)),
        "table 'users' of 5 x 4, but has one of 5 x 3");
    refused(
        Map.of("users", users, "items", items, "item-bias", random("b", 6, 1, 1)),
        "table 'item-bias' of 7 x 1, but has one of 6 x 1");
    refused(Map.of("users", users, "items", items, "item-bia", bias), "did you mean 'item-bias'?");
    assertThatThrownBy(
            () ->
                FactorModel.restore(
                    new TreeMap<>(Map.of("scale", "2")), Map.of("users", users, "items", items)))
        .hasMessageContaining("no attribute 'scale'");
  }

  @Test
  void usersItWasNotTrainedOnAreRefused() {
    FactorModel model = new FactorModel(users, items);
    assertThat(model.ranksUnseenUsers()).isFalse();
    assertThatThrownBy(() -> scores(model, 0, 7, -1)).hasMessageContaining("user number -1");
    assertThatThrownBy(() -> scores(model, 0, 7, 5)).hasMessageContaining("user number 5");
  }

  @Test
  void popularityIsTheSameForEverybody() {
    PopularityModel model = PopularityModel.ofCounts(new int[] {3, 0, 7});
    assertThat(scores(model, 0, 3, -1, 9)).containsExactly(3, 0, 7, 3, 0, 7);
    assertThat(scores(model, 1, 3, 0)).containsExactly(0, 7);
    assertThat(model.ranksUnseenUsers()).isTrue();
    PopularityModel again =
        PopularityModel.restore(model.attributes(), Map.of("scores", model.tables().get(0)));
    assertThat(scores(again, 0, 3, 2)).containsExactly(3, 0, 7);
    assertThatThrownBy(() -> PopularityModel.restore(new TreeMap<>(), Map.of("scores", users)))
        .isInstanceOf(TamisException.class)
        .hasMessageContaining("of 5 x 1, but has one of 5 x 3");
  }

  private static void refused(Map<String, Table> tables, String message) {
    assertThatThrownBy(() -> FactorModel.restore(new TreeMap<>(), tables))
        .isInstanceOfSatisfying(
            TamisException.class, e -> assertThat(e.kind()).isEqualTo(TamisException.Kind.BAD_DATA))
        .hasMessageContaining(message);
  }

  private static float[] scores(Scorer scorer, int from, int to, int... userNumbers) {
    QueryBlock queries = new QueryBlock(1);
    for (int user : userNumbers) {
      queries.append(user, new int[0], 0, 0);
    }
    Scorer.Block block = scorer.newBlock(userNumbers.length);
    block.load(queries);
    float[] out = new float[userNumbers.length * (to - from)];
    block.score(from, to, out);
    return out;
  }

  private static Table random(String name, int rows, int width, long seed) {
    Table table = new Table(name, rows, width);
    Rng rng = Rng.keyed(seed, Stream.INITIAL, 0, 0);
    for (int i = 0; i < table.values().length; i++) {
      table.values()[i] = rng.nextFloat() - 0.5f;
    }
    return table;
  }
}
