package dev.tamis.optim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tamis.math.Rng;
import dev.tamis.math.Stream;
import dev.tamis.optim.Adam.Form;
import dev.tamis.optim.Adam.IdleRows;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of rows that have no gradient in a step. */
class IdleRowsTest {
  private static final int WIDTH = 8;
  private static final int[] FIRST = {0};

  private static Adam adam(IdleRows idle, Form form) {
    return new Adam(idle, form, 0.9, 0.999, 1e-7, 0);
  }

  private static float[] noise(long step, int numbers) {
    Rng rng = Rng.keyed(1, Stream.DEMO, step, 0);
    float[] noise = new float[numbers];
    for (int i = 0; i < numbers; i++) {
      noise[i] = (float) (0.1 * (rng.nextGaussian() + 0.3));
    }
    return noise;
  }

  private static double rate(int step) {
    return step / 97 % 2 == 0 ? 0.01 : 0.004;
  }

  /**
   * How far idle moves that were put off are from those made at once, against their size: the worst
   * over all gaps of 1 to 500 steps that begin after {@code warmUp} steps with gradients.
   */
  private static double worstOverGaps(Form form, int warmUp) {
    Descent move = new Descent(adam(IdleRows.MOVE, form), 1, WIDTH);
    Descent defer = new Descent(adam(IdleRows.DEFER, form), 500, WIDTH);
    int[] all = new int[500];
    for (int row = 0; row < 500; row++) {
      all[row] = row;
    }
    int step = 0;
    for (; step < warmUp; step++) {
      float[] gradient = noise(step, WIDTH);
      float[] copies = new float[500 * WIDTH];
      for (int row = 0; row < 500; row++) {
        System.arraycopy(gradient, 0, copies, row * WIDTH, WIDTH);
      }
      move.step(rate(step), FIRST, gradient);
      defer.step(rate(step), all, copies);
    }
    float[] before = move.table.values().clone();
    double worst = 0;
    for (int gap = 0; gap <= 500; gap++, step++) {
      // In the step after the gap the row is settled through the gap.
      defer.updater.beginStep(rate(step));
      if (gap > 0) {
        defer.updater.settle(all, gap - 1, 1);
        worst = Math.max(worst, worst(defer, gap - 1, move.table.values(), before));
      }
      move.step(rate(step), new int[0]);
    }
    return worst;
  }

  private static double worst(Descent defer, int row, float[] moved, float[] before) {
    double size = 0;
    double off = 0;
    for (int i = 0; i < WIDTH; i++) {
      size = Math.max(size, Math.abs(moved[i] - before[i]));
      off = Math.max(off, Math.abs(defer.value(row * WIDTH + i) - moved[i]));
    }
    return off / size;
  }

  @ParameterizedTest
  @EnumSource(Form.class)
  void deferredMovesMakeUpForAnyGap(Form form) {
    assertThat(worstOverGaps(form, 1000)).isPositive().isLessThan(1e-4); // measured 2.4e-5
  }

  @ParameterizedTest
  @EnumSource(Form.class)
  void deferredMovesMakeUpForAnyGapFromTheFirstStep(Form form) {
    assertThat(worstOverGaps(form, 1)).isPositive().isLessThan(3e-4); // measured 1.1e-4
  }

  /** Rows come and go at random, rates change, and all rows are settled now and then. */
  @ParameterizedTest
  @EnumSource(Form.class)
  void deferredRowsEndWhereMovedRowsDo(Form form) {
    int rows = 40;
    Descent move = new Descent(adam(IdleRows.MOVE, form), rows, WIDTH);
    Descent defer = new Descent(adam(IdleRows.DEFER, form), rows, WIDTH);
    Descent often = new Descent(adam(IdleRows.DEFER, form), rows, WIDTH);
    Rng rng = Rng.keyed(2, Stream.DEMO, 0, 0);
    for (int step = 0; step < 2000; step++) {
      int[] touched = new int[2];
      touched[0] = rng.nextInt(rng.nextInt(rows / 2) + 1);
      touched[1] = touched[0] + 1 + rng.nextInt(rows - 1 - touched[0]);
      float[] gradient = noise(step, 2 * WIDTH);
      for (Descent d : new Descent[] {move, defer, often}) {
        d.step(rate(step), touched, gradient);
      }
      if (rng.nextInt(100) == 0) {
        often.updater.settleAll();
      }
    }
    defer.updater.settleAll();
    often.updater.settleAll();
    double size = 0;
    double off = 0;
    for (int i = 0; i < rows * WIDTH; i++) {
      size = Math.max(size, Math.abs(move.value(i)));
      off = Math.max(off, Math.abs(defer.value(i) - move.value(i)));
      off = Math.max(off, Math.abs(often.value(i) - move.value(i)));
    }
    assertThat(off / size).isPositive().isLessThan(3e-4); // measured 1.3e-4
  }

