package dev.tamis.eval;

/** Precision: hits among the first k, over k, even where the list is shorter. */
final class Precision implements ListMetric {
  @Override
  public String name() {
    return "precision";
  }

  @Override
  public double of(UserList list, int k) {
    return list.hitsAt(k) / (double) k;
  }
}
