package dev.tamis.data.split;

import dev.tamis.data.HeldOut;
import dev.tamis.data.Interactions;
import dev.tamis.math.ArrayLength;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A split that comes as files: test and validation data are brought to the training ids. */
public final class GivenSplit {
  private GivenSplit() {}

  /**
   * Joins training, validation and test data that were read one by one. Whatever does not fit the
   * training data is counted in the notes.
   */
  public static SplitData of(
      Interactions train, Optional<Interactions> validation, Interactions test) {
    List<String> notes = new ArrayList<>();
    Optional<HeldOut> known = Optional.empty();
    Interactions input = train;
    if (validation.isPresent()) {
      HeldOuts.Aligned aligned = HeldOuts.of(train, validation.get());
      notes.addAll(aligned.notes("validation"));
      known = Optional.of(aligned.heldOut());
      input = union(train, aligned.heldOut().target());
    }
    HeldOuts.Aligned aligned = HeldOuts.of(input, test);
    notes.addAll(aligned.notes("test"));
    return new SplitData(train, known, aligned.heldOut(), notes);
  }

  /** The pairs of both, which have the same ids and no pair in common. */
  private static Interactions union(Interactions a, Interactions b) {
    int[] start = new int[a.userCount() + 1];
    int size =
        ArrayLength.of(
            "pairs of training and validation data together",
            (long) a.size() + b.size(),
            "split off fewer pairs for validation, or leave pairs out");
    int[] items = new int[size];
    int count = 0;
    for (int u = 0; u < a.userCount(); u++) {
      System.arraycopy(a.itemIds(), a.rowStart()[u], items, count, a.degree(u));
      count += a.degree(u);
      System.arraycopy(b.itemIds(), b.rowStart()[u], items, count, b.degree(u));
      count += b.degree(u);
      Arrays.sort(items, start[u], count);
      start[u + 1] = count;
    }
    return new Interactions(a.users(), a.items(), start, items, null, null);
  }
}
