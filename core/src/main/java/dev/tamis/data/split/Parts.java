package dev.tamis.data.split;

import dev.tamis.data.HeldOut;
import dev.tamis.data.Interactions;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Marks every pair of the data with its part, and cuts the parts out. */
final class Parts {
  static final byte TRAIN = 1;
  static final byte VALIDATION = 2;
  static final byte TEST = 4;

  private final Interactions data;
  final byte[] part; // [pairs]

  /** All pairs are training data at first. */
  Parts(Interactions data) {
    this.data = data;
    this.part = new byte[data.size()];
    Arrays.fill(part, TRAIN);
  }

  /** The three parts, over the users and items of all of the data. */
  SplitData cut() {
    int[] none = new int[data.userCount()];
    boolean validated = false;
    for (byte p : part) {
      validated |= p == VALIDATION;
    }
    Interactions train = select(TRAIN);
    Optional<HeldOut> validation =
        validated
            ? Optional.of(new HeldOut(train, select(VALIDATION), none, true))
            : Optional.empty();
    Interactions known = validated ? select(TRAIN | VALIDATION) : train;
    HeldOut test = new HeldOut(known, select(TEST), none, true);
    return new SplitData(train, validation, test, List.of());
  }

  /** The pairs of some parts, with the same users and items. */
  private Interactions select(int parts) {
    int[] start = new int[data.userCount() + 1];
    int count = 0;
    for (byte p : part) {
      count += (p & parts) != 0 ? 1 : 0;
    }
    int[] items = new int[count];
    float[] ratings = data.ratings().isPresent() ? new float[count] : null;
    long[] times = data.timestamps().isPresent() ? new long[count] : null;
    int at = 0;
    for (int u = 0; u < data.userCount(); u++) {
      for (int e = data.rowStart()[u]; e < data.rowStart()[u + 1]; e++) {
        if ((part[e] & parts) == 0) {
          continue;
        }
        items[at] = data.itemIds()[e];
        if (ratings != null) {
          ratings[at] = data.ratings().orElseThrow()[e];
        }
        if (times != null) {
          times[at] = data.timestamps().orElseThrow()[e];
        }
        at++;
      }
      start[u + 1] = at;
    }
    return new Interactions(data.users(), data.items(), start, items, ratings, times);
  }
}
