package dev.tamis.eval;

/** Reciprocal rank: 1 over the rank of the first hit, 0 if it is not among the first k. */
final class ReciprocalRank implements ListMetric {
  @Override
  public String name() {
    return "mrr";
  }

  @Override
  public double of(UserList list, int k) {
    return list.hits > 0 && list.hitRanks[0] <= k ? 1.0 / list.hitRanks[0] : 0;
  }
}
