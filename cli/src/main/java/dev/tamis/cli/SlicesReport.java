package dev.tamis.cli;

import dev.tamis.eval.ActivitySlices;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Shows metrics by how active users are. */
final class SlicesReport {
  private SlicesReport() {}

  /** For JSON: an object a slice, the least active users first. */
  static List<Map<String, Object>> tree(List<ActivitySlices.Slice> slices) {
    List<Map<String, Object>> all = new ArrayList<>();
    for (ActivitySlices.Slice slice : slices) {
      Map<String, Object> tree = new LinkedHashMap<>();
      tree.put("by", "activity");
      tree.put("fewest_items", slice.fewest());
      tree.put("most_items", slice.most());
      tree.put("users", slice.users());
      tree.put("metrics", slice.metrics());
      tree.put("standard_errors", slice.standardErrors());
      all.add(tree);
    }
    return all;
  }

  /** A row a metric, a column a slice, each with its items and users in the heading. */
  static List<String> table(List<ActivitySlices.Slice> slices) {
    TextTable table = new TextTable();
    List<String> items = new ArrayList<>(List.of("items"));
    List<String> users = new ArrayList<>(List.of("users"));
    for (ActivitySlices.Slice slice : slices) {
      items.add(
          slice.fewest() == slice.most()
              ? Integer.toString(slice.fewest())
              : slice.fewest() + "-" + slice.most());
      users.add(String.format(Locale.ROOT, "%,d", slice.users()));
    }
    table.row(items.toArray(String[]::new)).row(users.toArray(String[]::new));
    for (String metric : slices.get(0).metrics().keySet()) {
      List<String> cells = new ArrayList<>(List.of(metric));
      for (ActivitySlices.Slice slice : slices) {
        cells.add(
            String.format(
                Locale.ROOT,
                "%.4f +- %.4f",
                slice.metrics().get(metric),
                slice.standardErrors().get(metric)));
      }
      table.row(cells.toArray(String[]::new));
    }
    return table.lines();
  }
}
