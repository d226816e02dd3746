package dev.tamis.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class WorkersTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 8})
  void everyTaskRunsOnceInEveryCall(int threads) {
    try (Workers workers = new Workers(threads)) {
      assertThat(workers.threads()).isEqualTo(threads);
      for (int count : new int[] {0, 1, 2, 3, 7, 100}) {
        for (int call = 0; call < 200; call++) {
          AtomicIntegerArray runs = new AtomicIntegerArray(count);
          workers.run(count, (task, worker) -> runs.incrementAndGet(task));
          for (int task = 0; task < count; task++) {
            assertThat(runs.get(task)).isEqualTo(1);
          }
        }
      }
    }
  }

  @Test
  void noTwoTasksShareAWorkerNumberAtATime() {
    try (Workers workers = new Workers(4)) {
      AtomicIntegerArray inside = new AtomicIntegerArray(4);
      AtomicBoolean shared = new AtomicBoolean();
      workers.run(
          2000,
          (task, worker) -> {
            if (inside.incrementAndGet(worker) != 1) {
              shared.set(true);
            }
            inside.decrementAndGet(worker);
          });
      assertThat(shared).isFalse();
    }
  }

  @Test
  void allThreadsTakePart() {
    try (Workers workers = new Workers(3)) {
      CountDownLatch all = new CountDownLatch(3);
      workers.run(
          3,
          (task, worker) -> {
            all.countDown();
            await(all); // ends only when three threads are inside
          });
      assertThat(all.getCount()).isZero();
    }
  }

  @Test
  void whatTasksWroteIsVisibleToTheCallerAndToTheNextCall() {
    try (Workers workers = new Workers(2)) {
      int[] data = new int[64];
      for (int call = 0; call < 20_000; call++) {
        int expected = call;
        workers.run(
            2,
            (task, worker) -> {
              for (int i = task * 32; i < task * 32 + 32; i++) {
                if (data[i] != expected) {
                  throw new IllegalArgumentException("stale");
                }
                data[i]++;
              }
            });
      }
      assertThat(data).containsOnly(20_000);
    }
  }

  @Test
  void helpersWakeUpAfterTheyHaveParked() throws InterruptedException {
    try (Workers workers = new Workers(2)) {
      for (int call = 0; call < 10; call++) {
        Thread.sleep(5);
        CountDownLatch both = new CountDownLatch(2);
        workers.run(
            2,
            (task, worker) -> {
              both.countDown();
              await(both); // ends only when the helper is inside too
            });
        assertThat(both.getCount()).isZero();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4})
  void theFirstFailureIsThrownAsItselfAfterAllHaveStopped(int threads) {
    try (Workers workers = new Workers(threads)) {
      for (Throwable thrown : new Throwable[] {new IllegalArgumentException("x"), new Error("y")}) {
        AtomicInteger running = new AtomicInteger();
        AtomicInteger begun = new AtomicInteger();
        assertThatThrownBy(
                () ->
                    workers.run(
                        1_000_000,
                        (task, worker) -> {
                          running.incrementAndGet();
                          begun.incrementAndGet();
                          try {
                            if (task == 5) {
                              throwUnchecked(thrown);
                            }
                          } finally {
                            running.decrementAndGet();
                          }
                        }))
            .isSameAs(thrown);
        assertThat(running).hasValue(0);
        assertThat(begun.get()).isLessThan(1_000_000);
        AtomicInteger after = new AtomicInteger();
        workers.run(10, (task, worker) -> after.incrementAndGet());
        assertThat(after).hasValue(10);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void anInterruptedCallerLeavesTheRestOutAndKeepsItsFlag(int threads) {
    try (Workers workers = new Workers(threads)) {
      Thread caller = Thread.currentThread();
      AtomicInteger begun = new AtomicInteger();
      assertThatThrownBy(
              () ->
                  workers.run(
                      Integer.MAX_VALUE,
                      (task, worker) -> {
                        if (begun.incrementAndGet() == 100) {
                          caller.interrupt();
                        }
                      }))
          .isInstanceOf(Workers.InterruptedRunException.class);
      assertThat(Thread.interrupted()).isTrue();
      int stopped = begun.get();
      workers.run(10, (task, worker) -> begun.incrementAndGet());
      assertThat(begun).hasValue(stopped + 10);
    }
  }

  @Test
  void anInterruptWhileHelpersFinishWaitsForThem() {
    try (Workers workers = new Workers(2)) {
      Thread caller = Thread.currentThread();
      AtomicBoolean finished = new AtomicBoolean();
      CountDownLatch both = new CountDownLatch(2);
      workers.run(
          2,
          (task, worker) -> {
            both.countDown();
            await(both);
            if (worker == 1) {
              caller.interrupt();
              sleep(20);
              finished.set(true);
            }
          });
      assertThat(finished).isTrue();
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Test
  @SuppressWarnings("try") // closes inside a task on purpose
  void aTaskCannotUseItsOwnWorkersButMayUseOthers() {
    try (Workers workers = new Workers(2);
        Workers others = new Workers(2)) {
      AtomicInteger runs = new AtomicInteger();
      workers.run(4, (t, w) -> others.run(3, (task, worker) -> runs.incrementAndGet()));
      assertThat(runs).hasValue(12);
      assertThatIllegalStateException()
          .isThrownBy(() -> workers.run(4, (t, w) -> workers.run(1, (task, worker) -> {})))
          .withMessageContaining("a task cannot use the workers that run it");
      assertThatIllegalStateException().isThrownBy(() -> workers.run(4, (t, w) -> workers.close()));
    }
  }

  @Test
  void callsOfSeveralThreadsTakeTurns() throws InterruptedException {
    try (Workers workers = new Workers(2)) {
      AtomicInteger runs = new AtomicInteger();
      Thread[] callers = new Thread[3];
      for (int i = 0; i < callers.length; i++) {
        callers[i] =
            new Thread(
                () -> {
                  for (int call = 0; call < 500; call++) {
                    workers.run(4, (task, worker) -> runs.incrementAndGet());
                  }
                });
        callers[i].start();
      }
      for (Thread caller : callers) {
        caller.join();
      }
      assertThat(runs).hasValue(3 * 500 * 4);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void closedWorkersRefuseToRunAndMayBeClosedAgain(int threads) {
    Workers workers = new Workers(threads);
    workers.run(5, (task, worker) -> {});
    workers.close();
    workers.close();
    assertThatIllegalStateException()
        .isThrownBy(() -> workers.run(1, (task, worker) -> {}))
        .withMessage("these workers are closed");
  }

  @Test
  void lessThanOneThreadIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Workers(0))
        .withMessage("threads must be at least 1, but is 0");
  }

  private static void await(CountDownLatch latch) {
    while (latch.getCount() > 0) {
      Thread.onSpinWait();
    }
  }

  private static void sleep(int millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void throwUnchecked(Throwable thrown) {
    if (thrown instanceof RuntimeException e) {
      throw e;
    }
    throw (Error) thrown;
  }
}
