package dev.tamis.eval;

/**
 * Average precision: the sum over hits among the first k of the precision at their rank, over
 * min(k, relevant).
 */
final class AveragePrecision implements ListMetric {
  @Override
  public String name() {
    return "map";
  }

  @Override
  public double of(UserList list, int k) {
    return sum(list, k) / Math.min(k, list.relevant);
  }

  /** The sum over hits among the first k of the precision at their rank. */
  static double sum(UserList list, int k) {
    double sum = 0;
    int hits = list.hitsAt(k);
    for (int i = 0; i < hits; i++) {
      sum += (i + 1.0) / list.hitRanks[i];
    }
    return sum;
  }
}
