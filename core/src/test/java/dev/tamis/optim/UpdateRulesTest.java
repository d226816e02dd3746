package dev.tamis.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tamis.config.TamisException;
import dev.tamis.optim.Adam.Form;
import dev.tamis.optim.Adam.IdleRows;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every rule against numbers worked out apart from it, and what all rules keep. */
class UpdateRulesTest {
  private static final int[] ROW = {0};

  /** Weight 1, gradients 0.5, -0.2, 0.1 at rate 0.1. */
  private static void assertSequence(Optimizer optimizer, double... expected) {
    Descent d = new Descent(optimizer, 1, 1, 1);
    float[] gradients = {0.5f, -0.2f, 0.1f};
    for (int t = 0; t < 3; t++) {
      d.step(0.1, ROW, gradients[t]);
      assertThat((double) d.value(0)).as("step %d", t + 1).isCloseTo(expected[t], within(2e-6));
    }
  }

  private static Adam adam(IdleRows idleRows, Form form, double epsilon, double l2) {
    return new Adam(idleRows, form, 0.9, 0.999, epsilon, l2);
  }

  /** The forms differ by where epsilon stands, so a large one tells them apart. */
  @ParameterizedTest
  @EnumSource(IdleRows.class)
  void adamTakesTheStepsOfItsForm(IdleRows idle) {
    assertSequence(adam(idle, Form.PYTORCH, 1e-8, 0), 0.900000002, 0.865439418, 0.827500241);
    assertSequence(adam(idle, Form.PYTORCH, 1e-2, 0), 0.901960784, 0.868284736, 0.831508975);
    assertSequence(adam(idle, Form.TENSORFLOW, 1e-2, 0), 0.938742589, 0.916971778, 0.892927231);
  }

  @Test
  void adamAddsWeightDecayToTheGradient() {
    assertSequence(
        adam(IdleRows.MOVE, Form.PYTORCH, 1e-8, 0.5), 0.900000001, 0.816940249, 0.731087697);
    assertSequence(
        adam(IdleRows.STAY, Form.TENSORFLOW, 1e-2, 0.5), 0.924025307, 0.859949970, 0.791797303);
  }

  @Test
  void adagradSumsSquares() {
    assertSequence(new Adagrad(0.1, 0), 0.915484575, 0.947510205, 0.931698817);
    assertSequence(new Adagrad(0.1, 0.5), 0.904653741, 0.881262741, 0.836457600);
  }

  @Test
  void sgdFollowsTheGradient() {
    assertSequence(new Sgd(0), 0.95, 0.97, 0.96);
    assertSequence(new Sgd(0.5), 0.9, 0.875, 0.82125);
  }

  /** Halving is exact, so a mean over a power of two moves tables to the same bits as the sum. */
  @ParameterizedTest
  @EnumSource(Adam.Form.class)
  void meansMoveATableAsTheirSumsDo(Adam.Form form) {
    Adam adam = new Adam(IdleRows.MOVE, form, 0.9, 0.999, 1e-3, 0.05);
    Descent sums = new Descent(adam, 1, 5);
    Descent means = new Descent(adam.forMeansOf(4096), 1, 5);
    Descent unchanged = new Descent(adam, 1, 5);
    for (int t = 0; t < 50; t++) {
      float[] sum = new float[5];
      float[] mean = new float[5];
      for (int i = 0; i < 5; i++) {
        sum[i] = (i * 7 + t * 5) % 11 - 5;
        mean[i] = sum[i] / 4096;
      }
      sums.step(0.1, new int[] {0}, sum);
      means.step(0.1, new int[] {0}, mean);
      unchanged.step(0.1, new int[] {0}, mean);
    }

    assertThat(means.table.values()).isEqualTo(sums.table.values());
    assertThat(unchanged.table.values()).isNotEqualTo(sums.table.values());
  }

  @ParameterizedTest
  @EnumSource(OptimizerName.class)
  void weightDecayIsRefusedWhereIdleRowsDoNotMove(OptimizerName name) {
    if (name == OptimizerName.ADAM || name == OptimizerName.ADAM_PYTORCH) {
      assertThat(((Adam) name.optimizer(128, 0.5, 0.1)).l2()).isEqualTo(0.5 / 128);
    } else {
      assertThatThrownBy(() -> name.optimizer(128, 0.5, 0.1))
          .isInstanceOf(TamisException.class)
          .hasMessageMatching(
              "weight-decay moves every row in every step, which optimizer [a-z-]+ does not; use"
                  + " optimizer adam or adam-pytorch, or set weight-decay=0 \\(l2 works with"
                  + " any\\)");
    }
  }

  static Stream<Optimizer> everyRule() {
    List<Optimizer> rules = new ArrayList<>();
    for (OptimizerName name : OptimizerName.values()) {
      rules.add(name.optimizer());
    }
    for (IdleRows idle : IdleRows.values()) {
      rules.add(Adam.pyTorch(idle, 0));
    }
    rules.add(Adam.pyTorch(IdleRows.MOVE, 0.01));
    rules.add(new Sgd(0.01));
    rules.add(new Adagrad(1, 0.01));
    rules.add(new UnitBall(new Adagrad(1, 0)));
    return rules.stream();
  }

