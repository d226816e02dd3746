package dev.tamis.eval;

/**
 * Novelty: the mean self-information of the first k items, {@code -log2} of the share of training
 * users who have the item (Zhou et al., PNAS 2010). An item that nobody has counts as if one user
 * had it; an empty list has novelty 0.
 */
final class Novelty implements ListMetric {
  @Override
  public String name() {
    return "novelty";
  }

  @Override
  public double of(UserList list, int k) {
    int n = Math.min(k, list.length);
    double sum = 0;
    for (int i = 0; i < n; i++) {
      sum += list.selfInformation(list.items[i]);
    }
    return n == 0 ? 0 : sum / n;
  }
}
