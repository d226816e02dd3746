package dev.tamis.eval;

/**
 * NDCG with the discount of its first paper (Jarvelin and Kekalainen 2002): the first two places
 * are worth 1, rank r from there on {@code 1 / log2(r)}. LensKit's.
 */
final class ClippedNdcg implements ListMetric {
  @Override
  public String name() {
    return "ndcg_clipped";
  }

  @Override
  public boolean isUsual() {
    return false;
  }

  @Override
  public double of(UserList list, int k) {
    double gain = 0;
    int hits = list.hitsAt(k);
    for (int i = 0; i < hits; i++) {
      gain += discount(list, list.hitRanks[i]);
    }
    int best = Math.min(k, list.relevant);
    // What stands one place earlier in the other NDCG, and a first place more.
    return gain / (1 + list.idealGain(best - 1));
  }

  private static double discount(UserList list, int rank) {
    return rank == 1 ? 1 : list.discount(rank - 1);
  }
}
