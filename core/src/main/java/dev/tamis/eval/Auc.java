package dev.tamis.eval;

/**
 * The area under the ROC curve over the full catalogue without the user's known items: the share of
 * pairs of a relevant and another item that are scored in the right order; a tie counts one half. A
 * relevant item outside the catalogue, or among the known items, loses to all. Where every item is
 * relevant there is no pair, and the value is the share of relevant items that could be ranked.
 *
 * <p>It counts every score against every relevant item of its user, so it is worked out only where
 * it is asked for.
 */
final class Auc implements ListMetric {
  static final String NAME = "auc";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public boolean hasCutOff() {
    return false;
  }

  @Override
  public double of(UserList list, int k) {
    return list.auc;
  }
}
