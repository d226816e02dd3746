package dev.tamis.method;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tamis.artifact.TrainedModel;
import dev.tamis.config.Settings;
import dev.tamis.config.TamisException;
import dev.tamis.data.Interactions;
import dev.tamis.sample.SmallData;
import dev.tamis.train.Run;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How the in-batch methods stand to one another, and what they refuse. */
class InBatchTest {
  private static final Interactions TRAIN = SmallData.longTailed(70, 50, 12, 1);

  private static float[][] values(String name, String... options) {
    Method<?> method = Methods.named(name);
    Settings settings = SmallRuns.settings(method, options);
    return SmallRuns.values(SmallRuns.fit(method, settings, TRAIN, Run.seeded(4)));
  }

  /** The cache is drawn from too, but counts nothing. */
  @Test
  void xirWithoutAShareForTheCacheIsBir() {
    assertThat(values("xir", "cache-share", "0", "cache", "14"))
        .isDeepEqualTo(values("bir", "resample", "7"));
  }

  /** What the towers of ids alone gave when each was last meant to change: xir with its draws. */
  @ParameterizedTest
  @CsvSource({"ssl-pop, 410602913", "xir, -1862383506", "sampled-softmax, -423968323"})
  void idsAloneGiveTheBitsThatTheyGave(String name, int hash) {
    assertThat(Arrays.deepHashCode(values(name))).isEqualTo(hash);
  }

  @Test
  void optionsOfXirMakeADifference() {
    float[][] xir = values("xir");
    assertThat(values("xir", "cache-share", "1")).isNotEqualTo(xir);
    assertThat(values("xir", "cache-refresh", "paper")).isNotEqualTo(xir);
    assertThat(values("xir", "occurrence-decay", "0.5")).isNotEqualTo(xir);
  }

  /** What makes a list for the whole batch does not depend on how it is shared among threads. */
  @ParameterizedTest
  @ValueSource(strings = {"ssl", "xir"})
  void bitsDoNotDependOnShards(String name) {
    Method<?> method = Methods.named(name);
    Settings settings = SmallRuns.settings(method, "batch-size", "400");
    Interactions train = SmallData.longTailed(170, 50, 12, 1);
    Run run = Run.seeded(4).withThreads(3);
    TrainedModel one = SmallRuns.fit(method, settings, train, run);
    Run other = new Run(4, 2, 3, run.validation(), run.checkpoints(), run.listener());
    assertThat(SmallRuns.values(SmallRuns.fit(method, settings, train, other)))
        .isDeepEqualTo(SmallRuns.values(one));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "xir | cache | 1 | half of a cache of 1 is no draw at all; set resample to at least 1",
        "ssl | score | mlp | negatives that rows share are scored by inner products, but score mlp"
            + " is none; choose score dot or gmf",
        "bir | optimizer | adam-sparse | weight-decay moves every row in every step",
        "bir | resample | -1 | option 'resample' must be a whole number from 0 to 1048576",
        "g-tower | frequency-rate | 0 | option 'frequency-rate' must be a number from 1.0E-9 to 1",
        "g-tower | hash-sizes | 7,0 | option 'hash-sizes' must be whole numbers from 1 to",
        "xir | cache-share | 1.5 | option 'cache-share' must be a number from 0 to 1"
      })
  void whatMakesNoSenseIsRefused(String name, String option, String value, String sentence) {
    assertThatThrownBy(() -> values(name, option, value))
        .isInstanceOf(TamisException.class)
        .hasMessageContaining(sentence);
  }
}
