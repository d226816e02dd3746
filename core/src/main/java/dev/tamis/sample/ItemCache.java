package dev.tamis.sample;

import dev.tamis.math.Categorical;
import dev.tamis.math.Rng;
import dev.tamis.math.Stream;
import dev.tamis.model.Pass;
import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * A list of items that is drawn anew after each step, with replacement, by how often items were
 * selected so far (XIR: Chen, Lian, Li, Wang, Zheng, Chen 2022, algorithm 2). It begins with items
 * drawn evenly; every item of the catalogue counts as selected once.
 *
 * <p>Cost of a step: O(items). 24 bytes an item, 4 a place.
 */
public final class ItemCache {
  /** Among which items the cache is drawn. */
  public enum Refresh {
    /** All of them. */
    PAPER,
    /** Those that were selected in the last step. */
    CODE
  }

  private final Refresh refresh;
  private final double decay;
  private final int[] items; // [places]
  private final double[] occurrences; // [items]
  private final AtomicLongArray selected; // [items] in this step
  private final double[] cumulative; // [items]

  /**
   * @param decay what occurrences are multiplied with after each step; 1 keeps all
   */
  public ItemCache(int itemCount, int places, Refresh refresh, double decay) {
    this.refresh = refresh;
    this.decay = decay;
    this.items = new int[places];
    this.occurrences = new double[itemCount];
    this.selected = new AtomicLongArray(itemCount);
    this.cumulative = new double[itemCount];
    Arrays.fill(occurrences, 1);
  }

  /** How many places it has. */
  public int size() {
    return items.length;
  }

  /** The item in a place. */
  public int item(int place) {
    return items[place];
  }

  /** How often an item was selected, decayed. */
  public double occurrences(int item) {
    return occurrences[item];
  }

  /** Fills the cache evenly, before training begins. */
  public void begin(long seed) {
    Rng rng = Rng.keyed(seed, Stream.CACHE, -1, 0);
    for (int k = 0; k < items.length; k++) {
      items[k] = rng.nextInt(occurrences.length);
    }
  }

  /** Notes that an item was selected so many times; safe for several threads. */
  public void select(int item, long times) {
    selected.addAndGet(item, times);
  }

  /** Adds up what was selected in a step and draws the cache anew; as it is if nothing was. */
  public void endStep(Pass pass) {
    double sum = 0;
    for (int i = 0; i < occurrences.length; i++) {
      long times = selected.get(i);
      occurrences[i] = occurrences[i] * decay + times;
      sum += refresh == Refresh.PAPER || times > 0 ? occurrences[i] : 0;
      cumulative[i] = sum;
      selected.set(i, 0);
    }
    Rng rng = Rng.keyed(pass.seed(), Stream.CACHE, pass.step(), 0);
    for (int k = 0; k < items.length && sum > 0; k++) {
      items[k] = Categorical.first(cumulative, 0, cumulative.length, rng.nextDouble());
    }
  }

  /** What must be kept to go on after an interruption. */
  public SortedMap<String, Object> state() {
    SortedMap<String, Object> state = new TreeMap<>();
    state.put("cache", items);
    state.put("occurrences", occurrences);
    return state;
  }

  /** How many bytes such a cache holds. */
  public static long bytes(int itemCount, int places) {
    return 24L * itemCount + 4L * places;
  }
}
