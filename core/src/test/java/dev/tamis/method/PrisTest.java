package dev.tamis.method;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tamis.config.Settings;
import dev.tamis.data.Interactions;
import dev.tamis.sample.SmallData;
import dev.tamis.train.Run;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PrisTest {
  private static final Interactions TRAIN = SmallData.longTailed(70, 50, 12, 1);

  private static float[][] trained(Pris.Sampler sampler, int threads) {
    String name = sampler.name().toLowerCase(Locale.ROOT).replace('_', '-');
    Settings settings = SmallRuns.settings(new Pris(), "sampler", name);
    return SmallRuns.values(
        SmallRuns.fit(new Pris(), settings, TRAIN, Run.seeded(6).withThreads(threads)));
  }

  @ParameterizedTest
  @EnumSource(Pris.Sampler.class)
  void resultDoesNotDependOnThreads(Pris.Sampler sampler) {
    float[][] one = trained(sampler, 1);

    assertThat(trained(sampler, 2)).isDeepEqualTo(one);
    assertThat(trained(sampler, 5)).isDeepEqualTo(one);
  }

  @Test
  void eachSamplerGivesAResultOfItsOwn() {
    Set<Integer> results = new HashSet<>();
    for (Pris.Sampler sampler : Pris.Sampler.values()) {
      results.add(java.util.Arrays.deepHashCode(trained(sampler, 2)));
    }
    assertThat(results).hasSameSizeAs(Pris.Sampler.values());
  }
}
