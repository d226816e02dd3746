package dev.tamis.eval;

/**
 * What the lists of all users share.
 *
 * @param longest the longest cut-off
 * @param discount [longest + 1] by rank from 1; entry 0 is unused
 * @param idealGain [longest + 1] sums of the first discounts
 * @param selfInformation [items], or empty if no metric asks for it
 */
record ListConstants(int longest, double[] discount, double[] idealGain, double[] selfInformation) {
  private static final double LN_2 = StrictMath.log(2);

  static ListConstants of(int longest, double[] selfInformation) {
    double[] discount = new double[longest + 1];
    double[] idealGain = new double[longest + 1];
    for (int rank = 1; rank <= longest; rank++) {
      discount[rank] = LN_2 / StrictMath.log(rank + 1.0);
      idealGain[rank] = idealGain[rank - 1] + discount[rank];
    }
    return new ListConstants(longest, discount, idealGain, selfInformation);
  }

  /**
   * {@code -log2(count / users)} an item; an item that nobody has counts as if one user had it,
   * which bounds its information by {@code log2(users)}.
   */
  static double[] selfInformation(int[] itemCounts, int users) {
    double[] information = new double[itemCounts.length];
    double all = StrictMath.log(Math.max(1, users));
    for (int i = 0; i < information.length; i++) {
      information[i] = (all - StrictMath.log(Math.max(1, itemCounts[i]))) / LN_2;
    }
    return information;
  }
}
