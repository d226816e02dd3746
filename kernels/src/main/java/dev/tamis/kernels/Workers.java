package dev.tamis.kernels;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/**
 * A fixed number of threads, the caller's among them, that run numbered tasks.
 *
 * <p>Tasks of one call must write disjoint data; which worker runs which task is not stated, so a
 * result must not depend on it. Everything that the caller wrote before {@link #run} is visible to
 * the tasks, and everything that they wrote is visible to the caller after it.
 *
 * <p>A call allocates nothing. Idle threads spin for some microseconds and then park, so that calls
 * in a row cost about as much as handing over a cache line. Calls from several threads wait for one
 * another.
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

  /** Some tasks were not run, because the thread that called {@link #run} was interrupted. */
  public static final class InterruptedRunException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private InterruptedRunException() {
      super("interrupted before all tasks were run");
    }
  }

  /**
   * Counters that several threads write stand so far apart in an array that no two share a cache
   * line.
   */
  private static final int SPACING = 32;

  /** A number of claims that no call reaches. */
  private static final int ALL_CLAIMED = Integer.MAX_VALUE - (1 << 16);

  /** Rounds of spinning before a thread parks: 15 to 50 microseconds. */
  private static final int SPINS = Runtime.getRuntime().availableProcessors() > 1 ? 1_000 : 0;

  /** The workers whose task this thread is running, to refuse calls from inside a task. */
  private static final ThreadLocal<Workers> RUNNING = new ThreadLocal<>();

  private final Thread[] helpers; // [threads - 1]

  /**
   * [threads x SPACING] how many of its own tasks each worker has had claimed; see {@link #taskOf}.
   */
  private final AtomicIntegerArray claimed;

  private final AtomicInteger busy = new AtomicInteger(); // helpers still at the current call
  private final AtomicReference<Throwable> failure = new AtomicReference<>();

  /** Counts the calls; helpers wait for it to change. */
  private volatile int call;

  private volatile boolean closed;
  private volatile Thread waiting; // the caller, while it waits for the helpers

  // The call at hand, written before `call` changes.
  private Task task;
  private int count;

  /** Starts {@code threads - 1} daemon threads; the caller of {@link #run} is the last one. */
  public Workers(int threads) {
    if (threads < 1) {
      throw new IllegalArgumentException("threads must be at least 1, but is " + threads);
    }
    claimed = new AtomicIntegerArray(Math.multiplyExact(threads, SPACING));
    helpers = new Thread[threads - 1];
    for (int i = 0; i < helpers.length; i++) {
      int worker = i + 1;
      helpers[i] = new Thread(() -> help(worker), "tamis-worker-" + worker);
      helpers[i].setDaemon(true);
      helpers[i].start();
    }
  }

  /** The number of threads, the caller's included. */
  public int threads() {
    return helpers.length + 1;
  }

  /**
   * Runs tasks 0 to {@code count} and returns when all are done.
   *
   * <p>The first exception or error that a task throws is thrown again here, as itself. By then no
   * task is running any more, and those not begun are left out.
   *
   * @throws InterruptedRunException if tasks were left out because the calling thread was
   *     interrupted. Those begun have ended, and the thread's interrupt flag is still set
   * @throws IllegalStateException if the workers are closed, or if a task of theirs makes the call
   */
  public void run(int count, Task task) {
    refuseInsideTask();
    synchronized (this) {
      if (closed) {
        throw new IllegalStateException("these workers are closed");
      }
      boolean complete = count <= 0 || runExclusively(count, Objects.requireNonNull(task, "task"));
      rethrow(failure.getAndSet(null));
      if (!complete) {
        throw new InterruptedRunException();
      }
    }
  }

  /** Returns false if the caller's interrupt left tasks out. */
  private boolean runExclusively(int count, Task task) {
    this.task = task;
    this.count = count;
    for (int w = 0; w < threads(); w++) {
      claimed.set(w * SPACING, 0);
    }
    boolean shared = helpers.length > 0 && count > 1;
    if (shared) {
      busy.set(helpers.length);
      call++;
      for (Thread helper : helpers) {
        LockSupport.unpark(helper);
      }
    }
    boolean complete = work(0);
    if (shared) {
      complete &= awaitHelpers();
    }
    this.task = null;
    return complete;
  }

  /**
   * Claims tasks until none is left. Returns false if the caller, which is worker 0, stopped
   * because it was interrupted.
   */
  private boolean work(int worker) {
    Workers outer = RUNNING.get();
    RUNNING.set(this);
    try {
      for (int i = claim(worker); i >= 0; i = claim(worker)) {
        if (worker == 0 && Thread.currentThread().isInterrupted()) {
          leaveOutTheRest();
          return false;
        }
        task.run(i, worker);
      }
    } catch (Throwable e) {
      failure.compareAndSet(null, e);
      leaveOutTheRest();
    } finally {
      RUNNING.set(outer);
    }
    return true;
  }

  /** Returns whether there were tasks to leave out. */
  private boolean leaveOutTheRest() {
    boolean any = false;
    for (int w = 0; w < threads(); w++) {
      any |= taskOf(w, claimed.getAndSet(w * SPACING, ALL_CLAIMED)) < count;
    }
    return any;
  }

  /**
   * The next task for a worker: of its own while there are any, then of the others. -1 if none is
   * left.
   */
  private int claim(int worker) {
    for (int i = 0; i < threads(); i++) {
      int of = (worker + i) % threads();
      long task = taskOf(of, claimed.getAndIncrement(of * SPACING));
      if (task < count) {
        return (int) task;
      }
    }
    return -1;
  }

  /**
   * A worker's own tasks are every threads-th from its number on, so a task of the same number
   * tends to meet the same cache in call after call.
   */
  private long taskOf(int worker, int number) {
    return worker + (long) number * threads();
  }

  /** Returns false if an interrupt left tasks out. */
  private boolean awaitHelpers() {
    for (int spins = SPINS; spins > 0 && busy.get() > 0; spins--) {
      Thread.onSpinWait();
    }
    boolean complete = true;
    boolean interrupted = false;
    waiting = Thread.currentThread();
    while (busy.get() > 0) {
      if (Thread.interrupted()) { // cleared, because park returns at once while it is set
        interrupted = true;
        complete &= !leaveOutTheRest();
      }
      LockSupport.park(this);
    }
    waiting = null;
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return complete;
  }

  private void help(int worker) {
    int seen = 0;
    while (true) {
      for (int spins = SPINS; call == seen; spins--) {
        if (closed) {
          return;
        }
        if (spins > 0) {
          Thread.onSpinWait();
        } else {
          LockSupport.park(this);
        }
      }
      seen++;
      work(worker);
      Thread.interrupted(); // a task may have set it, and park would return at once
      if (busy.decrementAndGet() == 0) {
        LockSupport.unpark(waiting);
      }
    }
  }

  private static void rethrow(Throwable thrown) {
    if (thrown instanceof RuntimeException e) {
      throw e;
    }
    if (thrown instanceof Error e) {
      throw e;
    }
    if (thrown != null) {
      throw new IllegalStateException("a task threw a checked exception", thrown);
    }
  }

  private void refuseInsideTask() {
    if (RUNNING.get() == this) {
      throw new IllegalStateException(
          "a task cannot use the workers that run it; start more tasks instead, or other workers");
    }
  }

  /** Ends the threads, after a call that is running. Closing again does nothing. */
  @Override
  public void close() {
    refuseInsideTask();
    synchronized (this) {
      closed = true;
      for (Thread helper : helpers) {
        LockSupport.unpark(helper);
      }
    }
    try {
      for (Thread helper : helpers) {
        helper.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // they end by themselves
    }
  }
}
