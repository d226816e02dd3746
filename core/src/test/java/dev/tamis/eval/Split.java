package dev.tamis.eval;

import dev.tamis.data.HeldOut;
import dev.tamis.data.IdMap;
import dev.tamis.data.Interactions;
import dev.tamis.math.Rng;
import dev.tamis.math.Stream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;

/** Small held-out data for tests. */
final class Split {
  private Split() {}

  /** Interactions of users 0.. with the items given for each; ids are u000.. and i0000.. */
  static Interactions of(int items, int[]... rows) {
    int[] start = new int[rows.length + 1];
    List<Integer> all = new ArrayList<>();
    for (int u = 0; u < rows.length; u++) {
      new TreeSet<>(Arrays.stream(rows[u]).boxed().toList()).forEach(all::add);
      start[u + 1] = all.size();
    }
    int[] ids = all.stream().mapToInt(Integer::intValue).toArray();
    return new Interactions(ids(rows.length, "u%03d"), ids(items, "i%04d"), start, ids, null, null);
  }

  static HeldOut heldOut(Interactions input, Interactions target, int... unreachable) {
    int[] lost = Arrays.copyOf(unreachable, input.userCount());
    return new HeldOut(
        input,
        new Interactions(
            input.users(), input.items(), target.rowStart(), target.itemIds(), null, null),
        lost,
        true);
  }

  /**
   * Random histories and targets of all sizes; some users without targets, some with unreachable
   * ones, and a few targets that are in the history too.
   */
  static HeldOut random(int users, int items, long seed) {
    Rng rng = Rng.keyed(seed, Stream.SPLIT, 0, 0);
    int[][] input = new int[users][];
    int[][] target = new int[users][];
    int[] unreachable = new int[users];
    for (int u = 0; u < users; u++) {
      input[u] = draw(rng, items, rng.nextInt(items / 4));
      target[u] = draw(rng, items, rng.nextInt(items / 5));
      if (u % 7 == 3) {
        target[u] = new int[0];
      }
      unreachable[u] = u % 7 == 3 && u % 2 == 0 ? 0 : rng.nextInt(3);
    }
    return heldOut(of(items, input), of(items, target), unreachable);
  }

  private static int[] draw(Rng rng, int items, int n) {
    int[] drawn = new int[n];
    for (int i = 0; i < n; i++) {
      drawn[i] = rng.nextInt(items);
    }
    return drawn;
  }

  private static IdMap ids(int n, String form) {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      ids.add(String.format(form, i));
    }
    return IdMap.of(ids);
  }
}
