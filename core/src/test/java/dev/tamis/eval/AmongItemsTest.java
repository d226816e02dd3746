package dev.tamis.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tamis.config.TamisException;
import dev.tamis.data.HeldOut;
import dev.tamis.data.IdMap;
import dev.tamis.data.Interactions;
import dev.tamis.kernels.Workers;
import dev.tamis.model.FactorModel;
import dev.tamis.model.Initial;
import dev.tamis.model.Table;
import dev.tamis.sample.SmallData;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class AmongItemsTest {
  private static final int USERS = 90;
  private static final int ITEMS = 200;
  private static final int WIDTH = 4;
  private static final List<MetricId> METRICS =
      List.of(
          new MetricId("ndcg", 5),
          new MetricId("recall", 60), // more than there are items left for some users
          new MetricId("coverage", 5),
          MetricId.parse("auc"));

  private final Interactions train = SmallData.longTailed(USERS, ITEMS, 20, 1);
  private final HeldOut heldOut = SmallData.heldOut(train, 5);
  private final Table users = Initial.normal(new Table("users", USERS, WIDTH), 3, 1);
  private final Table items = Initial.normal(new Table("items", ITEMS, WIDTH), 3, 1);

  /** Ranked among every third item, it is as if there were no others. */
  @Test
  void itIsTheCatalogueOfTheseItemsAlone() {
    boolean[] third = new boolean[ITEMS];
    Table some = new Table("items", (ITEMS + 2) / 3, WIDTH);
    for (int i = 0; i < ITEMS; i += 3) {
      third[i] = true;
      System.arraycopy(items.values(), items.at(i), some.values(), some.at(i / 3), WIDTH);
    }
    HeldOut small =
        new HeldOut(
            ofThird(heldOut.input(), third),
            ofThird(heldOut.target(), third),
            new int[USERS],
            true);
    try (Workers workers = new Workers(2)) {
      Evaluation whole =
          Evaluator.among(third, heldOut, train, METRICS, workers)
              .evaluate(new FactorModel(users, items));
      Evaluation alone =
          new Evaluator(small, ofThird(train, third), METRICS, workers)
              .evaluate(new FactorModel(users, some));
      assertThat(whole.users()).isEqualTo(alone.users());
      whole
          .metrics()
          .forEach(
              (name, value) -> {
                if (!name.startsWith("coverage")) { // of all items there are
                  assertThat(value).as(name).isEqualTo(alone.metrics().get(name));
                }
              });
      assertThat(whole.metrics().get("recall@60")).isPositive();
      assertThat(whole.protocol()).startsWith("67 of 200 items without");
    }
  }

  private static Interactions ofThird(Interactions data, boolean[] third) {
    IdMap ids = data.items().subset(third);
    int[] start = new int[data.userCount() + 1];
    int[] found = new int[data.size()];
    int n = 0;
    for (int u = 0; u < data.userCount(); u++) {
      for (int e = data.rowStart()[u]; e < data.rowStart()[u + 1]; e++) {
        if (third[data.itemIds()[e]]) {
          found[n++] = data.itemIds()[e] / 3;
        }
      }
      start[u + 1] = n;
    }
    return new Interactions(data.users(), ids, start, Arrays.copyOf(found, n), null, null);
  }

  @Test
  void whereNothingIsToBeFoundIsRefused() {
    try (Workers workers = new Workers(1)) {
      assertThatThrownBy(
              () -> Evaluator.among(new boolean[ITEMS], heldOut, train, METRICS, workers))
          .isInstanceOf(TamisException.class)
          .hasMessageContaining("nothing to measure");
    }
  }
}