  /** Whatever the form, the weight decay and the rates, and however long a row has to wait. */
  @ParameterizedTest
  @CsvSource({"PYTORCH, 0", "PYTORCH, 0.05", "TENSORFLOW, 0", "TENSORFLOW, 0.05"})
  void replayedMovesHaveTheBitsOfThoseMadeInTheirSteps(Form form, double l2) {
    int rows = 40;
    int width = 37;
    Descent move = new Descent(new Adam(IdleRows.MOVE, form, 0.9, 0.999, 1e-7, l2), rows, width);
    Descent replay =
        new Descent(new Adam(IdleRows.REPLAY, form, 0.9, 0.999, 1e-7, l2), rows, width);
    Rng rng = Rng.keyed(3, Stream.DEMO, 0, 0);
    for (int step = 0; step < 900; step++) {
      int[] touched = step == 0 ? new int[] {0, 5, 39} : new int[] {rng.nextInt(rows / 2)};
      float[] gradient = noise(step, touched.length * width);
      move.step(rate(step), touched, gradient);
      replay.step(rate(step), touched, gradient);
      if (step == 400) {
        replay.updater.settleAll();
      }
    }
    replay.updater.settleAll();

    assertThat(replay.table.values()).isEqualTo(move.table.values());
    assertThat(replay.updater.state().get("first")).isEqualTo(move.updater.state().get("first"));
    assertThat(replay.updater.state().get("second")).isEqualTo(move.updater.state().get("second"));
    assertThat(move.value(39 * width)).as("moves long after its only gradient").isNotZero();
  }

  @ParameterizedTest
  @EnumSource(
      value = IdleRows.class,
      names = {"DEFER", "REPLAY"})
  void settlingTwiceChangesNothing(IdleRows idle) {
    Descent d = new Descent(adam(idle, Form.TENSORFLOW), 3, WIDTH);
    d.step(0.1, new int[] {0, 1}, noise(1, 2 * WIDTH));
    for (int step = 2; step < 6; step++) {
      d.step(0.1, new int[] {2}, noise(step, WIDTH));
    }
    d.updater.settleAll();
    float[] settled = d.table.values().clone();
    d.updater.settleAll();
    d.updater.settle(new int[] {0, 1, 2}, 0, 3);

    assertThat(d.table.values()).isEqualTo(settled);
  }

  /** Moments and weights of two optimizers agree bit for bit though one began later anew. */
  @ParameterizedTest
  @EnumSource(
      value = IdleRows.class,
      names = {"DEFER", "REPLAY"})
  void settledStateIsAllThatIsNeededToGoOn(IdleRows idle) {
    Optimizer optimizer = adam(idle, Form.TENSORFLOW);
    Descent whole = new Descent(optimizer, 5, WIDTH);
    Descent first = new Descent(optimizer, 5, WIDTH);
    for (int step = 0; step < 300; step++) {
      for (Descent d : new Descent[] {whole, first}) {
        d.step(rate(step), new int[] {step % 4}, noise(step, WIDTH));
      }
    }
    whole.updater.settleAll();
    first.updater.settleAll();
    Descent second = new Descent(optimizer, 5, WIDTH, first.table.values());
    first
        .updater
        .state()
        .forEach(
            (name, array) ->
                System.arraycopy(
                    array,
                    0,
                    second.updater.state().get(name),
                    0,
                    java.lang.reflect.Array.getLength(array)));
    for (int step = 300; step < 700; step++) {
      for (Descent d : new Descent[] {whole, second}) {
        d.step(rate(step), new int[] {step * step % 5}, noise(step, WIDTH));
      }
    }
    whole.updater.settleAll();
    second.updater.settleAll();

    assertThat(second.table.values()).isEqualTo(whole.table.values());
  }

  @Test
  void rowsThatStayKeepWeightsAndMoments() {
    Descent d = new Descent(adam(IdleRows.STAY, Form.PYTORCH), 2, WIDTH);
    d.step(0.1, new int[] {0, 1}, noise(0, 2 * WIDTH));
    float[] weights = d.table.values().clone();
    float[] second = ((float[]) d.updater.state().get("second")).clone();
    for (int step = 1; step < 50; step++) {
      d.step(0.1, new int[] {1}, noise(step, WIDTH));
    }
    for (int i = 0; i < WIDTH; i++) {
      assertThat(d.value(i)).isEqualTo(weights[i]);
      assertThat(((float[]) d.updater.state().get("second"))[i]).isEqualTo(second[i]);
      assertThat(d.value(WIDTH + i)).isNotEqualTo(weights[WIDTH + i]);
    }
  }

  /** However many there are, and with weight decay too. */
  @ParameterizedTest
  @ValueSource(ints = {1, 15, 16, 17, 50})
  void aRangeOfIdleRowsMovesAsRowsWithAGradientOfZero(int rows) {
    Adam adam = Adam.pyTorch(IdleRows.MOVE, 0.01);
    Descent idle = new Descent(adam, rows + 2, WIDTH);
    Descent zero = new Descent(adam, rows + 2, WIDTH);
    float[] gradient = noise(0, (rows + 2) * WIDTH);
    for (Descent d : new Descent[] {idle, zero}) {
      d.updater.beginStep(0.1);
      d.updater.updateRange(0, rows + 2, gradient, 0);
    }
    for (int step = 1; step < 10; step++) {
      idle.updater.beginStep(0.1);
      idle.updater.updateIdle(1, rows);
      zero.updater.beginStep(0.1);
      zero.updater.updateRange(1, rows, new float[rows * WIDTH], 0);
    }

    assertThat(idle.table.values()).isEqualTo(zero.table.values());
    assertThat(idle.value(WIDTH)).isNotEqualTo(idle.value(0));
  }

  @Test
  void idleRowsMoveAsWithAGradientOfZero() {
    Descent idle = new Descent(adam(IdleRows.MOVE, Form.PYTORCH), 1, WIDTH);
    Descent zero = new Descent(adam(IdleRows.MOVE, Form.PYTORCH), 1, WIDTH);
    for (int step = 0; step < 30; step++) {
      float[] gradient = step == 0 ? noise(0, WIDTH) : new float[WIDTH];
      idle.step(0.1, step == 0 ? FIRST : new int[0], gradient);
      zero.step(0.1, FIRST, gradient);
    }
    assertThat(idle.table.values()).isEqualTo(zero.table.values());
  }
}
