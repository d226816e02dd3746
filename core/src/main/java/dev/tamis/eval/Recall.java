package dev.tamis.eval;

/**
 * Recall: hits among the first k, over all relevant items, those outside the catalogue included.
 */
final class Recall implements ListMetric {
  @Override
  public String name() {
    return "recall";
  }

  @Override
  public double of(UserList list, int k) {
    return list.hitsAt(k) / (double) list.relevant;
  }
}