  @ParameterizedTest
  @MethodSource("everyRule")
  void rangeOfRowsMovesLikeItsRowsOneByOne(Optimizer optimizer) {
    int width = 19;
    Descent listed = new Descent(optimizer, 6, width);
    Descent ranged = new Descent(optimizer, 6, width);
    float[] gradient = new float[7 * width];
    for (int t = 0; t < 20; t++) {
      for (int i = 0; i < gradient.length; i++) {
        gradient[i] = (i * 7 + t * 5) % 11 - 5;
      }
      listed.updater.beginStep(0.1);
      listed.updater.settle(new int[] {9, 1, 2, 3, 4}, 1, 4);
      float[] part = java.util.Arrays.copyOfRange(gradient, width, 5 * width);
      listed.updater.update(new int[] {9, 1, 2, 3, 4}, 1, 4, part);
      ranged.updater.beginStep(0.1);
      ranged.updater.settle(new int[] {1, 2, 3, 4}, 0, 4);
      ranged.updater.updateRange(1, 4, gradient, width);
    }
    listed.updater.settleAll();
    ranged.updater.settleAll();

    assertThat(ranged.table.values()).isEqualTo(listed.table.values());
    for (int i = 0; i < width; i++) {
      assertThat(listed.value(i)).as("row 0 had no gradient").isZero();
      assertThat(listed.value(3 * width + i)).isNotZero();
    }
    listed
        .updater
        .state()
        .forEach((name, array) -> assertThat(ranged.updater.state().get(name)).isEqualTo(array));
  }

  @ParameterizedTest
  @MethodSource("everyRule")
  void stateHasTheSizeThatIsPlanned(Optimizer optimizer) {
    long numbers =
        new Descent(optimizer, 10, 7)
            .updater.state().values().stream()
                .filter(float[].class::isInstance)
                .mapToLong(array -> ((float[]) array).length)
                .sum();

    assertThat(numbers).isEqualTo(70L * optimizer.stateOfParameter());
  }

  @ParameterizedTest
  @EnumSource(OptimizerName.class)
  void everyRuleFindsTheLowestPointOfAParabola(OptimizerName name) {
    Descent d = new Descent(name.optimizer(), 1, 3, 3, -2, 0.5f);
    double rate = name == OptimizerName.SGD ? 0.05 : name == OptimizerName.ADAGRAD ? 0.5 : 0.02;
    for (int t = 0; t < 3000; t++) {
      d.step(rate, ROW, 2 * (d.value(0) - 1), 8 * (d.value(1) + 1), d.value(2));
    }
    assertThat(d.value(0)).isCloseTo(1, within(1e-3f));
    assertThat(d.value(1)).isCloseTo(-1, within(1e-3f));
    assertThat(d.value(2)).isCloseTo(0, within(1e-3f));
  }

  @ParameterizedTest
  @EnumSource(OptimizerName.class)
  void everyRuleFollowsTheValleyOfRosenbrock(OptimizerName name) {
    Descent d = new Descent(name.optimizer(), 1, 2, -1, 1);
    double rate = name == OptimizerName.SGD ? 1e-3 : name == OptimizerName.ADAGRAD ? 0.3 : 0.01;
    for (int t = 0; t < 40_000; t++) {
      float x = d.value(0);
      float bend = d.value(1) - x * x;
      d.step(rate, ROW, -2 * (1 - x) - 400 * x * bend, 200 * bend);
    }
    assertThat(d.value(0)).isCloseTo(1, within(2e-2f));
    assertThat(d.value(1)).isCloseTo(1, within(4e-2f));
  }

  @Test
  void adamRefusesWhatItCannotDo() {
    assertThatThrownBy(() -> Adam.pyTorch(IdleRows.DEFER, 0.1))
        .isInstanceOf(TamisException.class)
        .hasMessageContaining("without weight decay, but l2 is 0.1")
        .hasMessageContaining("set l2 to 0");
    assertThatThrownBy(() -> new Adam(IdleRows.DEFER, Form.PYTORCH, 0.9, 0.5, 1e-8, 0))
        .isInstanceOf(TamisException.class)
        .hasMessageContaining("beta1^2 below beta2");
    assertThatThrownBy(() -> new Adam(IdleRows.MOVE, Form.PYTORCH, 1, 0.5, 1e-8, 0))
        .isInstanceOf(TamisException.class);
    assertThatThrownBy(() -> new Adam(IdleRows.MOVE, Form.PYTORCH, 0.9, 0.5, 0, 0))
        .isInstanceOf(TamisException.class);
    assertThatThrownBy(() -> new Adam(IdleRows.MOVE, Form.PYTORCH, 0.9, 0.5, 1, Double.NaN))
        .isInstanceOf(TamisException.class);
  }

  @Test
  void learningRateFallsInStairs() {
    LearningRate rate = new LearningRate(0.1, 0.5, 3);

    assertThat(Stream.of(0, 2, 3, 5, 6).map(rate::at)).containsExactly(0.1, 0.1, 0.05, 0.05, 0.025);
    assertThat(new LearningRate(0.01, 1, 5).at(1000)).isEqualTo(0.01);
    for (LearningRateOf wrong :
        List.<LearningRateOf>of(
            () -> new LearningRate(0, 1, 1),
            () -> new LearningRate(Double.NaN, 1, 1),
            () -> new LearningRate(1, 1.01, 1),
            () -> new LearningRate(1, 0, 1),
            () -> new LearningRate(1, 1, 0))) {
      assertThatThrownBy(wrong::make).isInstanceOf(TamisException.class);
    }
  }

  private interface LearningRateOf {
    LearningRate make();
  }
}
