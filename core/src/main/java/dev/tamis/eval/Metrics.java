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
          new Auc());

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

  /** Every metric that has a cut-off, at each of the cut-offs given; so all but {@code auc}. */
  public static List<MetricId> at(int... cutOffs) {
    List<MetricId> ids = new ArrayList<>();
    for (String name : names()) {
      for (int k : cutOffs) {
        if (hasCutOff(name)) {
          ids.add(new MetricId(name, k));
        }
      }
    }
    return List.copyOf(ids);
  }

  /** Every metric with a cut-off at 10, 20 and 50. */
  public static List<MetricId> defaults() {
    return at(10, 20, 50);
  }

  static boolean hasCutOff(String name) {
    return listMetric(name).map(ListMetric::hasCutOff).orElse(true);
  }

  static Optional<ListMetric> listMetric(String name) {
    return LIST_METRICS.stream().filter(metric -> metric.name().equals(name)).findFirst();
  }

  static Optional<CatalogueMetric> catalogueMetric(String name) {
    return CATALOGUE_METRICS.stream().filter(metric -> metric.name().equals(name)).findFirst();
  }
}
