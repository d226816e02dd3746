package dev.tamis.lab.reproduce;

import dev.tamis.lab.Protocol;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a reproduction found: as a tree for JSON, and as a page of Markdown. Neither has times in
 * it, so both are the same on every run.
 */
public final class ReproductionDocument {
  private final Reproduction reproduction;
  private final Protocol protocol;
  private final List<ReproducedLine> lines;

  /**
   * @param protocol what the lines were run on
   * @param lines what {@link Reproduction#run} gave
   */
  public ReproductionDocument(
      Reproduction reproduction, Protocol protocol, List<ReproducedLine> lines) {
    this.reproduction = reproduction;
    this.protocol = protocol;
    this.lines = List.copyOf(lines);
  }

  /** Everything, in maps, lists, texts and numbers. */
  public Map<String, Object> tree() {
    PublishedTable table = reproduction.table();
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("paper", table.paper());
    tree.put("table", table.name());
    tree.put("title", table.title());
    tree.put("dataset", reproduction.dataset().orElse(null));
    tree.put("seeds", reproduction.seeds());
    tree.put("data", protocol.dataFingerprint());
    tree.put("protocol", protocol.fingerprint());
    tree.put("readings", table.readings());
    tree.put("lines", lines.stream().map(this::tree).toList());
    return tree;
  }

  private Map<String, Object> tree(ReproducedLine line) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("label", line.line().label());
    tree.put("method", line.line().method());
    tree.put("options", reproduction.options(line.line()));
    line.refusal().ifPresent(reason -> tree.put("not_run", reason));
    if (line.refusal().isEmpty()) {
      Map<String, Object> metrics = new LinkedHashMap<>();
      for (String metric : reproduction.table().metrics()) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("mean", line.mean(metric));
        double deviation = line.deviation(metric);
        values.put("deviation", Double.isNaN(deviation) ? null : deviation);
        values.put("printed", printed(line, metric).orElse(null));
        metrics.put(metric, values);
      }
      tree.put("metrics", metrics);
      tree.put("epochs", line.trials().stream().map(trial -> trial.result().epochs()).toList());
    }
    return tree;
  }

  /** The number of the paper, if it has one. */
  private Optional<Double> printed(ReproducedLine line, String metric) {
    int m = reproduction.table().metrics().indexOf(metric);
    return reproduction
        .dataset()
        .flatMap(dataset -> reproduction.table().printed(dataset, line.line().label()))
        .map(numbers -> numbers[m]);
  }

  /** The heading of {@link #cells}. */
  public List<String> heading() {
    List<String> heading = new ArrayList<>(List.of("line"));
    for (String metric : reproduction.table().metrics()) {
      heading.add(metric);
      if (reproduction.seeds().size() > 1) {
        heading.add("+-");
      }
      if (reproduction.dataset().isPresent()) {
        heading.add("printed");
      }
    }
    return heading;
  }

  /** The table, a list of texts for each line. */
  public List<List<String>> cells() {
    List<List<String>> cells = new ArrayList<>();
    for (ReproducedLine line : lines) {
      List<String> row = new ArrayList<>(List.of(line.line().label()));
      for (String metric : reproduction.table().metrics()) {
        row.add(line.refusal().isPresent() ? "not run" : number(line.mean(metric)));
        if (reproduction.seeds().size() > 1) {
          row.add(line.refusal().isPresent() ? "" : number(line.deviation(metric)));
        }
        if (reproduction.dataset().isPresent()) {
          row.add(printed(line, metric).map(ReproductionDocument::number).orElse(""));
        }
      }
      cells.add(row);
    }
    return cells;
  }

  /** A page to read. */
  public String markdown() {
    PublishedTable table = reproduction.table();
    StringBuilder page = new StringBuilder();
    page.append("# ").append(table.paper()).append(' ').append(table.name()).append("\n\n");
    page.append(table.title()).append(".\n\n");
    appendRow(page, heading());
    appendRow(page, heading().stream().map(cell -> cell.equals("line") ? "---" : "---:").toList());
    cells().forEach(row -> appendRow(page, row));
    page.append('\n');
    if (reproduction.seeds().size() > 1) {
      page.append("`+-` is the standard deviation over ")
          .append(reproduction.seeds().size())
          .append(" seeds. ");
    }
    reproduction
        .dataset()
        .ifPresent(
            dataset ->
                page.append("`printed` is what the paper has for ").append(dataset).append(". "));
    page.append("Data ")
        .append(protocol.dataFingerprint(), 0, 16)
        .append(", protocol ")
        .append(protocol.fingerprint(), 0, 16)
        .append(".\n\nHow it was read:\n\n");
    table.readings().forEach(reading -> page.append("- ").append(reading).append('\n'));
    page.append("\nWhat was run:\n\n");
    for (ReproducedLine line : lines) {
      page.append("- ")
          .append(line.line().label())
          .append(": `")
          .append(line.line().method())
          .append('`');
      reproduction
          .options(line.line())
          .forEach((name, value) -> page.append(' ').append(name).append('=').append(value));
      line.refusal().ifPresent(reason -> page.append(". Not run: ").append(reason));
      page.append('\n');
    }
    return page.toString();
  }

  private static void appendRow(StringBuilder page, List<String> cells) {
    page.append("| ").append(String.join(" | ", cells)).append(" |\n");
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }
}
