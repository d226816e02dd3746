package dev.tamis.eval;

/**
 * The ranked list of one user as metrics see it: where the hits are, and how many there could have
 * been. Scratch of one thread, filled anew for each user.
 */
public final class UserList {
  /** How many items are relevant, those outside the catalogue included; at least 1. */
  public int relevant;

  /** How many items of the catalogue are not relevant, those known of the user included. */
  public int others;

  /** How many of the list's items are relevant. */
  public int hits;

  public final int[] hitRanks; // [longest list]: where the hits are, from 1, ascending

  /** How long the list is: the longest cut-off, or less where fewer items were eligible. */
  public int length;

  public final int[] items; // [longest list] dense item numbers, best first

  /** The area under the ROC curve, where a metric asks for it. */
  public double auc;

  private final ListConstants constants;

  UserList(ListConstants constants) {
    this.constants = constants;
    this.hitRanks = new int[constants.longest()];
    this.items = new int[constants.longest()];
  }

  /** How many hits are among the first {@code k}. */
  public int hitsAt(int k) {
    int n = 0;
    while (n < hits && hitRanks[n] <= k) {
      n++;
    }
    return n;
  }

  /** {@code 1 / log2(rank + 1)}: what a hit at a rank, from 1, is worth in NDCG. */
  public double discount(int rank) {
    return constants.discount()[rank];
  }

  /** The sum of the first {@code n} discounts: the best that {@code n} hits can be worth. */
  public double idealGain(int n) {
    return constants.idealGain()[n];
  }

  /** {@code -log2} of the share of training users who have an item. */
  public double selfInformation(int item) {
    return constants.selfInformation()[item];
  }
}
