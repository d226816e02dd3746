package dev.tamis.eval;

/**
 * Recall over what is possible: hits among the first k, over min(k, relevant). The "recall" of
 * Mult-VAE (Liang et al., WWW 2018).
 */
final class CappedRecall implements ListMetric {
  @Override
  public String name() {
    return "recall_capped";
  }

  @Override
  public double of(UserList list, int k) {
    return list.hitsAt(k) / (double) Math.min(k, list.relevant);
  }
}
