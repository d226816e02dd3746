package dev.tamis.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.SplittableRandom;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/**
 * Compiled kernels leave nothing on the heap at one size, whatever other sizes they were called
 * with before: the compiler gives up on what it has seldom seen, and then vectors become objects.
 * What it does differs from run to run, hence not in every build.
 */
@Tag("slow")
class KernelAllocationTest {
  private static final int OFTEN = 600; // whole vectors, but not of whole rounds
  private static final int CALLS = 500;
  private static final long PATIENCE = 60_000_000_000L; // nanoseconds, till all is compiled

  /** A vector in each call would be 64 each; the few calls of other sizes may leave a mask. */
  private static final long FEW_BYTES = 8 * CALLS;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final float[] a = TestVectors.plain(4 * OFTEN, new SplittableRandom(1));
  private final float[] b = TestVectors.plain(4 * OFTEN, new SplittableRandom(2));
  private final float[] c = TestVectors.plain(4 * OFTEN, new SplittableRandom(3));
  private final int[] rows = {2, 0, 1};
  private final int[] found = new int[OFTEN + 1];

  @TestFactory
  DynamicTest[] nothingIsLeftOnTheHeap() {
    return new DynamicTest[] {
      test("dot", n -> c[0] = Kernels.dot(a, 1, b, 0, n)),
      test("dotRows", n -> Kernels.dotRows(a, 0, b, n, rows, 0, 3, c, 0)),
      test("squaredDistance", n -> c[0] = Kernels.squaredDistance(a, 1, b, 0, n)),
      test("sum", n -> c[0] = Kernels.sum(a, 1, n)),
      test("max", n -> c[0] = Kernels.max(a, 1, n)),
      test("logSumExp", n -> c[0] = Kernels.logSumExp(a, 1, n)),
      test("softmax", n -> Kernels.softmax(c, 1, n)),
      test("axpy", n -> Kernels.axpy(1e-9f, a, 1, c, 0, n)),
      test("axpyRows", n -> Kernels.axpyRows(a, 0, b, n, rows, 0, 3, c, 0)),
      test("scale", n -> Kernels.scale(1, c, 1, n)),
      test("exp", n -> Kernels.exp(a, 1, c, 0, n)),
      test("log", n -> Kernels.log(b, 1, c, 0, n)),
      test("sigmoid", n -> Kernels.sigmoid(a, 1, c, 0, n)),
      test("softplus", n -> Kernels.softplus(a, 1, c, 0, n)),
      test("tanh", n -> Kernels.tanh(a, 1, c, 0, n)),
      test("one after the other", this::manyKernels),
      test("selectAbove", n -> found[0] = Kernels.selectAbove(a, 1, n, 0.5f, found, 1)),
    };
  }

  /** A caller that grows large where kernels are inlined, rows of 64 and 32 among them. */
  private void manyKernels(int n) {
    int some = n / 300;
    for (int round = 0; round < 2; round++) {
      Kernels.axpyRows(a, 0, b, n, rows, 0, 3, c, 0);
      c[0] = Kernels.max(c, 0, n);
      Kernels.exp(a, 1, c, 0, n);
      Kernels.tanh(c, 0, c, 0, n);
      Kernels.softplus(a, 1, c, 0, n);
      Kernels.sigmoid(a, 1, c, 0, n);
      Kernels.dotRows(a, 0, b, 64, rows, 0, some, c, 0);
      Kernels.dotRows(a, 0, b, 32, rows, 0, some, c, 0);
    }
    Kernels.softmax(c, 1, n);
  }

  private static DynamicTest test(String name, IntConsumer kernel) {
    return DynamicTest.dynamicTest(
        name,
        () -> {
          for (int n : sizes()) {
            kernel.accept(n);
          }
          long bytes = Long.MAX_VALUE;
          long start = System.nanoTime();
          while (bytes >= FEW_BYTES && System.nanoTime() - start < PATIENCE) {
            long before = THREADS.getCurrentThreadAllocatedBytes();
            for (int call = 0; call < CALLS; call++) {
              kernel.accept(call % 100 == 0 ? call / 100 * 7 : OFTEN);
            }
            bytes = THREADS.getCurrentThreadAllocatedBytes() - before;
          }
          assertThat(bytes).as("bytes of %d calls", CALLS).isLessThan(FEW_BYTES);
        });
  }

  private static int[] sizes() {
    return IntStream.range(0, 4_000).map(i -> i % 200).toArray();
  }
}
