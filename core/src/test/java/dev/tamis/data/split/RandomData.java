package dev.tamis.data.split;

import dev.tamis.data.IdMap;
import dev.tamis.data.Interactions;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Small interactions for tests. */
final class RandomData {
  private RandomData() {}

  /** Users u0.. with 1 to {@code most} items each, with timestamps of few distinct values. */
  static Interactions of(int users, int items, int most, long seed, boolean timed) {
    Random random = new Random(seed);
    List<String> userIds = new ArrayList<>();
    for (int u = 0; u < users; u++) {
      userIds.add("u" + u);
    }
    List<String> itemIds = new ArrayList<>();
    for (int i = 0; i < items; i++) {
      itemIds.add("i" + i);
    }
    int[] start = new int[users + 1];
    List<Integer> pairs = new ArrayList<>();
    for (int u = 0; u < users; u++) {
      random.ints(0, items).distinct().limit(1 + random.nextInt(most)).sorted().forEach(pairs::add);
      start[u + 1] = pairs.size();
    }
    int[] ids = pairs.stream().mapToInt(Integer::intValue).toArray();
    long[] times = timed ? random.longs(ids.length, 0, 50).toArray() : null;
    float[] ratings = new float[ids.length];
    for (int e = 0; e < ids.length; e++) {
      ratings[e] = random.nextInt(11) / 2f - 1;
    }
    return new Interactions(IdMap.of(userIds), IdMap.of(itemIds), start, ids, ratings, times);
  }
}
