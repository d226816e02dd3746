package dev.tamis.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Scalar and SIMD kernels, and the words of {@link KernelOps}, give one result, bit for bit. */
class KernelEquivalenceTest {
  private static final int[] SIZES =
      IntStream.concat(IntStream.rangeClosed(0, 200), IntStream.of(511, 512, 513, 4095, 4096, 4101))
          .toArray();

  /** What a kernel sees: arrays with room for odd offsets. Results stay in them or are returned. */
  private static final class Input {
    final int n;
    final float[] a;
    final float[] b;
    final float[] c;
    final float[] d;
    final int[] rows;
    final int[] chosen;
    final long[] bits;
    final float scalar;

    Input(int n, int rarity, SplittableRandom random) {
      this.n = n;
      a = TestVectors.awkward(n + 9, rarity, random);
      b = TestVectors.awkward(7 * n + 7, rarity, random);
      c = TestVectors.awkward(n + 9, rarity, random);
      d = TestVectors.awkward(n + 9, rarity, random);
      rows = random.ints(9, 0, 7).toArray();
      chosen = new int[n + 7];
      bits = random.longs(n + 2).toArray();
      scalar = TestVectors.awkward(1, rarity, random)[0];
    }

    private Input(Input other) {
      n = other.n;
      a = other.a.clone();
      b = other.b.clone();
      c = other.c.clone();
      d = other.d.clone();
      rows = other.rows.clone();
      chosen = other.chosen.clone();
      bits = other.bits.clone();
      scalar = other.scalar;
    }
  }

  private interface Call {
    float run(KernelOps ops, Input x);
  }

  enum Kernel {
    DOT((ops, x) -> ops.dot(x.a, 1, x.b, 3, x.n)),
    SQUARED_DISTANCE((ops, x) -> ops.squaredDistance(x.a, 2, x.b, 1, x.n)),
    SUM((ops, x) -> ops.sum(x.a, 3, x.n)),
    MAX((ops, x) -> ops.max(x.a, 5, x.n)),
    LOG_SUM_EXP((ops, x) -> ops.logSumExp(x.a, 1, x.n)),
    SOFTMAX((ops, x) -> ops.softmax(x.a, 1, x.n)),
    COUNT_ABOVE((ops, x) -> ops.countAbove(x.a, 1, x.n, x.scalar)),
    SELECT_ABOVE((ops, x) -> ops.selectAbove(x.a, 1, x.n, x.scalar, x.chosen, 2)),
    COUNTER_BITS(
        (ops, x) -> {
          ops.counterBits(x.bits[0], x.bits[1], -3, x.bits, x.n);
          return 0;
        }),
    POISSON(
        (ops, x) -> {
          ops.poisson(x.a, 1, x.n, x.bits, 2);
          return 0;
        }),
    DOT_ROWS(
        (ops, x) -> {
          ops.dotRows(x.a, 1, x.b, x.n, x.rows, 1, 7, x.c, 0);
          return 0;
        }),
    AXPY(
        (ops, x) -> {
          ops.axpy(x.scalar, x.a, 1, x.b, 3, x.n);
          return 0;
        }),
    AXPY_ROWS(
        (ops, x) -> {
          ops.axpyRows(x.d, 0, x.b, x.n, x.rows, 1, 7, x.a, 1);
          return 0;
        }),
    SCALE(
        (ops, x) -> {
          ops.scale(x.scalar, x.a, 3, x.n);
          return 0;
        }),
    EXP(
        (ops, x) -> {
          ops.exp(x.a, 1, x.b, 3, x.n);
          return 0;
        }),
    LOG(
        (ops, x) -> {
          ops.log(x.a, 1, x.b, 3, x.n);
          return 0;
        }),
    TANH(
        (ops, x) -> {
          ops.tanh(x.a, 1, x.b, 3, x.n);
          return 0;
        }),
    SIGMOID(
        (ops, x) -> {
          ops.sigmoid(x.a, 1, x.b, 3, x.n);
          return 0;
        }),
    SOFTPLUS(
        (ops, x) -> {
          ops.softplus(x.a, 1, x.a, 1, x.n);
          return 0;
        }),
    ADAM(
        (ops, x) -> {
          AdamStep step = new AdamStep(0.9, 0.999, 1e-2f, 1.5f, 1e-8f, x.scalar);
          ops.adam(x.a, 1, x.c, 2, x.d, 3, x.b, 5, x.n, step);
          return 0;
        }),
    ADAM_IDLE(
        (ops, x) -> {
          ops.adamIdle(x.a, 1, x.c, 2, x.d, 3, x.n, .03f, 1.5f, 1e-8f, .8f, .99f);
          return 0;
        }),
    ADAGRAD(
        (ops, x) -> {
          ops.adagrad(x.a, 1, x.d, 3, x.b, 5, x.n, .05f, x.scalar, 1e-10f);
          return 0;
        }),
    ADAM_IDLE_STEPS(
        (ops, x) -> {
          AdamSteps steps = new AdamSteps(0.9, 0.999, 1e-8f, x.scalar);
          for (int t = 0; t < 9; t++) {
            steps.add(1e-2f / (t + 1), 1.5f + t);
          }
          ops.adamIdleSteps(x.a, 1, x.c, 2, x.d, 3, x.n, steps, 2, 7);
          return 0;
        });

