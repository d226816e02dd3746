package dev.tamis.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tamis.config.TamisException;
import org.junit.jupiter.api.Test;

class KlScheduleTest {
  @Test
  void weightRisesInAStraightLineToItsCap() {
    KlSchedule kl = new KlSchedule(0.3, 200_000);

    assertThat(kl.at(0)).isZero();
    assertThat(kl.at(1)).isCloseTo(5e-6, within(1e-18));
    assertThat(kl.at(46_800)).isCloseTo(0.234, within(1e-12)); // 200 epochs of MovieLens-20M
    assertThat(kl.at(60_000)).isEqualTo(0.3);
    assertThat(kl.at(1L << 40)).isEqualTo(0.3);
  }

  @Test
  void withoutStepsItBeginsAtTheCap() {
    assertThat(new KlSchedule(0.2, 0).at(0)).isEqualTo(0.2);
    assertThat(new KlSchedule(0, 0).at(9)).isZero();
  }

  @Test
  void negativesAreRefused() {
    assertThatThrownBy(() -> new KlSchedule(-0.1, 1)).isInstanceOf(TamisException.class);
    assertThatThrownBy(() -> new KlSchedule(Double.NaN, 1)).isInstanceOf(TamisException.class);
    assertThatThrownBy(() -> new KlSchedule(1, -1)).isInstanceOf(TamisException.class);
  }
}
