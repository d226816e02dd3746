package dev.tamis.data.split;

import dev.tamis.data.HeldOut;
import dev.tamis.data.IdMap;
import dev.tamis.data.Interactions;
import dev.tamis.math.Rng;
import dev.tamis.math.Stream;
import java.util.Arrays;
import java.util.function.IntUnaryOperator;

/** The users of one group, over the items of a catalogue. */
final class Fold {
  private final Interactions data;
  private final byte[] group; // [users]
  private final int which;
  private final int[] itemNumber; // [items]; -1: not in the catalogue
  private final IdMap users;
  private final IdMap items;

  Fold(Interactions data, byte[] group, int which, int[] itemNumber, IdMap items) {
    this.data = data;
    this.group = group;
    this.which = which;
    this.itemNumber = itemNumber;
    this.items = items;
    boolean[] keep = new boolean[group.length];
    for (int u = 0; u < keep.length; u++) {
      keep[u] = group[u] == which;
    }
    this.users = data.users().subset(keep);
  }

  /** How many pairs of these users are outside the catalogue. */
  int outside() {
    int count = 0;
    for (int u = 0; u < group.length; u++) {
      for (int e = data.rowStart()[u]; group[u] == which && e < data.rowStart()[u + 1]; e++) {
        count += itemNumber[data.itemIds()[e]] < 0 ? 1 : 0;
      }
    }
    return count;
  }

  /** All pairs inside the catalogue. */
  Interactions whole() {
    byte[] all = new byte[data.size()];
    return select(all, (byte) 0);
  }

  /**
   * Parts each history at random.
   *
   * @param hidden how many of so many items are to be found
   */
  HeldOut parted(long seed, IntUnaryOperator hidden) {
    byte[] part = new byte[data.size()]; // 0 folded in, 1 to be found
    Rng rng = new Rng();
    int[] order = new int[0];
    for (int u = 0; u < group.length; u++) {
      if (group[u] != which) {
        continue;
      }
      int count = 0;
      order = order.length < data.degree(u) ? new int[data.degree(u)] : order;
      for (int e = data.rowStart()[u]; e < data.rowStart()[u + 1]; e++) {
        if (itemNumber[data.itemIds()[e]] >= 0) {
          order[count++] = e;
        }
      }
      rng.key(seed, Stream.SPLIT, 2, u).shuffle(order, 0, count);
      int find = hidden.applyAsInt(count);
      for (int j = 0; j < find; j++) {
        part[order[j]] = 1;
      }
    }
    return new HeldOut(
        select(part, (byte) 0), select(part, (byte) 1), new int[users.size()], false);
  }

  private Interactions select(byte[] part, byte wanted) {
    int[] start = new int[users.size() + 1];
    int[] ids = new int[data.size()];
    int[] source = new int[data.size()];
    int count = 0;
    int row = 0;
    for (int u = 0; u < group.length; u++) {
      if (group[u] != which) {
        continue;
      }
      for (int e = data.rowStart()[u]; e < data.rowStart()[u + 1]; e++) {
        int item = itemNumber[data.itemIds()[e]];
        if (item >= 0 && part[e] == wanted) {
          source[count] = e;
          ids[count++] = item;
        }
      }
      start[++row] = count;
    }
    int size = count;
    float[] ratings =
        data.ratings()
            .map(
                all -> {
                  float[] mine = new float[size];
                  for (int e = 0; e < size; e++) {
                    mine[e] = all[source[e]];
                  }
                  return mine;
                })
            .orElse(null);
    long[] times =
        data.timestamps()
            .map(
                all -> {
                  long[] mine = new long[size];
                  Arrays.setAll(mine, e -> all[source[e]]);
                  return mine;
                })
            .orElse(null);
    return new Interactions(users, items, start, Arrays.copyOf(ids, size), ratings, times);
  }
}
