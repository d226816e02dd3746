package dev.tamis.rank;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;
import dev.tamis.kernels.Kernels;
import dev.tamis.math.Rng;
import dev.tamis.math.Stream;
import dev.tamis.model.FactorModel;
import dev.tamis.model.Table;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

class RankerTest {
  @Test
  void warmBlocksReuseTheirScratch() {
    assumeTrue(
        Kernels.name().equals("scalar"), "SIMD code that is not compiled yet boxes its vectors");
    FactorModel model = new FactorModel(random("users", 64, 1), random("items", 900, 2));
    Ranker ranker = new Ranker(model, 64, 20, 128);
    QueryBlock queries = new QueryBlock(64);
    for (int u = 0; u < 64; u++) {
      queries.append(u, new int[] {u, u + 1}, 0, 2);
    }
    Exclusions exclusions = Exclusions.historyOf(queries);
    Ranked out = new Ranked(64, 20);
    for (int i = 0; i < 3; i++) {
      ranker.rank(queries, exclusions, out, 0);
    }
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < 10; i++) {
      ranker.rank(queries, exclusions, out, 0);
    }
    long bytes = threads.getCurrentThreadAllocatedBytes() - before;
    // Ten blocks of eight tiles: one new tile or buffer a block would be 320 kB or more.
    assertThat(bytes).isLessThan(80 * 1024);
  }

  @Test
  void onlookerSeesEveryScoreOnceWithExclusionsTakenOut() {
    GivenScores scorer = new GivenScores(2, 1, 2, 3, 4, 5, 6);
    QueryBlock queries = new QueryBlock(2);
    queries.append(0, new int[] {1}, 0, 1);
    queries.append(1, new int[0], 0, 0);
    StringBuilder seen = new StringBuilder();
    new Ranker(scorer, 2, 1, 2)
        .rank(
            queries,
            Exclusions.historyOf(queries),
            new Ranked(2, 1),
            0,
            (from, to, scores) -> {
              for (int i = 0; i < 2 * (to - from); i++) {
                seen.append(scores[i]).append(' ');
              }
            });
    assertThat(seen.toString()).isEqualTo("1.0 -Infinity 4.0 5.0 3.0 6.0 ");
  }

  @Test
  void blocksThatDoNotFitAreRefused() {
    Ranker ranker = new Ranker(new GivenScores(1, 1, 2), 1, 1);
    QueryBlock two = new QueryBlock(2);
    two.append(0, new int[0], 0, 0);
    two.append(0, new int[0], 0, 0);
    assertThatThrownBy(() -> ranker.rank(two, Exclusions.none(2), new Ranked(2, 1), 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("2 queries for lists of 1 given to a ranker of at most 1");
  }

  private static Table random(String name, int rows, long seed) {
    Table table = new Table(name, rows, 16);
    Rng rng = Rng.keyed(seed, Stream.INITIAL, 0, 0);
    for (int i = 0; i < table.values().length; i++) {
      table.values()[i] = rng.nextFloat() - 0.5f;
    }
    return table;
  }
}
