package dev.tamis.method;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tamis.config.TamisException;
import dev.tamis.data.Interactions;
import dev.tamis.sample.SmallData;
import dev.tamis.train.Run;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SrnsTest {
  private static final Interactions TRAIN = SmallData.longTailed(60, 45, 10, 2);

  private static float[][] trained(String... given) {
    return SmallRuns.values(
        SmallRuns.fit(new Srns(), SmallRuns.settings(new Srns(), given), TRAIN, Run.seeded(4)));
  }

  @Test
  void memoryThatLeavesNothingToDrawIsRefused() {
    assertThatThrownBy(() -> trained("memory", "3"))
        .isInstanceOf(TamisException.class)
        .hasMessage(
            "a memory of 3 leaves none of 3 negatives to be drawn beside it; set negatives above"
                + " memory");
  }

  @Test
  void scoreThatHasNoHistoryIsRefused() {
    assertThatThrownBy(() -> trained("score", "neumf"))
        .isInstanceOf(TamisException.class)
        .hasMessage(
            "method 'srns' looks back at scores of the last epochs, which it can do for inner"
                + " products only, but score is neumf; choose score dot or gmf");
  }

  /** Each part of the sampler has a say in what comes out. */
  @Test
  void optionsOfTheSamplerCount() {
    float[][] plain = trained();
    for (String[] other :
        new String[][] {
          {"variance-weight", "0"},
          {"memory-temperature", "0.01"},
          {"history", "2"},
          {"warm-up", "9"}
        }) {
      assertThat(Arrays.deepEquals(trained(other), plain)).as(other[0]).isFalse();
    }
  }
}
