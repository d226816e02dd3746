package dev.tamis.eval;

/** A metric of all lists together, by how often each item was recommended; always cut off. */
public interface CatalogueMetric {
  /** The name without a cut-off, for example "coverage". */
  String name();

  /** Whether a larger value is a better one, so that it may decide between models. */
  boolean moreIsBetter();

  /**
   * The value.
   *
   * @param counts [items] how many of the lists, cut off at k, have each item
   */
  double of(int[] counts);
}
