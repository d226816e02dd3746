package dev.tamis.data.split;

import dev.tamis.data.Interactions;
import dev.tamis.math.Rng;
import dev.tamis.math.Stream;

/**
 * Each user's latest item is test data; where there is no time, a random one. Of items with the
 * same time the one with the largest id (by bytes) is the latest. Users with one item keep it.
 *
 * @param validated whether the item before the last is validation data, for users with three items
 *     or more
 */
public record LeaveOneOut(boolean validated) implements Splitter {
  @Override
  public String text() {
    return validated ? "leave-one-out:valid" : "leave-one-out";
  }

  @Override
  public SplitData split(Interactions data, long seed) {
    Parts parts = new Parts(data);
    long[] times = data.timestamps().orElse(null);
    Rng rng = new Rng();
    for (int u = 0; u < data.userCount(); u++) {
      int from = data.rowStart()[u];
      int count = data.degree(u);
      rng.key(seed, Stream.SPLIT, 0, u);
      if (count >= 2) {
        int last = times == null ? from + rng.nextInt(count) : latest(times, from, count, -1);
        parts.part[last] = Parts.TEST;
        if (validated && count >= 3) {
          int before =
              times == null ? other(from, count, last, rng) : latest(times, from, count, last);
          parts.part[before] = Parts.VALIDATION;
        }
      }
    }
    return parts.cut();
  }

  private static int latest(long[] times, int from, int count, int except) {
    int best = -1;
    for (int e = from; e < from + count; e++) {
      if (e != except && (best < 0 || times[e] >= times[best])) {
        best = e;
      }
    }
    return best;
  }

  private static int other(int from, int count, int except, Rng rng) {
    int drawn = from + rng.nextInt(count - 1);
    return drawn < except ? drawn : drawn + 1;
  }
}
