package dev.tamis.kernels;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A fixed number of threads, the caller's among them, that run numbered tasks.
 *
 * <p>Tasks of one call must write disjoint data; which worker runs which task is not stated, so a
 * result must not depend on it.
 */
public final class Workers implements AutoCloseable {
  /** One unit of work. */
  @FunctionalInterface
  public interface Task {
    /**
     * @param task the number of the task, 0 up to the count given
     * @param worker the number of the thread that runs it, 0 up to {@link Workers#threads()}: an
     *     index into scratch space
     */
    void run(int task, int worker);
  }

  private final int threads;
  private final ExecutorService pool;

  /** Starts {@code threads - 1} daemon threads; the caller of {@link #run} is the last one. */
  public Workers(int threads) {
    if (threads < 1) {
      throw new IllegalArgumentException("threads must be at least 1, but is " + threads);
    }
    this.threads = threads;
    this.pool =
        Executors.newFixedThreadPool(
            Math.max(1, threads - 1),
            task -> {
              Thread thread = new Thread(task, "tamis-worker");
              thread.setDaemon(true);
              return thread;
            });
  }

  /** The number of threads, the caller's included. */
  public int threads() {
    return threads;
  }

  /**
   * Runs tasks 0 to {@code count} and returns when all are done. The first exception that a task
   * throws is thrown again here, after the others have stopped. An interrupt of the caller does not
   * cut the work short; the caller is still interrupted afterwards.
   */
  public void run(int count, Task task) {
    AtomicInteger next = new AtomicInteger();
    AtomicReference<Throwable> failure = new AtomicReference<>();
    CountDownLatch done = new CountDownLatch(threads - 1);
    for (int w = 1; w < threads; w++) {
      int worker = w;
      pool.execute(
          () -> {
            work(count, task, worker, next, failure);
            done.countDown();
          });
    }
    work(count, task, 0, next, failure);
    await(done);
    if (failure.get() instanceof Error error) {
      throw error;
    }
    if (failure.get() != null) {
      throw (RuntimeException) failure.get(); // its message may be meant for whoever uses Tamis
    }
  }

  /** Waits to the end: an interrupt must not leave tasks behind that still write. */
  private static void await(CountDownLatch done) {
    boolean interrupted = false;
    while (true) {
      try {
        done.await();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static void work(
      int count, Task task, int worker, AtomicInteger next, AtomicReference<Throwable> failure) {
    try {
      for (int i = next.getAndIncrement(); i < count; i = next.getAndIncrement()) {
        task.run(i, worker);
      }
    } catch (RuntimeException | Error e) {
      failure.compareAndSet(null, e);
      next.set(count);
    }
  }

  @Override
  public void close() {
    pool.shutdown();
  }
}