    private final Call call;

    Kernel(Call call) {
      this.call = call;
    }
  }

  @ParameterizedTest
  @EnumSource
  void simdEqualsScalarOnPlainNumbers(Kernel kernel) {
    assertEqual(kernel, Integer.MAX_VALUE, 1);
  }

  @ParameterizedTest
  @EnumSource
  void simdEqualsScalarOnInfinitiesNanZerosAndSubnormals(Kernel kernel) {
    assertEqual(kernel, 3, 2);
    assertEqual(kernel, 200, 3);
  }

  private static void assertEqual(Kernel kernel, int rarity, long seed) {
    assumeThat(KernelSelector.vectorModulePresent()).isTrue();
    KernelOps scalar = new ScalarOps();
    KernelOps simd = new SimdOps();
    SplittableRandom random = new SplittableRandom(seed);
    for (int n : SIZES) {
      Input one = new Input(n, rarity, random);
      Input two = new Input(one);
      float[] results = {kernel.call.run(scalar, one), kernel.call.run(simd, two)};
      int[] bits = TestVectors.bits(results);
      String what = kernel + " of " + n;
      assertThat(bits[1]).as(what + ": " + results[0] + ", " + results[1]).isEqualTo(bits[0]);
      assertThat(TestVectors.bits(two.a)).as(what).isEqualTo(TestVectors.bits(one.a));
      assertThat(TestVectors.bits(two.b)).as(what).isEqualTo(TestVectors.bits(one.b));
      assertThat(TestVectors.bits(two.c)).as(what).isEqualTo(TestVectors.bits(one.c));
      assertThat(TestVectors.bits(two.d)).as(what).isEqualTo(TestVectors.bits(one.d));
      assertThat(two.bits).as(what).isEqualTo(one.bits);
      assertThat(two.chosen).as(what).isEqualTo(one.chosen);
    }
  }

  @Test
  void scalarReductionsFollowTheWrittenOrder() {
    KernelOps ops = new ScalarOps();
    SplittableRandom random = new SplittableRandom(4);
    for (int rarity : new int[] {Integer.MAX_VALUE, 100}) {
      for (int n : SIZES) {
        float[] a = TestVectors.awkward(n + 9, rarity, random);
        float[] b = TestVectors.awkward(n + 9, rarity, random);
        float[] got = {
          ops.dot(a, 1, b, 2, n), ops.squaredDistance(a, 3, b, 1, n), ops.sum(a, 5, n)
        };
        float[] expected = {
          NaiveSums.dot(a, 1, b, 2, n),
          NaiveSums.squaredDistance(a, 3, b, 1, n),
          NaiveSums.sum(a, 5, n)
        };
        assertThat(TestVectors.bits(got)).as("n = " + n).isEqualTo(TestVectors.bits(expected));
      }
    }
  }

  @Test
  void underflowToMinusZeroKeepsItsSign() {
    // Each product rounds to -0, and (+0) + (-0) is +0, so only a partial may hold -0.
    float[] a = new float[200];
    float[] b = new float[200];
    java.util.Arrays.fill(a, -1e-30f);
    java.util.Arrays.fill(b, 1e-30f);
    for (int n = 0; n <= 200; n++) {
      int expected = Float.floatToIntBits(NaiveSums.dot(a, 0, b, 0, n));
      assertThat(Float.floatToIntBits(new ScalarOps().dot(a, 0, b, 0, n))).isEqualTo(expected);
      if (KernelSelector.vectorModulePresent()) {
        float[] out = new float[1];
        new SimdOps().dotRows(a, 0, b, n, new int[1], 0, 1, out, 0);
        assertThat(Float.floatToIntBits(out[0])).as("n = " + n).isEqualTo(expected);
      }
    }
  }
}
