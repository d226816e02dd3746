package dev.tamis.method;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tamis.config.Settings;
import dev.tamis.data.Interactions;
import dev.tamis.sample.SmallData;
import dev.tamis.train.Run;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PrisTest {
  private static final Interactions TRAIN = SmallData.longTailed(70, 50, 12, 1);

  static List<String> samplers() {
    return SmallRuns.samplers(new Pris());
  }

  private static float[][] trained(String sampler, int threads) {
    Settings settings = SmallRuns.settings(new Pris(), "sampler", sampler);
    return SmallRuns.values(
        SmallRuns.fit(new Pris(), settings, TRAIN, Run.seeded(6).withThreads(threads)));
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
      results.add(java.util.Arrays.deepHashCode(trained(sampler, 2)));
    }
    assertThat(results).hasSameSizeAs(samplers());
  }

  /** With many candidates a pair, what clusters are learned by outweighs the model. */
  @Test
  void memoryOfLearningClustersIsPlanned() {
    Settings settings =
        SmallRuns.settings(
            new Pris(),
            "sampler",
            "cluster-uniform-joint",
            "epochs",
            "1",
            "dim",
            "24",
            "clusters",
            "20",
            "negatives",
            "60",
            "batch-size",
            "400");
    HeldBytes.assertPlanned(new Pris(), settings, SmallData.longTailed(1500, 1500, 12, 1));
  }
}
