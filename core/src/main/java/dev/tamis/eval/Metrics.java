package dev.tamis.eval;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** All metrics of the full catalogue. A new one is one class and one line here. */
public final class Metrics {
  private static final List<ListMetric> LIST_METRICS =
      List.of(
          new Recall(),
          new CappedRecall(),
          new Ndcg(),
          new Precision(),
          new AveragePrecision(),
          new ReciprocalRank(),
          new HitRate(),
          new Novelty(),
          new Auc(),
          new PrecisionOfReturned(),
          new AveragePrecisionOfRelevant(),
          new AveragePrecisionOfReturned(),
          new ClippedNdcg(),
          new LimitedAuc());

  private static final List<CatalogueMetric> CATALOGUE_METRICS =
      List.of(new Coverage(), new Gini());

  private Metrics() {}

  /** The names of all metrics, without cut-offs. */
  public static List<String> names() {
    return Stream.concat(
            LIST_METRICS.stream().map(ListMetric::name),
            CATALOGUE_METRICS.stream().map(CatalogueMetric::name))
        .toList();
  }

  /**
   * Every usual metric that has a cut-off, at each of the cut-offs given: neither {@code auc} nor
   * those that only other libraries have, see {@link Convention}.
   */
  public static List<MetricId> at(int... cutOffs) {
    List<MetricId> ids = new ArrayList<>();
    for (String name : names()) {
      for (int k : cutOffs) {
        if (hasCutOff(name) && listMetric(name).map(ListMetric::isUsual).orElse(true)) {
          ids.add(new MetricId(name, k));
        }
      }
    }
    return List.copyOf(ids);
  }

  /** Every usual metric with a cut-off at 10, 20 and 50. */
  public static List<MetricId> defaults() {
    return at(10, 20, 50);
  }

  /** Whether a metric looks at the first k items only, and is named with k. */
  public static boolean hasCutOff(String name) {
    return listMetric(name).map(ListMetric::hasCutOff).orElse(true);
  }

  /** Whether a metric has a value for each user, and is the mean of those. */
  public static boolean hasUserValues(String name) {
    return listMetric(name).isPresent();
  }

  /** Whether a larger value of a metric is a better one, so that it may decide between models. */
  public static boolean moreIsBetter(String name) {
    return catalogueMetric(name).map(CatalogueMetric::moreIsBetter).orElse(true);
  }

  static Optional<ListMetric> listMetric(String name) {
    return LIST_METRICS.stream().filter(metric -> metric.name().equals(name)).findFirst();
  }

  static Optional<CatalogueMetric> catalogueMetric(String name) {
    return CATALOGUE_METRICS.stream().filter(metric -> metric.name().equals(name)).findFirst();
  }
}
