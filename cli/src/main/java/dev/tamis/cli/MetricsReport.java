package dev.tamis.cli;

import dev.tamis.eval.Evaluation;
import dev.tamis.eval.SampledRows;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/** Shows what an evaluation measured. */
final class MetricsReport {
  private MetricsReport() {}

  /** For JSON: the metrics by name, and how they were measured. */
  static Map<String, Object> tree(Evaluation evaluation) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("metrics", evaluation.metrics());
    tree.put("standard_errors", evaluation.standardErrors());
    tree.put("users", evaluation.users());
    tree.put("skipped_users", evaluation.skipped());
    tree.put("protocol", evaluation.protocol());
    tree.put("facts", evaluation.facts());
    return tree;
  }

  /** A row a metric, a column a cut-off. */
  static List<String> table(Map<String, Double> metrics) {
    SortedSet<Integer> cutOffs = new TreeSet<>();
    Map<String, Map<Integer, Double>> rows = new LinkedHashMap<>();
    metrics.forEach(
        (name, value) -> {
          int at = name.lastIndexOf('@');
          int k = at < 0 ? 0 : Integer.parseInt(name.substring(at + 1));
          cutOffs.add(k);
          rows.computeIfAbsent(at < 0 ? name : name.substring(0, at), n -> new LinkedHashMap<>())
              .put(k, value);
        });
    TextTable table = new TextTable();
    List<String> heading = new ArrayList<>(List.of("metric"));
    cutOffs.forEach(k -> heading.add(k == 0 ? "" : "@" + k));
    table.row(heading.toArray(String[]::new));
    rows.forEach(
        (name, values) -> {
          List<String> cells = new ArrayList<>(List.of(name));
          for (int k : cutOffs) {
            cells.add(values.containsKey(k) ? number(values.get(k)) : "");
          }
          table.row(cells.toArray(String[]::new));
        });
    return table.lines();
  }

  /** A row a metric, under names that are not ours. */
  static List<String> named(Map<String, Double> metrics) {
    TextTable table = new TextTable().row("metric", "");
    metrics.forEach((name, value) -> table.row(name, number(value)));
    return table.lines();
  }

  /** How it was measured, one line. */
  static String footing(Evaluation evaluation) {
    boolean sampled = evaluation.facts().containsKey(SampledRows.MOST_NEGATIVES);
    return String.format(
        Locale.ROOT,
        "over %,d users%s; %s",
        evaluation.users(),
        evaluation.skipped() > 0
            ? String.format(
                Locale.ROOT,
                sampled ? " (%,d are not in the training data)" : " (%,d have nothing to find)",
                evaluation.skipped())
            : "",
        evaluation.protocol());
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }
}
