package dev.tamis.sample;

import dev.tamis.data.HeldOut;
import dev.tamis.data.IdMap;
import dev.tamis.data.Interactions;
import dev.tamis.math.Rng;
import dev.tamis.math.Stream;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.BiPredicate;

/** Small interactions for tests. */
public final class SmallData {
  private SmallData() {}

  /** Users 0.. with the items given for each. */
  public static Interactions of(int items, int[]... histories) {
    return where(
        histories.length,
        items,
        (u, i) -> {
          for (int item : histories[u]) {
            if (item == i) {
              return true;
            }
          }
          return false;
        });
  }

  /** The pairs of users and items that the rule names. */
  public static Interactions where(int users, int items, BiPredicate<Integer, Integer> rule) {
    int[] start = new int[users + 1];
    List<Integer> all = new ArrayList<>();
    for (int u = 0; u < users; u++) {
      for (int i = 0; i < items; i++) {
        if (rule.test(u, i)) {
          all.add(i);
        }
      }
      start[u + 1] = all.size();
    }
    int[] ids = all.stream().mapToInt(Integer::intValue).toArray();
    return new Interactions(ids(users, "u%05d"), ids(items, "i%05d"), start, ids, null, null);
  }

  /**
   * Users with 1 to {@code most} items each, drawn so that the first items are the most popular;
   * the last item is never drawn.
   */
  public static Interactions longTailed(int users, int items, int most, long seed) {
    Rng rng = new Rng();
    int[][] histories = new int[users][];
    for (int u = 0; u < users; u++) {
      rng.key(seed, Stream.DEMO, 0, u);
      TreeSet<Integer> history = new TreeSet<>();
      int wanted = 1 + rng.nextInt(most);
      for (int draw = 0; draw < wanted; draw++) {
        double x = rng.nextDouble();
        history.add((int) (x * x * (items - 1)));
      }
      histories[u] = history.stream().mapToInt(Integer::intValue).toArray();
    }
    return of(items, histories);
  }

  /** Everything that users of these interactions have not, cut down to one item in so many. */
  public static HeldOut heldOut(Interactions train, int oneIn) {
    Interactions target =
        where(
            train.userCount(),
            train.itemCount(),
            (u, i) -> !train.contains(u, i) && (u * 7 + i * 13) % oneIn == 0);
    return new HeldOut(train, target, new int[train.userCount()], true);
  }

  private static IdMap ids(int n, String form) {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      ids.add(String.format(form, i));
    }
    return IdMap.of(ids);
  }
}
