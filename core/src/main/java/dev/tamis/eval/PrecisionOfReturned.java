package dev.tamis.eval;

/**
 * Hits among the first k, over the items that were returned, at most k; 0 where none was. LensKit's
 * precision.
 */
final class PrecisionOfReturned implements ListMetric {
  @Override
  public String name() {
    return "precision_returned";
  }

  @Override
  public boolean isUsual() {
    return false;
  }

  @Override
  public double of(UserList list, int k) {
    return list.hitsAt(k) / (double) Math.max(1, Math.min(k, list.length));
  }
}
