package dev.tamis.method;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tamis.artifact.TrainedModel;
import dev.tamis.config.TamisException;
import dev.tamis.data.Interactions;
import dev.tamis.model.ItemNeighboursModel;
import dev.tamis.model.Table;
import dev.tamis.sample.SmallData;
import dev.tamis.train.Run;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class EaseTest {
  private static TrainedModel fit(Interactions data, String... options) {
    Ease method = new Ease();
    return SmallRuns.fit(method, SmallRuns.settings(method, options), data, Run.seeded(1));
  }

  /** Said before anything is taken, with what is needed and what to do. */
  @Test
  void catalogueThatDoesNotFitIsRefused() {
    Interactions wide = SmallData.where(2, 200_000, (u, i) -> i % 1000 == u);

    assertThatThrownBy(() -> fit(wide))
        .isInstanceOfSatisfying(
            TamisException.class, e -> assertThat(e.kind()).isEqualTo(TamisException.Kind.CONFIG))
        .hasMessageStartingWith("ease over 200,000 items needs 160,")
        .hasMessageContaining("but the heap is limited to")
        .hasMessageContaining("drop rare items (--min-item-degree), or use wrmf or slim");
  }

  @Test
  void keepLeavesTheStrongestWeights() {
    Interactions data = SmallData.longTailed(80, 40, 10, 1);
    TrainedModel kept = fit(data, "lambda", "5", "keep", "4");
    Table whole = fit(data, "lambda", "5").model().tables().get(0);
    Table weights = kept.model().tables().get(2);

    assertThat(kept.model().kind()).isEqualTo(ItemNeighboursModel.KIND);
    assertThat(weights.rows()).isEqualTo(39 * 4); // nobody has the last item
    double strongest = 0;
    for (float weight : whole.values()) {
      strongest = Math.max(strongest, Math.abs(weight));
    }
    double found = 0;
    for (float weight : weights.values()) {
      found = Math.max(found, Math.abs(weight));
    }
    assertThat(found).isEqualTo(strongest);
    assertThat(Arrays.equals(whole.values(), weights.values())).isFalse();
  }
}
