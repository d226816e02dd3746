package dev.tamis.eval;

/** Hit rate: 1 if there is a hit among the first k, else 0. */
final class HitRate implements ListMetric {
  @Override
  public String name() {
    return "hit_rate";
  }

  @Override
  public double of(UserList list, int k) {
    return list.hitsAt(k) > 0 ? 1 : 0;
  }
}
