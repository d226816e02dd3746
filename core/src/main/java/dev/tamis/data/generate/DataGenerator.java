package dev.tamis.data.generate;

import dev.tamis.config.TamisException;
import dev.tamis.data.IdMap;
import dev.tamis.data.Interactions;
import dev.tamis.math.Rng;
import dev.tamis.math.Stream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Makes up interactions with long-tailed popularity and planted tastes, see {@link Tastes}. Cost is
 * linear in pairs and items. Each user's history is a function of seed and number alone, given the
 * catalogue.
 */
public final class DataGenerator {
  private static final long USER_STEP = 1;
  private static final int SHORTEST = 5;
  private static final int LONGEST = 2000;
  private static final long FIRST_DAY = 1_577_836_800L; // 2020-01-01 in Unix seconds
  private static final int START_DAYS = 1000;
  private static final int DAY = 86_400;

  private final GeneratorOptions options;
  private final Tastes tastes;
  private final int[] owner; // [items]: 1 + the last user who took the item
  private final Rng rng = new Rng();
  private int[] items = new int[1 << 10];
  private long[] times = new long[1 << 10];
  private int size;

  private DataGenerator(GeneratorOptions options, Catalogue catalogue) {
    this.options = options;
    this.tastes = new Tastes(catalogue, options.seed());
    this.owner = new int[options.items()];
  }

  /**
   * Makes the data.
   *
   * @throws TamisException of kind CONFIG if there would be more than 2^31 pairs
   */
  public static Generated generate(GeneratorOptions options) {
    Catalogue catalogue = new Catalogue(options.items(), options.seed());
    return new Generated(new DataGenerator(options, catalogue).run(catalogue), catalogue);
  }

  private Interactions run(Catalogue catalogue) {
    int[] start = new int[options.users() + 1];
    for (int u = 0; u < options.users(); u++) {
      addHistory(u);
      start[u + 1] = size;
    }
    items = Arrays.copyOf(items, size);
    times = Arrays.copyOf(times, size);
    boolean[] used = new boolean[options.items()];
    for (int item : items) {
      used[item] = true;
    }
    IdMap users = users(options.users());
    IdMap known = items(catalogue).subset(used);
    renumber(used);
    return new Interactions(users, known, start, items, null, times);
  }

  private void addHistory(int user) {
    rng.key(options.seed(), Stream.DEMO, USER_STEP, user);
    int[] likes = tastes.likes(rng);
    int length = length();
    int from = size;
    // Popular items are drawn again and again; give up in the end where a catalogue is small.
    for (int tries = 0; size - from < length && tries < 20 * length; tries++) {
      int item = tastes.item(likes, rng);
      if (owner[item] != user + 1) {
        owner[item] = user + 1;
        append(item);
      }
    }
    Arrays.sort(items, from, size);
    long begin = FIRST_DAY + (long) rng.nextInt(START_DAYS) * DAY;
    for (int e = from; e < size; e++) {
      times[e] = begin + rng.nextInt(365 * DAY);
    }
  }

  /** Long-tailed: P(length > x) falls as 1 / x^2; the mean is about the one asked for. */
  private int length() {
    double tail = 1 / Math.sqrt(1 - rng.nextDouble()) - 1;
    double length = SHORTEST + (options.meanHistory() - SHORTEST) * tail;
    return (int) Math.min(length, Math.min(LONGEST, options.items() / 4.0));
  }

  private void append(int item) {
    if (size == items.length) {
      if (size > Integer.MAX_VALUE - 16) {
        throw TamisException.config(
            "the data would have more than "
                + size
                + " pairs; ask for fewer users or items a user");
      }
      int room = (int) Math.min(Integer.MAX_VALUE - 16L, size + (size >> 1));
      items = Arrays.copyOf(items, room);
      times = Arrays.copyOf(times, room);
    }
    items[size++] = item;
  }

  private void renumber(boolean[] used) {
    int[] number = owner; // not needed any more
    int next = 0;
    for (int i = 0; i < used.length; i++) {
      number[i] = used[i] ? next++ : -1;
    }
    for (int e = 0; e < size; e++) {
      items[e] = number[items[e]];
    }
  }

  private static IdMap users(int count) {
    int digits = Math.max(4, Integer.toString(count).length());
    byte[] bytes = new byte[Math.multiplyExact(count, digits + 1)];
    int[] ends = new int[count];
    for (int u = 0; u < count; u++) {
      put(bytes, ends, u, Catalogue.id('u', u + 1L, digits));
    }
    return IdMap.ofSorted(bytes, ends);
  }

  private static IdMap items(Catalogue catalogue) {
    int count = catalogue.size();
    byte[] bytes = new byte[Math.multiplyExact(count, catalogue.id(0).length())];
    int[] ends = new int[count];
    for (int i = 0; i < count; i++) {
      put(bytes, ends, i, catalogue.id(i));
    }
    return IdMap.ofSorted(bytes, ends);
  }

  private static void put(byte[] bytes, int[] ends, int number, String id) {
    byte[] ascii = id.getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(ascii, 0, bytes, number * ascii.length, ascii.length);
    ends[number] = (number + 1) * ascii.length;
  }
}
