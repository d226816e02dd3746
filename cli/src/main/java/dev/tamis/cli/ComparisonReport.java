package dev.tamis.cli;

import dev.tamis.lab.compare.Comparison;
import dev.tamis.lab.compare.ComparisonTables;
import java.util.ArrayList;
import java.util.List;

/** Shows a comparison as text. */
final class ComparisonReport {
  private ComparisonReport() {}

  static List<String> lines(Comparison comparison, boolean times) {
    List<String> lines = new ArrayList<>();
    table(lines, ComparisonTables.standings(comparison, times));
    if (!comparison.pairs().isEmpty()) {
      lines.add("");
      table(lines, ComparisonTables.pairs(comparison));
    }
    lines.add("");
    if (times) {
      lines.add(
          "  none is both better and quicker than: " + String.join(", ", comparison.pareto()));
    }
    comparison.features().ifPresent(who -> lines.add("  " + who));
    comparison.verdict().ifPresent(verdict -> lines.add("  " + verdict));
    return lines;
  }

  private static void table(List<String> lines, List<String[]> rows) {
    TextTable table = new TextTable();
    rows.forEach(table::row);
    lines.addAll(table.lines());
  }
}
