package dev.tamis.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tamis.config.TamisException;
import dev.tamis.math.Rng;
import dev.tamis.math.Stream;
import dev.tamis.model.Table;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class UnitBallTest {
  private static final int WIDTH = 21;

  private static double length(Descent d, int row) {
    double sum = 0;
    for (int i = row * WIDTH; i < (row + 1) * WIDTH; i++) {
      sum += (double) d.value(i) * d.value(i);
    }
    return Math.sqrt(sum);
  }

  @ParameterizedTest
  @EnumSource(
      value = OptimizerName.class,
      names = {"ADAM_LAZY"},
      mode = EnumSource.Mode.EXCLUDE)
  void noRowIsEverLongerThanOne(OptimizerName name) {
    int rows = 40;
    float[] start = new float[rows * WIDTH];
    Rng rng = Rng.keyed(1, Stream.DEMO, 0, 0);
    for (int i = 0; i < start.length; i++) {
      start[i] = (float) rng.nextGaussian() * (i / WIDTH + 1) / rows;
    }
    Descent d = new Descent(new UnitBall(name.optimizer()), rows, WIDTH, start);
    int onTheSphere = 0;
    for (int step = 0; step < 60; step++) {
      float[] gradient = new float[rows / 2 * WIDTH];
      for (int i = 0; i < gradient.length; i++) {
        gradient[i] = (float) rng.nextGaussian() * (step % 7);
      }
      int[] half = new int[rows / 2];
      for (int i = 0; i < half.length; i++) {
        half[i] = 2 * i + step % 2;
      }
      d.step(0.3, half, gradient);
      for (int row = 0; row < rows; row++) {
        assertThat(length(d, row)).isLessThanOrEqualTo(1 + 1e-6);
        onTheSphere += length(d, row) > 1 - 1e-6 ? 1 : 0;
      }
    }
    assertThat(onTheSphere).as("rows that were brought back").isGreaterThan(1000);
  }

  @Test
  void rowsAreScaledFromTheStart() {
    Table table = new Table("t", 2, 2);
    System.arraycopy(new float[] {3, -4, 0.6f, 0.7f}, 0, table.values(), 0, 4);
    new UnitBall(new Sgd(0)).attach(table);

    assertThat(table.values())
        .containsExactly(new float[] {0.6f, -0.8f, 0.6f, 0.7f}, within(1e-7f));
  }

  /** What stays within moves as if there were no ball, moments included. */
  @Test
  void rowsWithinMoveFreely() {
    Descent free = new Descent(new Adagrad(1, 0), 3, WIDTH);
    Descent kept = new Descent(new UnitBall(new Adagrad(1, 0)), 3, WIDTH);
    float[] gradient = new float[2 * WIDTH];
    for (int step = 0; step < 20; step++) {
      for (int i = 0; i < gradient.length; i++) {
        gradient[i] = (i * 7 + step * 5) % 11 - 5;
      }
      free.step(0.1, new int[] {0, 2}, gradient);
      kept.step(0.1, new int[] {0, 2}, gradient);
    }
    assertThat(length(free, 0)).isBetween(0.1, 1.0);
    assertThat(kept.table.values()).isEqualTo(free.table.values());
    assertThat(kept.updater.state().get("squares")).isEqualTo(free.updater.state().get("squares"));
  }

  /** Adam that replays moves later makes them at once here, weight decay included. */
  @Test
  void idleRowsMoveAsThoseOfDenseAdam() {
    for (OptimizerName name :
        new OptimizerName[] {OptimizerName.ADAM, OptimizerName.ADAM_PYTORCH}) {
      Adam rule = (Adam) name.optimizer(1, 0.01, OptimizerName.INITIAL_ACCUMULATOR);
      Descent free = new Descent(rule.withIdleRows(Adam.IdleRows.MOVE), 3, WIDTH);
      Descent kept = new Descent(new UnitBall(rule), 3, WIDTH);
      float[] gradient = new float[WIDTH];
      for (int step = 0; step < 20; step++) {
        for (int i = 0; i < WIDTH; i++) {
          gradient[i] = (i * 7 + step * 5) % 11 - 5;
        }
        free.step(0.005, new int[] {step == 0 ? 0 : 2}, gradient);
        kept.step(0.005, new int[] {step == 0 ? 0 : 2}, gradient);
      }
      assertThat(length(free, 0)).isBetween(0.05, 1.0);
      assertThat(kept.table.values()).isEqualTo(free.table.values());
    }
  }

  @Test
  void movesThatArePutOffAreRefused() {
    assertThatThrownBy(() -> new UnitBall(OptimizerName.ADAM_LAZY.optimizer()))
        .isInstanceOfSatisfying(
            TamisException.class, e -> assertThat(e.kind()).isEqualTo(TamisException.Kind.CONFIG))
        .hasMessage(
            "vectors are kept in the unit ball after every step, but optimizer adam-lazy puts moves"
                + " off; use adagrad, sgd, adam or adam-sparse");
  }
}
