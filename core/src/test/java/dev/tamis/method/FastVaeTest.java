package dev.tamis.method;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tamis.artifact.TrainedModel;
import dev.tamis.config.TamisException;
import dev.tamis.data.Interactions;
import dev.tamis.sample.SmallData;
import dev.tamis.train.Run;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FastVaeTest {
  private static final Interactions TRAIN = SmallData.longTailed(60, 50, 12, 3);
  private static final FastVae METHOD = new FastVae();
  private static final String REMOVE = "remove-accidental-hits";

  static List<String> samplers() {
    return SmallRuns.samplers(METHOD);
  }

  private static float[][] trained(int threads, String... settings) {
    return SmallRuns.values(
        SmallRuns.fit(
            METHOD,
            SmallRuns.settings(METHOD, settings),
            TRAIN,
            Run.seeded(1).withThreads(threads)));
  }

  @ParameterizedTest
  @MethodSource("samplers")
  void everySamplerTrainsTheSameOnAnyNumberOfThreads(String name) {
    float[][] one = trained(1, "sampler", name, "codewords", "4");
    assertThat(trained(3, "sampler", name, "codewords", "4")).isDeepEqualTo(one);
    float[] earlier = trained(1, "sampler", name, "codewords", "4", "epochs", "3")[0];
    assertThat(earlier).isNotEqualTo(one[0]);
    float[] removed = trained(1, "sampler", name, "codewords", "4", REMOVE, "true")[0];
    assertThat(removed).isNotEqualTo(one[0]);
  }

  @Test
  void aUserOfAllItemsHasNothingToDrawWhereItsOwnAreLeftOut() {
    Interactions all = SmallData.of(3, new int[] {0, 1, 2}, new int[] {1});
    String[] both = {"sampler", "uniform", "latent", "4"};
    String[] removing = {"sampler", "uniform", "latent", "4", REMOVE, "true"};
    assertThat(fit(all, both).epochs()).isPositive();
    assertThatThrownBy(() -> fit(all, removing))
        .isInstanceOf(TamisException.class)
        .hasMessageContaining("so no negative can be drawn for it");
  }

  private static TrainedModel fit(Interactions train, String... settings) {
    return SmallRuns.fit(
        METHOD, SmallRuns.settings(METHOD, settings), train, Run.seeded(1).withThreads(1));
  }

  /** Items that no history and no draw has touched stay where they began. */
  @Test
  void aStepTouchesDrawnItemsAndPositivesOnly() {
    Interactions few = SmallData.of(2000, new int[] {1, 3}, new int[] {0, 7, 9});
    String[] small = {
      "sampler", "uniform", "optimizer", "adam-sparse", "negatives", "4", "batch-size", "2"
    };
    float[] once = itemsAfter(few, small, "1");
    float[] later = itemsAfter(few, small, "2");
    int moved = 0;
    for (int i = 0; i < 2000; i++) {
      moved += once[i * 9] != later[i * 9] ? 1 : 0;
    }
    assertThat(moved).isBetween(1, 2 * 4 + 5);
  }

  private static float[] itemsAfter(Interactions train, String[] small, String epochs) {
    String[] settings = java.util.Arrays.copyOf(small, small.length + 2);
    settings[small.length] = "epochs";
    settings[small.length + 1] = epochs;
    return SmallRuns.fit(
            METHOD, SmallRuns.settings(METHOD, settings), train, Run.seeded(1).withThreads(1))
        .model()
        .itemVectors()
        .orElseThrow()
        .values();
  }

  @Test
  void samplersOfAQueryAreNotShared() {
    assertThatThrownBy(() -> trained(1, "sampler", "midx-uniform", "shared-negatives", "true"))
        .isInstanceOf(TamisException.class)
        .hasMessage(
            "sampler midx-uniform draws for each user by the user's query, so users cannot share"
                + " what it draws; set shared-negatives=false, or use sampler uniform or"
                + " popularity");
  }

  @Test
  void whatCannotBeBuiltIsRefused() {
    assertThatThrownBy(() -> trained(1, "hidden", "0", "latent", "0"))
        .hasMessageContaining("set one of them");
    assertThatThrownBy(() -> trained(1, "hidden", "0")).hasMessageContaining("set dropout=0");
    assertThatThrownBy(() -> trained(1, "weight-decay", "0.01", "optimizer", "adam-sparse"))
        .hasMessageContaining("use optimizer adam or adam-pytorch");
  }
}
