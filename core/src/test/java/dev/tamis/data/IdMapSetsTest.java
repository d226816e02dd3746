package dev.tamis.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Unions and subsets of ids are those of sets. */
class IdMapSetsTest {
  @Test
  void unionIsTheMapOfBoth() {
    Random random = new Random(2);
    for (int round = 0; round < 50; round++) {
      TreeSet<String> a = draw(random);
      TreeSet<String> b = draw(random);
      TreeSet<String> both = new TreeSet<>(a);
      both.addAll(b);
      assertThat(IdMap.of(a).union(IdMap.of(b)).sameAs(IdMap.of(both))).isTrue();
    }
  }

  @Test
  void subsetIsTheMapOfTheMarked() {
    Random random = new Random(3);
    IdMap all = IdMap.of(draw(random));
    boolean[] keep = new boolean[all.size()];
    TreeSet<String> kept = new TreeSet<>();
    for (int i = 0; i < keep.length; i++) {
      keep[i] = random.nextBoolean();
      if (keep[i]) {
        kept.add(all.id(i));
      }
    }
    assertThat(all.subset(keep).sameAs(IdMap.of(kept))).isTrue();
  }

  private static TreeSet<String> draw(Random random) {
    TreeSet<String> ids = new TreeSet<>();
    int size = 1 + random.nextInt(30);
    for (int i = 0; i < size; i++) {
      ids.add(Integer.toString(random.nextInt(60), 4));
    }
    return ids;
  }
}
