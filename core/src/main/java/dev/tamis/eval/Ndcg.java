package dev.tamis.eval;

/**
 * Normalised discounted cumulative gain: the sum over hits among the first k of {@code 1 /
 * log2(rank + 1)}, over the same sum for min(k, relevant) hits in front.
 */
final class Ndcg implements ListMetric {
  @Override
  public String name() {
    return "ndcg";
  }

  @Override
  public double of(UserList list, int k) {
    double gain = 0;
    int hits = list.hitsAt(k);
    for (int i = 0; i < hits; i++) {
      gain += list.discount(list.hitRanks[i]);
    }
    return gain / list.idealGain(Math.min(k, list.relevant));
  }
}
