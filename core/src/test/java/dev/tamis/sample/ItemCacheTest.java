package dev.tamis.sample;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tamis.math.ChiSquare;
import dev.tamis.math.Rng;
import dev.tamis.model.Candidates;
import dev.tamis.model.Candidates.Layout;
import dev.tamis.model.Pass;
import dev.tamis.objective.Blocks;
import dev.tamis.sample.refine.CacheRenewal;
import dev.tamis.sample.refine.Resample;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ItemCacheTest {
  private static final int ITEMS = 30;
  private static final int PLACES = 50;

  private static double[] shares(double... occurrences) {
    double sum = Arrays.stream(occurrences).sum();
    return Arrays.stream(occurrences).map(o -> o / sum).toArray();
  }

  /** Draws the cache many times from occurrences that the selection hardly changes. */
  private static long[] drawn(ItemCache cache, int from) {
    long[] counts = new long[ITEMS];
    for (int step = from; step < from + 2000; step++) {
      cache.endStep(new Pass(3, 0, step));
      for (int k = 0; k < PLACES; k++) {
        counts[cache.item(k)]++;
      }
    }
    return counts;
  }

  @Test
  void paperDrawsAmongAllItemsByHowOftenTheyWereSelected() {
    ItemCache cache = new ItemCache(ITEMS, PLACES, ItemCache.Refresh.PAPER, 1);
    double[] occurrences = new double[ITEMS];
    for (int i = 0; i < ITEMS; i++) {
      cache.select(i, i * i);
      occurrences[i] = 1 + i * i;
    }
    ChiSquare.assertFollows(drawn(cache, 0), shares(occurrences));
  }

  @Test
  void codeDrawsAmongItemsOfTheLastStep() {
    long[] counts = new long[ITEMS];
    ItemCache cache = new ItemCache(ITEMS, PLACES, ItemCache.Refresh.CODE, 1);
    cache.select(7, 999_999_999);
    cache.select(9, 2_999_999_999L);
    cache.select(11, 3_999_999_999L);
    cache.endStep(new Pass(3, 0, 0));
    for (int step = 1; step < 2000; step++) {
      cache.select(7, 1);
      cache.select(9, 1);
      cache.endStep(new Pass(3, 0, step));
      for (int k = 0; k < PLACES; k++) {
        counts[cache.item(k)]++;
      }
    }
    double[] occurrences = new double[ITEMS];
    occurrences[7] = 1;
    occurrences[9] = 3;
    ChiSquare.assertFollows(counts, shares(occurrences));
  }

  @Test
  void occurrencesFadeIfTheyShould() {
    ItemCache cache = new ItemCache(ITEMS, PLACES, ItemCache.Refresh.PAPER, 0.5);
    cache.select(3, 8);
    cache.endStep(new Pass(3, 0, 0));
    cache.endStep(new Pass(3, 0, 1));

    assertThat(cache.occurrences(3)).isEqualTo(8 * 0.5 + 0.25);
    assertThat(cache.occurrences(4)).isEqualTo(0.25);
  }

  @Test
  void beginsEvenlyAndStaysWhereNothingWasSelected() {
    ItemCache cache = new ItemCache(ITEMS, PLACES, ItemCache.Refresh.CODE, 1);
    long[] counts = new long[ITEMS];
    for (int seed = 0; seed < 1000; seed++) {
      cache.begin(seed);
      int[] before = (int[]) cache.state().get("cache");
      int[] copy = before.clone();
      cache.endStep(new Pass(3, 0, 0));
      assertThat(before).isEqualTo(copy);
      Arrays.stream(copy).forEach(item -> counts[item]++);
    }
    double[] even = new double[ITEMS];
    Arrays.fill(even, 1);
    ChiSquare.assertFollows(counts, shares(even));
  }

  /** All that was drawn is counted, once for each row that drew it. */
  @Test
  void renewalCountsEveryDraw() {
    int rows = 6;
    int width = 40;
    int draws = 17;
    ItemCache cache = new ItemCache(ITEMS, PLACES, ItemCache.Refresh.PAPER, 1);
    Candidates c = Blocks.pairs(Layout.SHARED, rows, width, 2, 11);
    for (int j = 0; j < width; j++) {
      c.ids[j] = j % ITEMS;
    }
    Pass pass = new Pass(5, 0, 3);
    new Resample(draws, 10).refine(null, c, 0, rows, pass, new Rng());
    new CacheRenewal(cache, draws).refine(null, c, 4, rows, pass, new Rng());
    int soMany = 1 << 24; // that rows are summed up one by one
    new CacheRenewal(cache, soMany).refine(null, c, 0, 4, pass, new Rng());
    cache.endStep(pass);
    double[] expected = new double[ITEMS];
    Arrays.fill(expected, 1);
    double sum = 0;
    for (int e = 0; e < rows * width; e++) {
      expected[c.ids[e % width]] += c.weight[e];
    }
    for (int i = 0; i < ITEMS; i++) {
      assertThat(cache.occurrences(i)).isEqualTo(expected[i]);
      sum += cache.occurrences(i);
    }
    assertThat(sum).isEqualTo(ITEMS + rows * 2 * draws);
  }
}
