package dev.tamis.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tamis.data.HeldOut;
import dev.tamis.data.Interactions;
import dev.tamis.kernels.Workers;
import dev.tamis.method.MostPopular;
import dev.tamis.model.ServableModel;
import dev.tamis.sample.SmallData;
import dev.tamis.train.Run;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class PopularitySlicesTest {
  private final Interactions all = SmallData.longTailed(60, 40, 12, 1);
  private final Interactions train = SmallData.where(60, 40, (u, i) -> has(u, i) && i % 3 != u % 3);
  private final Interactions target =
      SmallData.where(60, 40, (u, i) -> has(u, i) && i % 3 == u % 3 && u != 7);
  private final HeldOut heldOut = new HeldOut(train, target, new int[60], true);

  private boolean has(int user, int item) {
    return all.contains(user, item);
  }

  private List<PopularitySlices.Slice> slices(int number) {
    ServableModel popular =
        new MostPopular().fit(train, new MostPopular.Options(), Run.seeded(1)).model();
    PopularitySlices slices = new PopularitySlices(heldOut, train, 5, number);
    try (Workers workers = new Workers(2)) {
      Evaluator evaluator =
          Evaluator.with(slices, heldOut, train, List.of(MetricId.parse("recall@3")), workers);
      assertThat(evaluator.evaluate(popular).perUser().metrics()).containsExactly("recall@3");
    }
    return slices.found();
  }

  /** With one part, it is recall. */
  @Test
  void allItemsTogetherHaveTheRecallOfAll() {
    PopularitySlices.Slice one = slices(1).get(0);
    assertThat(one.items()).isEqualTo(40);
    assertThat(one.recall()[7]).isNaN();
    for (int u = 0; u < 60; u++) {
      assertThat(Double.isNaN(one.recall()[u])).isEqualTo(target.degree(u) == 0);
    }
  }

  /** What is most popular finds the popular part and nothing of the rare one. */
  @Test
  void partsFollowPopularityAndAddUpToTheWhole() {
    List<PopularitySlices.Slice> parts = slices(4);
    double[] whole = slices(1).get(0).recall();
    assertThat(parts).hasSizeBetween(2, 4);
    int items = 0;
    for (int s = 0; s < parts.size(); s++) {
      items += parts.get(s).items();
      if (s > 0) {
        assertThat(parts.get(s).fewest()).isGreaterThan(parts.get(s - 1).most());
      }
    }
    assertThat(items).isEqualTo(40);
    for (int u = 0; u < 60; u++) {
      double found = 0;
      for (PopularitySlices.Slice part : parts) {
        int wanted = 0;
        for (int e = target.rowStart()[u]; e < target.rowStart()[u + 1]; e++) {
          int users = train.itemCounts()[target.itemIds()[e]];
          wanted += users >= part.fewest() && users <= part.most() ? 1 : 0;
        }
        found += wanted == 0 ? 0 : part.recall()[u] * wanted;
      }
      if (target.degree(u) > 0) {
        assertThat(found).isCloseTo(whole[u] * target.degree(u), within(1e-9));
      }
    }
    assertThat(mean(parts.get(parts.size() - 1).recall())).isGreaterThan(0.2);
    assertThat(mean(parts.get(0).recall())).isLessThan(0.05);
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).filter(v -> !Double.isNaN(v)).average().orElseThrow();
  }
}
