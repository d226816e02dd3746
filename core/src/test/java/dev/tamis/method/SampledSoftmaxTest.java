package dev.tamis.method;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tamis.config.Settings;
import dev.tamis.data.Interactions;
import dev.tamis.sample.SmallData;
import dev.tamis.train.Run;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A sampled softmax over any sampler that knows the log-probability of its draws. */
class SampledSoftmaxTest {
  private static final SampledSoftmax METHOD = new SampledSoftmax();
  private static final Interactions TRAIN = SmallData.longTailed(70, 50, 12, 1);

  static List<String> samplers() {
    return SmallRuns.samplers(METHOD);
  }

  private static float[][] trained(String sampler, int threads) {
    Settings settings = SmallRuns.settings(METHOD, "sampler", sampler, "shared-negatives", "false");
    return SmallRuns.values(
        SmallRuns.fit(METHOD, settings, TRAIN, Run.seeded(6).withThreads(threads)));
  }

  @ParameterizedTest
  @MethodSource("samplers")
  void resultDoesNotDependOnThreads(String sampler) {
    float[][] one = trained(sampler, 1);

    assertThat(trained(sampler, 2)).isDeepEqualTo(one);
    assertThat(trained(sampler, 5)).isDeepEqualTo(one);
  }

  @Test
  void eachSamplerGivesAResultOfItsOwn() {
    Set<Integer> results = new HashSet<>();
    for (String sampler : samplers()) {
      results.add(Arrays.deepHashCode(trained(sampler, 2)));
    }
    assertThat(results).hasSameSizeAs(samplers());
  }

  @ParameterizedTest
  @MethodSource("samplers")
  void memoryOfEverySamplerIsPlanned(String sampler) {
    Settings settings =
        SmallRuns.settings(
            METHOD,
            "sampler",
            sampler,
            "shared-negatives",
            "false",
            "epochs",
            "1",
            "dim",
            "24",
            "leaf-items",
            "32"); // or the kernel's tree would take whole regions of the collector
    HeldBytes.assertPlanned(METHOD, settings, SmallData.longTailed(1500, 1500, 12, 1));
  }
}
