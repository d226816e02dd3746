package dev.tamis.eval;

/**
 * Average precision over all relevant items: the sum over hits among the first k of the precision
 * at their rank, over the relevant items, however many. The {@code map_cut} of trec_eval.
 */
final class AveragePrecisionOfRelevant implements ListMetric {
  @Override
  public String name() {
    return "map_relevant";
  }

  @Override
  public boolean isUsual() {
    return false;
  }

  @Override
  public double of(UserList list, int k) {
    return AveragePrecision.sum(list, k) / list.relevant;
  }
}
