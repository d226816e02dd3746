package dev.tamis.lab.reproduce;

import dev.tamis.lab.Protocol;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a reproduction found, or has found so far: as a tree for JSON, as a page of Markdown, and as
 * rows of cells. None has times in it, so all are the same on every run.
 */
public final class ReproductionDocument {
  private final Reproduction reproduction;
  private final Protocol protocol;
  private final String parted;
  private final List<ReproducedLine> lines;
  private final List<ActivityPart> parts; // none where users are not looked at by activity

  /**
   * @param protocol what the lines were run on
   * @param parted how data were parted, for example "random:0.8, seed 1"
   * @param lines what {@link Reproduction#run} gave, or has done so far
   */
  public ReproductionDocument(
      Reproduction reproduction, Protocol protocol, String parted, List<ReproducedLine> lines) {
    this.reproduction = reproduction;
    this.protocol = protocol;
    this.parted = parted;
    this.lines = List.copyOf(lines);
    this.parts =
        reproduction.table().byActivity()
            ? ActivityPart.of(
                lines,
                reproduction.table().metrics().get(0),
                protocol.data().test().orElseThrow().input())
            : List.of();
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
    tree.put("split", parted);
    tree.put("pairs", pairs());
    tree.put("data", protocol.dataFingerprint());
    tree.put("protocol", protocol.fingerprint());
    tree.put("metrics", table.metrics());
    tree.put("readings", table.readings());
    tree.put("lines", lines.stream().map(this::tree).toList());
    tree.put("not_finished", notFinished());
    if (!parts.isEmpty()) {
      tree.put("by_activity", parts.stream().map(ReproductionDocument::tree).toList());
    }
    return tree;
  }

