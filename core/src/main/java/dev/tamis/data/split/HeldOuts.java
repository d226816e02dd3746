package dev.tamis.data.split;

import dev.tamis.data.HeldOut;
import dev.tamis.data.IdMap;
import dev.tamis.data.Interactions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Brings data that were read on their own to the ids of the training data. */
public final class HeldOuts {
  private HeldOuts() {}

  /**
   * Held-out data over the ids of the training data, and what did not fit.
   *
   * @param heldOut what can be measured
   * @param unknownUsers users who are not in the training data; they are left out
   * @param unknownUserPairs pairs of these users, left out with them
   * @param unreachablePairs pairs of known users with items outside the catalogue; they count as
   *     relevant and cannot be found
   * @param knownPairs pairs that are input already, so that finding them is no feat; left out
   */
  public record Aligned(
      HeldOut heldOut,
      int unknownUsers,
      int unknownUserPairs,
      int unreachablePairs,
      int knownPairs) {

    /** The same where only some items are to be found: what is outside the catalogue is no miss. */
    public Aligned amongSome() {
      return new Aligned(heldOut, unknownUsers, unknownUserPairs, 0, knownPairs);
    }

    /** What did not fit, one sentence each. */
    public List<String> notes(String what) {
      List<String> notes = new ArrayList<>();
      if (unknownUsers > 0) {
        notes.add(
            unknownUsers
                + " users of the "
                + what
                + " data, with "
                + unknownUserPairs
                + " pairs, are left out: they are not in the training data");
      }
      if (unreachablePairs > 0) {
        notes.add(
            unreachablePairs
                + " pairs of the "
                + what
                + " data have items that are not in the training data; they count as missed");
      }
      if (knownPairs > 0) {
        notes.add(
            knownPairs
                + " pairs of the "
                + what
                + " data are left out: they are in the training or validation data as well");
      }
      return notes;
    }
  }

  /**
   * Known users: the users and items of {@code train} stay as they are, and {@code other} is what
   * is to be found.
   */
  public static Aligned of(Interactions train, Interactions other) {
    return align(train, other, train.users(), true);
  }

  /**
   * Users of their own, who are known by {@code input} alone. Users without input are left out as
   * unknown. Items of the input that are not in the catalogue say nothing and are left out.
   *
   * @param catalogue the items of the training data
   */
  public static Aligned foldIn(IdMap catalogue, Interactions input, Interactions target) {
    int[] item = numbers(input.items(), catalogue);
    int[] start = new int[input.userCount() + 1];
    int[] ids = new int[input.size()];
    int count = 0;
    for (int u = 0; u < input.userCount(); u++) {
      for (int e = input.rowStart()[u]; e < input.rowStart()[u + 1]; e++) {
        if (item[input.itemIds()[e]] >= 0) {
          ids[count++] = item[input.itemIds()[e]];
        }
      }
      start[u + 1] = count;
    }
    Interactions known =
        new Interactions(input.users(), catalogue, start, Arrays.copyOf(ids, count), null, null);
    return align(known, target, input.users(), false);
  }

  private static Aligned align(
      Interactions input, Interactions other, IdMap users, boolean trained) {
    int[] item = numbers(other.items(), input.items());
    int[] user = numbers(users, other.users());
    int[] start = new int[users.size() + 1];
    int[] ids = new int[other.size()];
    int[] unreachable = new int[users.size()];
    int count = 0;
    int missing = 0;
    int known = 0;
    int matched = 0;
    int matchedPairs = 0;
    for (int u = 0; u < user.length; u++) {
      if (user[u] >= 0) {
        matched++;
        matchedPairs += other.degree(user[u]);
        for (int e = other.rowStart()[user[u]]; e < other.rowStart()[user[u] + 1]; e++) {
          int number = item[other.itemIds()[e]];
          if (number < 0) {
            unreachable[u]++;
            missing++;
          } else if (input.contains(u, number)) {
            known++;
          } else {
            ids[count++] = number;
          }
        }
      }
      start[u + 1] = count;
    }
    Interactions target =
        new Interactions(users, input.items(), start, Arrays.copyOf(ids, count), null, null);
    return new Aligned(
        new HeldOut(input, target, unreachable, trained),
        other.userCount() - matched,
        other.size() - matchedPairs,
        missing,
        known);
  }

  /**
   * [from] the number in {@code to} of each id, or -1. Both are sorted by bytes, so numbers ascend.
   */
  private static int[] numbers(IdMap from, IdMap to) {
    int[] number = new int[from.size()];
    for (int i = 0; i < number.length; i++) {
      int start = i == 0 ? 0 : from.ends()[i - 1];
      number[i] = to.index(from.bytes(), start, from.ends()[i] - start);
    }
    return number;
  }
}
