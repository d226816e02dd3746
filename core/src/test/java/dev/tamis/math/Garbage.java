package dev.tamis.math;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.WeakReference;
import java.util.List;
import java.util.function.Supplier;

/** What nobody holds any more once it was used. */
public final class Garbage {
  private static final int TRIES = 50;

  private Garbage() {}

  /**
   * Fails if something that the source gives, and drops, is still held after the source returned.
   */
  public static void assertThatOf(Supplier<List<Object>> source) throws InterruptedException {
    List<WeakReference<Object>> dropped = references(source);
    for (int i = 0; i < TRIES && !dropped.stream().allMatch(r -> r.refersTo(null)); i++) {
      System.gc();
      Thread.sleep(i);
    }
    assertThat(dropped.stream().map(WeakReference::get))
        .as("what is still held")
        .containsOnlyNulls();
  }

  /** A frame of its own, so that no variable of the caller's holds what was given. */
  private static List<WeakReference<Object>> references(Supplier<List<Object>> source) {
    return source.get().stream().map(WeakReference::new).toList();
  }
}
