package dev.tamis.lab.compare;

import dev.tamis.lab.page.Sizes;
import dev.tamis.lab.statistics.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** A comparison as rows of cells: a heading, then a row a contender or pair. */
public final class ComparisonTables {
  private ComparisonTables() {}

  /** The deciding metric, the best first. */
  public static List<String[]> standings(Comparison comparison, boolean times) {
    List<String[]> rows = new ArrayList<>();
    List<String> heading =
        new ArrayList<>(
            List.of("", comparison.question().metric(), "95% of users", "sd of seeds", "seeds"));
    if (times) {
      heading.addAll(List.of("train s", "measure s"));
    }
    heading.add("model");
    rows.add(heading.toArray(String[]::new));
    for (Standing standing : comparison.ranked()) {
      Estimate estimate = standing.metrics().get(comparison.question().metric());
      int seeds = standing.contender().trials().size();
      List<String> row = new ArrayList<>();
      row.add(standing.name());
      row.add(number(estimate.mean()));
      row.add(estimate.interval().map(ComparisonTables::interval).orElse("-"));
      row.add(seeds > 1 ? number(estimate.seedDeviation()) : "-");
      row.add(Integer.toString(seeds));
      if (times) {
        row.add(seconds(standing.trainSeconds()));
        row.add(seconds(standing.evaluateSeconds()));
      }
      row.add(Sizes.text(standing.modelBytes()));
      rows.add(row.toArray(String[]::new));
    }
    return rows;
  }

  /** The pairs that were tested. */
  public static List<String[]> pairs(Comparison comparison) {
    List<String[]> rows = new ArrayList<>();
    rows.add(
        new String[] {
          "", "verdict", "difference", "95% of users", "and of seeds", "p (Holm)", "detectable"
        });
    for (Pair pair : comparison.pairs()) {
      rows.add(
          new String[] {
            pair.a() + " - " + pair.b(),
            pair.better() ? "better" : pair.worse() ? "worse" : "cannot be told",
            signed(pair.difference()),
            interval(pair.ofUsers()),
            pair.ofBoth().map(both -> interval(both.interval(Question.CONFIDENCE))).orElse("-"),
            probability(pair.corrected()),
            pair.detectable().isPresent() ? number(pair.detectable().getAsDouble()) : "-"
          });
    }
    return rows;
  }

  /** Every metric that was measured, a column a contender. */
  public static List<String[]> metrics(Comparison comparison) {
    List<String[]> rows = new ArrayList<>();
    List<String> heading = new ArrayList<>(List.of("metric"));
    comparison.ranked().forEach(standing -> heading.add(standing.name()));
    rows.add(heading.toArray(String[]::new));
    for (String metric : comparison.standings().get(0).metrics().keySet()) {
      List<String> row = new ArrayList<>(List.of(metric));
      for (Standing standing : comparison.ranked()) {
        Estimate estimate = standing.metrics().get(metric);
        Optional<String> interval = estimate.interval().map(ComparisonTables::interval);
        row.add(number(estimate.mean()) + interval.map(text -> " " + text).orElse(""));
      }
      rows.add(row.toArray(String[]::new));
    }
    return rows;
  }

  /** A metric by parts of users or items, a column a part. */
  public static List<String[]> slices(
      Comparison comparison, Function<Standing, List<SliceEstimate>> of) {
    List<String[]> rows = new ArrayList<>();
    List<String> heading = new ArrayList<>(List.of(""));
    of.apply(comparison.standings().get(0))
        .forEach(
            slice ->
                heading.add(
                    slice.fewest() == slice.most()
                        ? Integer.toString(slice.most())
                        : slice.fewest() + " to " + slice.most()));
    rows.add(heading.toArray(String[]::new));
    for (Standing standing : comparison.ranked()) {
      List<String> row = new ArrayList<>(List.of(standing.name()));
      for (SliceEstimate slice : of.apply(standing)) {
        row.add(number(slice.mean()) + " ± " + number(slice.standardError()));
      }
      rows.add(row.toArray(String[]::new));
    }
    return rows;
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }

  private static String signed(double value) {
    return String.format(Locale.ROOT, "%+.4f", value);
  }

  private static String interval(Interval interval) {
    return "[" + number(interval.low()) + ", " + number(interval.high()) + "]";
  }

  private static String probability(double p) {
    return p < 0.001 ? "<0.001" : String.format(Locale.ROOT, "%.3f", p);
  }

  private static String seconds(double value) {
    return String.format(Locale.ROOT, value < 10 ? "%.2f" : "%.0f", value);
  }
}
