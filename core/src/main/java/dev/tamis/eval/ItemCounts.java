package dev.tamis.eval;

import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;

/** How often each item is among the first k, for some cut-offs. */
final class ItemCounts {
  private final SortedMap<Integer, int[]> counts = new TreeMap<>(); // by cut-off: [items]

  ItemCounts(SortedSet<Integer> cutOffs, int items) {
    cutOffs.forEach(k -> counts.put(k, new int[items]));
  }

  boolean isEmpty() {
    return counts.isEmpty();
  }

  /** Adds lists {@code [n x longest]}, best first, -1 where a list is shorter. */
  void add(int[] lists, int longest, int n) {
    counts.forEach(
        (k, count) -> {
          for (int u = 0; u < n; u++) {
            int from = u * longest;
            for (int i = from; i < from + k && lists[i] >= 0; i++) {
              count[lists[i]]++;
            }
          }
        });
  }

  int[] at(int k) {
    return counts.get(k);
  }
}