  private static Map<String, Object> tree(ActivityPart part) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("fewest_items", part.fewest());
    tree.put("most_items", part.most());
    tree.put("users", part.users());
    List<Map<String, Object>> estimates = new ArrayList<>();
    for (ActivityPart.Estimate estimate : part.estimates()) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("label", estimate.label());
      one.put("mean", estimate.mean());
      one.put("standard_error", estimate.standardError());
      estimates.add(one);
    }
    tree.put("lines", estimates);
    List<Map<String, Object>> tests = new ArrayList<>();
    for (ActivityPart.Test test : part.tests()) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("a", test.a());
      one.put("b", test.b());
      one.put("difference", test.difference());
      one.put("p_over_users", test.flipsP());
      one.put("p_over_users_and_seeds", test.bothP().orElse(null));
      one.put("p_corrected", test.corrected());
      tests.add(one);
    }
    tree.put("tests", tests);
    return tree;
  }

  private Map<String, Object> tree(ReproducedLine line) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("label", line.line().label());
    tree.put("method", line.line().method());
    tree.put("options", reproduction.options(line.line()));
    line.line()
        .point()
        .ifPresent(
            point -> {
              Map<String, Object> place = new LinkedHashMap<>();
              place.put("curve", point.curve());
              place.put("option", point.option());
              place.put("value", point.value());
              tree.put("point", place);
            });
    line.refusal().ifPresent(reason -> tree.put("not_run", reason));
    Map<String, Object> metrics = new LinkedHashMap<>();
    for (String metric : reproduction.table().metrics()) {
      Map<String, Object> values = new LinkedHashMap<>();
      values.put("mean", line.mean(metric)); // not a number where it was not run: null
      values.put("deviation", line.deviation(metric));
      values.put("printed", printed(line, metric));
      metrics.put(metric, values);
    }
    tree.put("metrics", metrics);
    tree.put("epochs", line.trials().stream().map(trial -> trial.result().epochs()).toList());
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

  /** The labels of the lines that were asked for and are not here. */
  private List<String> notFinished() {
    return reproduction.table().lines(reproduction.labels()).stream()
        .map(PublishedTable.Line::label)
        .skip(lines.size())
        .toList();
  }

  /** In sentences: what the numbers are, and where this is less than the whole table. */
  List<String> remarks() {
    PublishedTable table = reproduction.table();
    List<String> remarks = new ArrayList<>();
    if (!notFinished().isEmpty()) {
      remarks.add(
          "Not finished: "
              + String.join(", ", notFinished())
              + ". The same command goes on with them.");
    }
    List<String> labels = reproduction.labels();
    if (!labels.isEmpty() && labels.size() < table.lines().size()) {
      remarks.add(
          "Left out: "
              + String.join(
                  ", ",
                  table.lines().stream()
                      .map(PublishedTable.Line::label)
                      .filter(label -> !labels.contains(label))
                      .toList())
              + ".");
    }
    reproduction
        .epochs()
        .ifPresent(
            epochs -> remarks.add("Trained for " + epochs + " epochs, whatever the table says."));
    if (reproduction.seeds().size() > 1) {
      remarks.add("`+-` is the standard deviation over " + reproduction.seeds().size() + " seeds.");
    }
    reproduction
        .dataset()
        .ifPresent(dataset -> remarks.add("`printed` is what the paper has for " + dataset + "."));
    protocol
        .negatives()
        .ifPresent(
            rows -> {
              remarks.add(
                  "%,d items to find, each against %,d to %,d given negatives."
                      .formatted(rows.size(), rows.leastNegatives(), rows.mostNegatives()));
              rows.flaws()
                  .forEach(
                      (flaw, count) ->
                          remarks.add(
                              "Of the given negatives' file: %s %,d.".formatted(flaw, count)));
            });
    remarks.add(sizes());
    protocol
        .data()
        .validation()
        .ifPresent(
            heldOut ->
                remarks.add(
                    "The epoch that was best on validation data by "
                        + protocol.metric()
                        + " was kept."));
    remarks.add(
        "Data %s, protocol %s."
            .formatted(
                protocol.dataFingerprint().substring(0, 16),
                protocol.fingerprint().substring(0, 16)));
    return remarks;
  }

  /** How many pairs each part of the data has. */
  private Map<String, Integer> pairs() {
    Map<String, Integer> pairs = new LinkedHashMap<>();
    pairs.put("train", protocol.data().train().size());
    protocol.data().validation().ifPresent(part -> pairs.put("validation", part.target().size()));
    protocol.data().test().ifPresent(part -> pairs.put("test", part.target().size()));
    return pairs;
  }

  private String sizes() {
    List<String> parts = new ArrayList<>();
    pairs().forEach((part, size) -> parts.add("%,d of %s".formatted(size, part)));
    return "%,d users, %,d items; pairs by %s: %s."
        .formatted(
            protocol.data().train().userCount(),
            protocol.data().train().itemCount(),
            parted,
            String.join(", ", parts));
  }

  /** What was run: label, method with options, and why it was not run if so. */
  List<List<String>> runs() {
    return lines.stream()
        .map(
            line -> {
              StringBuilder options = new StringBuilder();
              reproduction
                  .options(line.line())
                  .forEach((name, value) -> options.append(' ').append(name + "=" + value));
              return List.of(
                  line.line().label(),
                  line.line().method(),
                  options.toString(),
                  line.refusal().map(reason -> "Not run: " + reason).orElse(""));
            })
        .toList();
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

  /**
   * The first metric by how active users are: a heading, then a row a part; empty for tables that
   * are not so.
   */
  public List<List<String>> activity() {
    List<List<String>> rows = new ArrayList<>();
    for (ActivityPart part : parts) {
      List<String> heading = new ArrayList<>(List.of("known items", "users"));
      List<String> row =
          new ArrayList<>(List.of(part.items(), String.format(Locale.ROOT, "%,d", part.users())));
      for (ActivityPart.Estimate estimate : part.estimates()) {
        heading.addAll(List.of(estimate.label(), "s.e."));
        row.addAll(List.of(number(estimate.mean()), number(estimate.standardError())));
      }
      for (ActivityPart.Test test : part.tests()) {
        heading.addAll(List.of(test.a() + " - " + test.b(), "p"));
        row.add(number(test.difference()) + test.stars());
        row.add(number(test.corrected()));
      }
      if (rows.isEmpty()) {
        rows.add(heading);
      }
      rows.add(row);
    }
    return rows;
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
    List<List<String>> byActivity = activity();
    if (!byActivity.isEmpty()) {
      appendRow(page, byActivity.get(0));
      appendRow(page, byActivity.get(0).stream().map(cell -> "---:").toList());
      byActivity.subList(1, byActivity.size()).forEach(row -> appendRow(page, row));
      page.append('\n');
    }
    page.append(String.join(" ", remarks())).append("\n\nHow it was read:\n\n");
    table.readings().forEach(reading -> page.append("- ").append(reading).append('\n'));
    page.append("\nWhat was run:\n\n");
    for (List<String> run : runs()) {
      page.append("- " + run.get(0) + ": `" + run.get(1) + "`" + run.get(2));
      page.append(run.get(3).isEmpty() ? "\n" : ". " + run.get(3) + "\n");
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
