package dev.tamis.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tamis.config.TamisException;
import dev.tamis.data.IdMap;
import dev.tamis.data.feature.ColumnKind;
import dev.tamis.data.feature.FeatureColumn;
import dev.tamis.data.feature.Features;
import dev.tamis.data.feature.SideFeatures;
import dev.tamis.model.Table;
import dev.tamis.model.TwoTowerModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NewcomersTest {
  private final TrainedModel model = ExampleModels.towers(4, 6, 9);

  /** Two that are new, the first and the last by their ids, and one that is not. */
  private Features prices(IdMap known) {
    List<String> ids = new ArrayList<>(List.of("!", known.id(2), "~"));
    return new Features(
        IdMap.of(ids), List.of(FeatureColumn.of("price", new float[] {3, 12, Float.NaN})));
  }

  @Test
  void whatTheModelHasStaysAndOthersHaveTheVectorsOfTheirFeatures() {
    Features items = prices(model.items());
    TrainedModel joined =
        Newcomers.join(model, new SideFeatures(Optional.of(items), Optional.empty()));

    assertThat(joined.items().size()).isEqualTo(model.items().size() + 2);
    Table before = model.model().itemVectors().orElseThrow();
    Table after = joined.model().itemVectors().orElseThrow();
    for (int i = 0; i < model.items().size(); i++) {
      assertThat(row(after, joined.items().index(model.items().id(i)))).isEqualTo(row(before, i));
    }
    Table alone =
        ((TwoTowerModel) model.model())
            .withItems(items.of(IdMap.of("~")))
            .itemVectors()
            .orElseThrow();
    assertThat(row(after, joined.items().index("~"))).isEqualTo(row(alone, before.rows()));
    for (int u = 0; u < model.users().size(); u++) {
      assertThat(joined.seen().degree(u)).isEqualTo(model.seen().degree(u));
      for (int e = model.seen().rowStart()[u]; e < model.seen().rowStart()[u + 1]; e++) {
        String id = model.items().id(model.seen().itemIds()[e]);
        assertThat(joined.items().id(joined.seen().itemIds()[e])).isEqualTo(id);
      }
    }
    assertThat(joined.model().attributes()).isEqualTo(model.model().attributes());
  }

  @Test
  void usersJoinToo() {
    Features users =
        new Features(
            IdMap.of("!", model.users().id(1)),
            List.of(FeatureColumn.of("age", new float[] {1, 2}))); // not a column of the model
    TrainedModel joined =
        Newcomers.join(model, new SideFeatures(Optional.empty(), Optional.of(users)));
    assertThat(joined.users().size()).isEqualTo(model.users().size() + 1);
    assertThat(joined.seen().degree(joined.users().index("!"))).isZero();
    int[] bits = ExampleModels.scoreBits(model);
    assertThat(ExampleModels.scoreBits(joined)).isNotEqualTo(bits); // of other users now
  }

  @Test
  void modelsWithoutFeaturesAreRefused() {
    TrainedModel factors = ExampleModels.factors(1, 4, 5, 3);
    assertThatThrownBy(
            () ->
                Newcomers.join(
                    factors,
                    new SideFeatures(Optional.of(prices(factors.items())), Optional.empty())))
        .isInstanceOf(TamisException.class)
        .hasMessageContaining("was trained without features");
  }

  @Test
  void columnsOfAnotherKindAreRefused() {
    Features numbers =
        new Features(IdMap.of("!"), List.of(FeatureColumn.of("genres", new float[] {3})));
    assertThatThrownBy(
            () -> Newcomers.join(model, new SideFeatures(Optional.of(numbers), Optional.empty())))
        .isInstanceOfSatisfying(
            TamisException.class, e -> assertThat(e.kind()).isEqualTo(TamisException.Kind.USAGE))
        .hasMessage(
            "column 'genres' of the item features is numeric, but the model was trained with it as"
                + " multi; read it as genres:multi");
    FeatureColumn texts =
        FeatureColumn.of(
            "price", ColumnKind.CATEGORICAL, IdMap.of("3"), new int[] {0, 1}, new int[] {0});
    Features prices = new Features(IdMap.of("!"), List.of(texts));
    assertThatThrownBy(
            () -> Newcomers.join(model, new SideFeatures(Optional.of(prices), Optional.empty())))
        .isInstanceOf(TamisException.class)
        .hasMessageContaining("read it as price:numeric");
  }

  private static float[] row(Table table, int row) {
    return Arrays.copyOfRange(table.values(), table.at(row), table.at(row + 1));
  }
}
