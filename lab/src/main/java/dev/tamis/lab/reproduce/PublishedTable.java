package dev.tamis.lab.reproduce;

import dev.tamis.config.TamisException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A table, or a figure, of a paper: the methods with their options, how they are measured, and the
 * numbers that were printed.
 *
 * @param paper the short name of the paper, for example {@code pris}
 * @param name the name within the paper, for example {@code table-3}
 * @param title what it shows, one line
 * @param split how data are parted, as the paper does it; a {@code N} in it stands for a number
 *     that depends on the data; or {@link #GIVEN_NEGATIVES}
 * @param metrics what is printed, in this order
 * @param byActivity whether the first metric is shown by how active users are
 * @param lines what is run
 * @param printed the numbers of the paper: dataset, label of the line, one number a metric
 * @param readings what was read into the paper where it leaves room, or differs from its authors'
 *     code
 */
public record PublishedTable(
    String paper,
    String name,
    String title,
    String split,
    List<String> metrics,
    boolean byActivity,
    List<Line> lines,
    Map<String, Map<String, double[]>> printed,
    List<String> readings) {

  /** In place of a split: data are parted, and come with negatives for each item to find. */
  static final String GIVEN_NEGATIVES = "given-negatives";

  /**
   * One line of a table.
   *
   * @param label what the paper calls it, without commas: {@code --lines} has some between them
   * @param method the method's name
   * @param options what differs from the method's defaults
   * @param tuned the same for datasets on which the paper tunes: these are added to {@code options}
   * @param point where it stands on a curve, if the paper draws one
   */
  public record Line(
      String label,
      String method,
      SortedMap<String, String> options,
      Map<String, SortedMap<String, String>> tuned,
      Optional<Point> point) {
    /**
     * A point of a curve.
     *
     * @param curve what the paper calls the curve
     * @param option what changes along it
     * @param value of the option
     */
    public record Point(String curve, String option, String value) {}

    /** The options on a dataset; those that hold for all datasets if it is empty. */
    public SortedMap<String, String> on(Optional<String> dataset) {
      SortedMap<String, String> all = new TreeMap<>(options);
      dataset.map(tuned::get).ifPresent(all::putAll);
      return all;
    }
  }

  public PublishedTable {
    metrics = List.copyOf(metrics);
    lines = List.copyOf(lines);
    printed = Collections.unmodifiableMap(new LinkedHashMap<>(printed));
    readings = List.copyOf(readings);
  }

  /** Whether the item to find of each user is ranked against given negatives, as NCF does it. */
  public boolean givenNegatives() {
    return split.equals(GIVEN_NEGATIVES);
  }

  /**
   * What validation chooses the best epoch by: the first NDCG of the table, or its first metric.
   */
  public String choosing() {
    return metrics.stream()
        .filter(metric -> metric.startsWith("ndcg@"))
        .findFirst()
        .orElse(metrics.get(0));
  }

  /** The datasets of the paper, in its order. */
  public List<String> datasets() {
    return List.copyOf(printed.keySet());
  }

  /** What was printed for a line: one number a metric; empty if the paper has none. */
  public Optional<double[]> printed(String dataset, String label) {
    return Optional.ofNullable(printed.getOrDefault(dataset, Map.of()).get(label));
  }

  /**
   * The lines of these labels, in the order of the table; all of them if none is named.
   *
   * @throws TamisException of kind USAGE if there is no line of a label
   */
  public List<Line> lines(List<String> labels) {
    List<String> known = lines.stream().map(Line::label).toList();
    for (String label : labels) {
      if (!known.contains(label)) {
        throw TamisException.usage(
            "%s %s has no line '%s'; its lines are %s"
                .formatted(paper, name, label, String.join(", ", known)));
      }
    }
    return lines.stream().filter(l -> labels.isEmpty() || labels.contains(l.label())).toList();
  }

  /** Collects the lines of a table and what was printed for them. */
  static final class Builder {
    private final String paper;
    private final String name;
    private final String title;
    private final String split;
    private final List<String> metrics;
    private boolean byActivity;
    private final List<Line> lines = new ArrayList<>();
    private final Map<String, Map<String, double[]>> printed = new LinkedHashMap<>();
    private final List<String> readings = new ArrayList<>();

    Builder(String paper, String name, String title, String split, String... metrics) {
      this.paper = paper;
      this.name = name;
      this.title = title;
      this.split = split;
      this.metrics = List.of(metrics);
    }

    /** A line; options as {@code "name=value name=value"}. */
    Builder line(String label, String method, String options) {
      lines.add(new Line(label, method, options(options), Map.of(), Optional.empty()));
      return this;
    }

    /** A line that is a point of a curve, on which an option has a value besides the others. */
    Builder point(String curve, String method, String options, String option, String value) {
      String set = option + "=" + value;
      lines.add(
          new Line(
              curve + " " + set,
              method,
              options(options + " " + set),
              Map.of(),
              Optional.of(new Line.Point(curve, option, value))));
      return this;
    }

    /** A curve: lines that differ in the value of one option. */
    Builder sweep(String curve, String method, String options, String option, String... values) {
      for (String value : values) {
        point(curve, method, options, option, value);
      }
      return this;
    }

    /** Options that the last line has on a dataset besides. */
    Builder tuned(String dataset, String options) {
      Line line = lines.remove(lines.size() - 1);
      Map<String, SortedMap<String, String>> tuned = new LinkedHashMap<>(line.tuned());
      tuned.put(dataset, options(options));
      lines.add(new Line(line.label(), line.method(), line.options(), tuned, line.point()));
      return this;
    }

    /**
     * The numbers as printed. First the datasets with {@code |} between them; then line by line a
     * label and, for each dataset, one number a metric, or a dash for none.
     */
    Builder prints(String table) {
      List<String> rows = table.lines().filter(row -> !row.isBlank()).toList();
      String[] datasets = rows.get(0).split("\\|");
      for (String row : rows.subList(1, rows.size())) {
        String[] cells = row.split("\\|");
        for (int d = 1; d < cells.length; d++) {
          if (!cells[d].strip().equals("-")) {
            printed
                .computeIfAbsent(datasets[d].strip(), dataset -> new LinkedHashMap<>())
                .put(cells[0].strip(), numbers(cells[d]));
          }
        }
      }
      return this;
    }

    /** The first metric is shown by how active users are, too. */
    Builder byActivity() {
      byActivity = true;
      return this;
    }

    /** How a passage of the paper was read. */
    Builder reading(String sentence) {
      readings.add(sentence);
      return this;
    }

    PublishedTable build() {
      return new PublishedTable(
          paper, name, title, split, metrics, byActivity, lines, printed, readings);
    }

    private double[] numbers(String cell) {
      String[] texts = cell.strip().split("\\s+");
      if (texts.length != metrics.size()) {
        throw new IllegalArgumentException("'" + cell + "' has not one number for each metric");
      }
      double[] numbers = new double[texts.length];
      for (int i = 0; i < numbers.length; i++) {
        numbers[i] = Double.parseDouble(texts[i]);
      }
      return numbers;
    }

    private static SortedMap<String, String> options(String text) {
      SortedMap<String, String> options = new TreeMap<>();
      for (String option : text.strip().split("\\s+")) {
        if (!option.isEmpty()) {
          int equals = option.indexOf('=');
          options.put(option.substring(0, equals), option.substring(equals + 1));
        }
      }
      return options;
    }
  }
}
