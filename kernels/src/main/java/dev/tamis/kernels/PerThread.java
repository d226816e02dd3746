package dev.tamis.kernels;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Scratch of which each thread has its own, made when the thread first asks.
 *
 * <p>It belongs to whoever holds this object and goes with it. What a {@link ThreadLocal} gives a
 * thread stays with the thread: the caller's, which trains one model after another, would keep
 * scratch of every one of them, and with it all that the scratch refers to.
 *
 * @param <T> what a thread works on
 */
public final class PerThread<T> {
  private final Map<Thread, T> scratch = new ConcurrentHashMap<>();
  private final Supplier<T> make;

  /**
   * @param make called once by each thread; may be called by several at a time
   */
  public PerThread(Supplier<T> make) {
    this.make = make;
  }

  /** The calling thread's. Allocates nothing but the first time. */
  public T get() {
    T mine = scratch.get(Thread.currentThread());
    if (mine == null) {
      mine = make.get();
      scratch.put(Thread.currentThread(), mine);
    }
    return mine;
  }
}
