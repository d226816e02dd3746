package dev.tamis.eval;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** The metrics asked for, sorted by how they are worked out. */
final class Plan {
  final List<String> listNames = new ArrayList<>();
  private final List<ListMetric> listMetrics = new ArrayList<>();
  private final List<Integer> listCutOffs = new ArrayList<>();
  private final List<MetricId> catalogue = new ArrayList<>();

  /** The longest cut-off, at least 1. */
  final int longest;

  /**
   * @param shortest how long lists are at least
   */
  Plan(List<MetricId> ids, int shortest) {
    int most = Math.max(1, shortest);
    for (MetricId id : ids.stream().distinct().toList()) {
      most = Math.max(most, id.k());
      if (Metrics.listMetric(id.name()).isPresent()) {
        listNames.add(id.toString());
        listMetrics.add(Metrics.listMetric(id.name()).get());
        listCutOffs.add(id.k());
      } else {
        catalogue.add(id);
      }
    }
    longest = most;
  }

  /** How many values a user has. */
  int width() {
    return listMetrics.size();
  }

  boolean asksFor(Class<? extends ListMetric> type) {
    return listMetrics.stream().anyMatch(type::isInstance);
  }

  List<MetricId> catalogue() {
    return catalogue;
  }

  /** The cut-offs at which recommended items must be counted, ascending. */
  SortedSet<Integer> countedCutOffs() {
    SortedSet<Integer> cutOffs = new TreeSet<>();
    catalogue.forEach(id -> cutOffs.add(id.k()));
    return cutOffs;
  }

  /** Writes the values of one user from {@code values[from]} on. */
  void measure(UserList list, double[] values, int from) {
    for (int c = 0; c < listMetrics.size(); c++) {
      values[from + c] = listMetrics.get(c).of(list, listCutOffs.get(c));
    }
  }
}
