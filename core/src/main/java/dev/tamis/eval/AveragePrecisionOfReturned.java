package dev.tamis.eval;

/**
 * Average precision over what the list could hold: the sum over hits among the first k of the
 * precision at their rank, over min(relevant, items returned, k); 0 where none was. LensKit's.
 */
final class AveragePrecisionOfReturned implements ListMetric {
  @Override
  public String name() {
    return "map_returned";
  }

  @Override
  public boolean isUsual() {
    return false;
  }

  @Override
  public double of(UserList list, int k) {
    int returned = Math.max(1, Math.min(k, list.length));
    return AveragePrecision.sum(list, k) / Math.min(returned, list.relevant);
  }
}
