package dev.tamis.eval;

/**
 * An area under the ROC curve that sees the first k places only. Of the pairs of a relevant item
 * and one that is not, those whose second stands in the list are right if the first stands above
 * it; where the second is not in the list, all hits are above it, and of the relevant items behind
 * the list half are. All places up to k that are no hit count, whether there was an item for them
 * or not, and so do items that are known of the user, which are never in the list. implicit's.
 */
final class LimitedAuc implements ListMetric {
  @Override
  public String name() {
    return "auc_limited";
  }

  @Override
  public boolean isUsual() {
    return false;
  }

  @Override
  public double of(UserList list, int k) {
    if (list.others == 0) {
      return 1; // no pair is in the wrong order
    }
    int hits = list.hitsAt(k);
    long misses = k - hits;
    long right = 0; // pairs of a hit and a place below it that is none
    for (int i = 0; i < hits; i++) {
      right += k - list.hitRanks[i] - (hits - i - 1);
    }
    double behind = (hits + list.relevant) / 2.0 * (list.others - misses);
    return (right + behind) / ((double) list.relevant * list.others);
  }
}
