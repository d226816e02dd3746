package dev.tamis.eval;

/** A metric with a value for every user; what is reported is the mean over users. */
public interface ListMetric {
  /** The name without a cut-off, for example "ndcg". */
  String name();

  /** Whether it looks at the first k items only, and is named with k: "ndcg@50". */
  default boolean hasCutOff() {
    return true;
  }

  /** Whether it is measured where nobody asks for it by name. */
  default boolean isUsual() {
    return true;
  }

  /**
   * The value for one user.
   *
   * @param k the cut-off, at least 1; 0 for a metric without
   */
  double of(UserList list, int k);
}
