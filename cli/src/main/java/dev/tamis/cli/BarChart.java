package dev.tamis.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A chart of horizontal bars in text. */
final class BarChart {
  private static final String EIGHTHS = " ▏▎▍▌▋▊▉";

  private BarChart() {}

  /** A line a value: its name, a bar of at most {@code width} cells, the value. */
  static List<String> lines(Map<String, Double> values, int width) {
    double largest = values.values().stream().mapToDouble(Double::doubleValue).max().orElse(0);
    int names = values.keySet().stream().mapToInt(String::length).max().orElse(0);
    List<String> lines = new ArrayList<>();
    values.forEach(
        (name, value) ->
            lines.add(
                String.format(
                    Locale.ROOT,
                    "  %-" + Math.max(1, names) + "s  %s %.4f",
                    name,
                    bar(largest > 0 ? value / largest : 0, width),
                    value)));
    return lines;
  }

  /** A bar over a fraction of the width, to an eighth of a cell. */
  private static String bar(double fraction, int width) {
    int eighths = (int) Math.round(Math.max(0, fraction) * width * 8);
    String full = "█".repeat(eighths / 8);
    return eighths % 8 == 0 ? full : full + EIGHTHS.charAt(eighths % 8);
  }
}
