package dev.tamis.eval;

import dev.tamis.data.Interactions;
import dev.tamis.data.Sha256;
import dev.tamis.math.ArrayLength;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Rows of the sampled protocol: a user, one item to find, and the items it is ranked against.
 * Flawed rows are mended and counted: the positive among its own negatives is not ranked against
 * itself, and a negative listed twice counts once.
 */
public final class SampledRows {
  /** The fact of an evaluation that tells how many negatives a row has at most. */
  public static final String MOST_NEGATIVES = "negatives-most";

  private int rows;
  private int[] users = new int[64]; // [rows] dense numbers
  private int[] positives =
      new int[64]; // [rows] dense numbers, or -1 for an item outside the catalogue
  private int[] start = new int[65]; // [rows + 1]
  private int[] negatives = new int[4096]; // strictly ascending within a row
  private int leastNegatives = Integer.MAX_VALUE;
  private int mostNegatives;
  private int positiveAmongNegatives;
  private int repeatedNegatives;
  private int unknownNegatives;
  private int unknownUsers;

  /**
   * Adds a row.
   *
   * @param user the dense number of the user in the training data; -1 for a user not in it, whose
   *     row is counted and left out
   * @param positive the dense number of the item to find; -1 for an item outside the catalogue,
   *     which can not be found and counts as missed
   * @param items dense numbers of the negatives in any order; -1 for items outside the catalogue,
   *     which are counted and left out
   */
  public void add(int user, int positive, int... items) {
    if (user < 0) {
      unknownUsers++;
      return;
    }
    reserve(items.length);
    int[] sorted = items.clone();
    Arrays.sort(sorted);
    int end = start[rows];
    boolean flawed = false;
    for (int i = 0; i < sorted.length; i++) {
      if (sorted[i] < 0) {
        unknownNegatives++;
      } else if (sorted[i] == positive) {
        flawed = true;
      } else if (i > 0 && sorted[i] == sorted[i - 1]) {
        repeatedNegatives++;
      } else {
        negatives[end++] = sorted[i];
      }
    }
    positiveAmongNegatives += flawed ? 1 : 0;
    int n = end - start[rows];
    leastNegatives = Math.min(leastNegatives, n);
    mostNegatives = Math.max(mostNegatives, n);
    users[rows] = user;
    positives[rows++] = positive;
    start[rows] = end;
  }

  /** How many rows there are. */
  public int size() {
    return rows;
  }

  /** The dense number of a row's user. */
  public int user(int row) {
    return users[row];
  }

  /** The dense number of the item to find, or -1. */
  public int positive(int row) {
    return positives[row];
  }

  /** The fewest negatives of a row; 0 if there are no rows. */
  public int leastNegatives() {
    return rows == 0 ? 0 : leastNegatives;
  }

  /** The most negatives of a row. */
  public int mostNegatives() {
    return mostNegatives;
  }

  /** How many rows were left out because their user is not in the training data. */
  public int unknownUsers() {
    return unknownUsers;
  }

  /** What was mended or left out, and how many negatives there are; zeros are there, too. */
  public SortedMap<String, Long> facts() {
    SortedMap<String, Long> facts = new TreeMap<>();
    facts.put("negatives-least", (long) leastNegatives());
    facts.put(MOST_NEGATIVES, (long) mostNegatives);
    facts.putAll(counts());
    return facts;
  }

  /** The counts of {@link #facts} that are 0 in rows without a flaw, where they are not. */
  public SortedMap<String, Long> flaws() {
    SortedMap<String, Long> flaws = counts();
    flaws.values().removeIf(count -> count == 0);
    return flaws;
  }

  private SortedMap<String, Long> counts() {
    long lost = 0;
    for (int row = 0; row < rows; row++) {
      lost += positives[row] < 0 ? 1 : 0;
    }
    SortedMap<String, Long> counts = new TreeMap<>();
    counts.put("negatives-outside-catalogue", (long) unknownNegatives);
    counts.put("negatives-repeated", (long) repeatedNegatives);
    counts.put("positives-outside-catalogue", lost);
    counts.put("rows-with-positive-among-negatives", (long) positiveAmongNegatives);
    counts.put("users-not-in-training-data", (long) unknownUsers);
    return counts;
  }

  /** The SHA-256 of users, items and negatives, as 64 hexadecimal digits. */
  public String fingerprint() {
    MessageDigest digest = Sha256.start();
    for (int row = 0; row < rows; row++) {
      int from = start[row];
      int to = start[row + 1];
      ByteBuffer bytes = ByteBuffer.allocate(Integer.BYTES * (3 + to - from));
      bytes.putInt(users[row]).putInt(positives[row]).putInt(to - from);
      bytes.asIntBuffer().put(negatives, from, to - from);
      digest.update(bytes.array());
    }
    return Sha256.text(digest);
  }

  /** The negatives of all rows. Not a copy: do not write to it. */
  int[] negatives() {
    return negatives;
  }

  /** Where the negatives of a row start; those of the next row start where they end. */
  int start(int row) {
    return start[row];
  }

  /** Refuses rows whose numbers are not of these interactions. */
  void check(Interactions input) {
    for (int row = 0; row < rows; row++) {
      boolean outside = users[row] >= input.userCount() || positives[row] >= input.itemCount();
      if (start[row + 1] > start[row]) {
        outside |= negatives[start[row + 1] - 1] >= input.itemCount();
      }
      if (outside) {
        throw new IllegalArgumentException("row " + row + " has a user or item out of range");
      }
    }
  }

  private void reserve(int more) {
    if (rows == users.length) {
      users = Arrays.copyOf(users, rows * 2);
      positives = Arrays.copyOf(positives, rows * 2);
      start = Arrays.copyOf(start, rows * 2 + 1);
    }
    int needed =
        ArrayLength.of("negatives of all rows", (long) start[rows] + more, "give fewer a row");
    if (needed > negatives.length) {
      negatives =
          Arrays.copyOf(
              negatives, Math.max(needed, (int) Math.min(ArrayLength.MOST, negatives.length * 2L)));
    }
  }
}
