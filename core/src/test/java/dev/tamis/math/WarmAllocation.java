package dev.tamis.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;
import dev.tamis.kernels.Kernels;
import java.lang.management.ManagementFactory;

/** What code leaves on the heap when it has run for a while. */
public final class WarmAllocation {
  private static final int ROUNDS = 500;
  private static final int PATIENT = 20; // rounds before the compiler is waited for

  private WarmAllocation() {}

  /** Fails unless a pass allocates nothing: 100 of them less than 2,000 bytes. */
  public static void assertNone(Runnable pass) throws InterruptedException {
    assertAtMost(20, pass);
  }

  /**
   * Fails if in no round of 100 passes a pass allocates less than so many bytes on average. Skipped
   * with SIMD kernels, for what of a vector the compiler keeps off the heap depends on all that it
   * compiled before.
   */
  public static void assertAtMost(int bytes, Runnable pass) throws InterruptedException {
    assumeTrue(Kernels.name().equals("scalar"), "SIMD kernels may box vectors");
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long most = 100L * bytes;
    long least = Long.MAX_VALUE;
    for (int round = 0; round < ROUNDS && least >= most; round++) {
      if (round >= PATIENT) {
        Thread.sleep(5);
      }
      long before = threads.getCurrentThreadAllocatedBytes();
      for (int i = 0; i < 100; i++) {
        pass.run();
      }
      least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
    }
    assertThat(least).as("bytes for 100 passes").isLessThan(most);
  }
}
