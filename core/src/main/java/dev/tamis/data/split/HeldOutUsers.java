package dev.tamis.data.split;

import dev.tamis.config.TamisException;
import dev.tamis.data.HeldOut;
import dev.tamis.data.IdMap;
import dev.tamis.data.Interactions;
import dev.tamis.math.Rng;
import dev.tamis.math.Stream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Strong generalisation (Liang et al. 2018, section 4.1): random users are held out whole, some for
 * validation and others for test, and the model is trained on the rest. The catalogue is what the
 * others have; items outside it are left out of the held-out histories first, and counted in the
 * notes. Then a random part of each history is folded in and {@code floor((1 - foldIn) n)} items
 * are to be found; users with fewer than 5 items have nothing to be found.
 *
 * @param users how many for test; at least 1
 * @param foldIn the share of a history that is folded in, between 0 and 1
 * @param validationUsers how many for validation, or 0 for none
 */
public record HeldOutUsers(int users, double foldIn, int validationUsers) implements Splitter {
  private static final int MIN_HISTORY = 5;

  /** As many users for validation as for test, as in the paper. */
  public HeldOutUsers(int users, double foldIn) {
    this(users, foldIn, users);
  }

  public HeldOutUsers {
    if (users < 1) {
      throw TamisException.usage("the number of held-out users is " + users + "; give at least 1");
    }
    if (validationUsers < 0) {
      throw TamisException.usage(
          "the number of users for validation is " + validationUsers + "; give at least 0");
    }
    if (!(foldIn > 0 && foldIn < 1)) {
      throw TamisException.usage(
          "the share that is folded in is " + foldIn + "; it must be above 0 and below 1");
    }
  }

  @Override
  public String text() {
    String text = "heldout-users:" + users + ":" + foldIn;
    return validationUsers == users ? text : text + ":" + validationUsers;
  }

  @Override
  public SplitData split(Interactions data, long seed) {
    int count = data.userCount();
    long held = (long) users + validationUsers;
    if (held >= count) {
      throw TamisException.badData(
          "holding out "
              + users
              + " users for test and "
              + validationUsers
              + " for validation leaves nobody to train on: the data have "
              + count
              + " users; hold out fewer, at most "
              + (count - 1)
              + " together");
    }
    int[] order = new int[count];
    Arrays.setAll(order, u -> u);
    Rng.keyed(seed, Stream.SPLIT, 1, 0).shuffle(order, 0, count);
    byte[] group = new byte[count]; // 0 training, 1 validation, 2 test
    for (int k = 0; k < held; k++) {
      group[order[k]] = (byte) (k < validationUsers ? 1 : 2);
    }
    int[] itemNumber = catalogue(data, group);
    IdMap items = subsetOf(data.items(), itemNumber);
    List<String> notes = new ArrayList<>();
    Interactions train = new Fold(data, group, 0, itemNumber, items).whole();
    Optional<HeldOut> validation =
        validationUsers == 0
            ? Optional.empty()
            : Optional.of(foldIn(data, group, 1, itemNumber, items, seed, notes));
    HeldOut test = foldIn(data, group, 2, itemNumber, items, seed, notes);
    return new SplitData(train, validation, test, notes);
  }

  /** [items] the number of each item that a training user has, counted on; -1 for the others. */
  private static int[] catalogue(Interactions data, byte[] group) {
    int[] number = new int[data.itemCount()];
    Arrays.fill(number, -1);
    for (int u = 0; u < group.length; u++) {
      for (int e = data.rowStart()[u]; group[u] == 0 && e < data.rowStart()[u + 1]; e++) {
        number[data.itemIds()[e]] = 0;
      }
    }
    int next = 0;
    for (int i = 0; i < number.length; i++) {
      number[i] = number[i] == 0 ? next++ : -1;
    }
    return number;
  }

  private static IdMap subsetOf(IdMap items, int[] itemNumber) {
    boolean[] keep = new boolean[itemNumber.length];
    for (int i = 0; i < keep.length; i++) {
      keep[i] = itemNumber[i] >= 0;
    }
    return items.subset(keep);
  }

  private HeldOut foldIn(
      Interactions data,
      byte[] group,
      int which,
      int[] itemNumber,
      IdMap items,
      long seed,
      List<String> notes) {
    Fold fold = new Fold(data, group, which, itemNumber, items);
    if (fold.outside() > 0) {
      notes.add(
          fold.outside()
              + " pairs of "
              + (which == 1 ? "validation" : "test")
              + " users are left out: no training user has their items");
    }
    return fold.parted(seed, n -> n < MIN_HISTORY ? 0 : (int) Math.floor((1 - foldIn) * n + 1e-9));
  }
}
