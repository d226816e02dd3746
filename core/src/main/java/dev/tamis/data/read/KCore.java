package dev.tamis.data.read;

import java.util.Arrays;

/**
 * The largest part of the data in which every user and every item has enough pairs. It does not
 * depend on the order of removal. Each round is one pass over the pairs of the users still there.
 */
final class KCore {
  private KCore() {}

  /** Removes what is not in the core, and tells what that was. */
  static ImportReport.Core reduce(PairTable table, int minUserDegree, int minItemDegree) {
    int[] userDegree = new int[table.users.size()];
    boolean[] keepUser = new boolean[userDegree.length];
    boolean[] keepItem = new boolean[table.items.size()];
    Arrays.fill(keepUser, true);
    Arrays.fill(keepItem, true);
    int rounds = 0;
    int[] first = count(table, keepUser, keepItem, userDegree);
    int[] itemDegree = first;
    // Those without any pair are no part of the data, whatever the minimum.
    int users = 0;
    for (int degree : userDegree) {
      users += degree > 0 ? 1 : 0;
    }
    int items = 0;
    for (int degree : first) {
      items += degree > 0 ? 1 : 0;
    }
    int pairs = table.size();
    while (drop(keepUser, userDegree, minUserDegree) | drop(keepItem, itemDegree, minItemDegree)) {
      rounds++;
      itemDegree = count(table, keepUser, keepItem, userDegree);
    }
    table.keepOnly(keepUser, keepItem);
    boolean nothing = pairs == table.size();
    return new ImportReport.Core(
        users - table.users.size(),
        items - table.items.size(),
        pairs - table.size(),
        nothing ? 0 : rounds);
  }

  private static boolean drop(boolean[] keep, int[] degree, int minimum) {
    boolean any = false;
    for (int i = 0; i < keep.length; i++) {
      if (keep[i] && degree[i] < minimum) {
        keep[i] = false;
        any = true;
      }
    }
    return any;
  }

  private static int[] count(
      PairTable table, boolean[] keepUser, boolean[] keepItem, int[] userDegree) {
    int[] itemDegree = new int[keepItem.length];
    for (int u = 0; u < keepUser.length; u++) {
      int degree = 0;
      for (int e = table.start[u]; keepUser[u] && e < table.start[u + 1]; e++) {
        if (keepItem[table.item[e]]) {
          degree++;
          itemDegree[table.item[e]]++;
        }
      }
      userDegree[u] = degree;
    }
    return itemDegree;
  }
}
