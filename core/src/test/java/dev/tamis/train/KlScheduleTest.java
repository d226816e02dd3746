package dev.tamis.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tamis.config.TamisException;
import java.util.ArrayList;
import java.util.List;
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

  /** Best after 30 steps, then twice not: back to the weight of step 30, whatever comes. */
  @Test
  void frozenWeightIsThatOfThePeak() {
    List<String> notes = new ArrayList<>();
    FrozenKl kl = new FrozenKl(new KlSchedule(1, 100), 2, notes::add);
    for (int steps = 10; steps <= 40; steps += 10) {
      assertThat(kl.at(steps)).isEqualTo(steps / 100.0);
      kl.measured(steps, steps != 20 && steps != 40);
    }
    assertThat(kl.at(45)).isEqualTo(0.45);
    assertThat(notes).isEmpty();
    kl.measured(50, false);

    assertThat(kl.at(50)).isEqualTo(0.3);
    kl.measured(60, true);
    assertThat(kl.at(1000)).isEqualTo(0.3);
    assertThat(notes).hasSize(1);
    assertThat(notes.get(0)).contains("stays at 0.3");

    FrozenKl again = new FrozenKl(new KlSchedule(1, 100), 2, notes::add);
    long[] state = (long[]) again.state().get("kl");
    System.arraycopy((long[]) kl.state().get("kl"), 0, state, 0, state.length);
    assertThat(again.at(70)).isEqualTo(0.3);
  }

  @Test
  void negativesAreRefused() {
    assertThatThrownBy(() -> new FrozenKl(new KlSchedule(1, 1), 0, note -> {}))
        .isInstanceOf(TamisException.class);
    assertThatThrownBy(() -> new KlSchedule(-0.1, 1)).isInstanceOf(TamisException.class);
    assertThatThrownBy(() -> new KlSchedule(Double.NaN, 1)).isInstanceOf(TamisException.class);
    assertThatThrownBy(() -> new KlSchedule(1, -1)).isInstanceOf(TamisException.class);
  }
}
