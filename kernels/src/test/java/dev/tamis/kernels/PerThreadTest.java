package dev.tamis.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class PerThreadTest {
  @Test
  void eachThreadHasItsOwnAndKeepsIt() {
    PerThread<Object> scratch = new PerThread<>(Object::new);
    Object[] first = new Object[3];
    Object[] again = new Object[3];
    try (Workers workers = new Workers(3)) {
      for (Object[] got : new Object[][] {first, again}) {
        CountDownLatch all = new CountDownLatch(3);
        workers.run(
            3,
            (task, worker) -> {
              all.countDown();
              while (all.getCount() > 0) {
                Thread.onSpinWait(); // ends only when three threads are inside
              }
              got[worker] = scratch.get();
            });
      }
    }
    assertThat(first).doesNotContainNull().doesNotHaveDuplicates();
    for (int w = 0; w < 3; w++) {
      assertThat(again[w]).isSameAs(first[w]);
    }
  }

  @Test
  void anotherObjectGivesOther() {
    PerThread<Object> one = new PerThread<>(Object::new);
    PerThread<Object> other = new PerThread<>(Object::new);

    assertThat(one.get()).isSameAs(one.get()).isNotSameAs(other.get());
  }
}
