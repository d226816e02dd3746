package dev.tamis.cli;

import dev.tamis.eval.samplers.DrawnDivergence;
import dev.tamis.eval.samplers.GradientError;
import dev.tamis.eval.samplers.SamplerReport;
import dev.tamis.eval.samplers.SamplerTimes;
import dev.tamis.eval.samplers.Spread;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** What was measured of samplers, as rows of cells: a heading, then a row a sampler. */
final class SamplersTables {
  private SamplersTables() {}

  /** How near the law is to the softmax, and what is drawn in vain. */
  static List<String[]> law(ProbedModel model) {
    List<String[]> rows = new ArrayList<>();
    rows.add(
        new String[] {"sampler", "KL", "10 %", "50 %", "90 %", "of draws", "surplus", "trials"});
    for (ProbedModel.Probed probed : model.samplers()) {
      SamplerReport report = probed.report();
      Spread divergence = report.divergence();
      rows.add(
          new String[] {
            probed.sampler().name(),
            fixed(3, divergence.mean()),
            fixed(3, divergence.low()),
            fixed(3, divergence.median()),
            fixed(3, divergence.high()),
            fixed(3, report.drawnMost().spread().mean()),
            fixed(3, report.drawnMost().surplus()),
            fixed(3, report.trials().mean())
          });
    }
    return rows;
  }

  /** The divergence of what was drawn, a column for each number of draws. */
  static List<String[]> draws(ProbedModel model) {
    List<String[]> rows = new ArrayList<>();
    for (ProbedModel.Probed probed : model.samplers()) {
      List<String> heading = new ArrayList<>(List.of("sampler"));
      List<String> row = new ArrayList<>(List.of(probed.sampler().name()));
      for (DrawnDivergence drawn : probed.report().drawn()) {
        heading.add("KL@" + drawn.draws());
        row.add(fixed(3, drawn.spread().mean()));
      }
      if (rows.isEmpty()) {
        rows.add(heading.toArray(String[]::new));
      }
      rows.add(row.toArray(String[]::new));
    }
    return rows;
  }

  /** The divergence of the law, a column for each value of the swept option. */
  static List<String[]> swept(ProbedModel.Swept swept) {
    List<String[]> rows = new ArrayList<>();
    rows.add(heading(swept));
    swept
        .samplers()
        .forEach(
            (name, values) -> {
              List<String> row = new ArrayList<>(List.of(name));
              values.forEach(
                  value ->
                      row.add(
                          value.map(v -> fixed(3, v.report().divergence().mean())).orElse("-")));
              rows.add(row.toArray(String[]::new));
            });
    return rows;
  }

  /** How long rows of draws took, a line a sampler and number of draws; empty without a clock. */
  static Optional<List<String[]>> sweptTimes(ProbedModel.Swept swept) {
    List<String[]> rows = new ArrayList<>();
    rows.add(heading(swept));
    swept
        .samplers()
        .forEach(
            (name, values) -> {
              for (int size : sizes(values)) {
                List<String> row = new ArrayList<>(List.of(name + "@" + size));
                values.forEach(
                    value -> row.add(value.map(v -> fixed(1, micros(v, size))).orElse("-")));
                rows.add(row.toArray(String[]::new));
              }
            });
    return rows.size() > 1 ? Optional.of(rows) : Optional.empty();
  }

  private static String[] heading(ProbedModel.Swept swept) {
    List<String> heading = new ArrayList<>(List.of("sampler"));
    swept.values().forEach(value -> heading.add(swept.option() + "=" + value));
    return heading.toArray(String[]::new);
  }

  private static SortedSet<Integer> sizes(List<Optional<ProbedModel.Probed>> values) {
    SortedSet<Integer> sizes = new TreeSet<>();
    values.forEach(
        value ->
            value
                .flatMap(ProbedModel.Probed::times)
                .ifPresent(times -> sizes.addAll(times.drawNanoseconds().keySet())));
    return sizes;
  }

  private static double micros(ProbedModel.Probed probed, int size) {
    return probed.times().orElseThrow().drawNanoseconds().get(size) * size / 1000;
  }

  /** Bias and spread of gradients, a column for each number of drawn items. */
  static List<String[]> gradients(ProbedModel model, List<Integer> sizes) {
    List<String[]> rows = new ArrayList<>();
    List<String> heading = new ArrayList<>(List.of("sampler"));
    sizes.forEach(size -> heading.add("bias@" + size));
    sizes.forEach(size -> heading.add("spread@" + size));
    rows.add(heading.toArray(String[]::new));
    for (ProbedModel.Probed probed : model.samplers()) {
      List<GradientError> gradients = probed.report().gradients();
      List<String> row = new ArrayList<>(List.of(probed.sampler().name()));
      if (gradients.isEmpty()) {
        row.addAll(Collections.nCopies(2 * sizes.size(), "-"));
      }
      gradients.forEach(gradient -> row.add(fixed(3, gradient.bias())));
      gradients.forEach(gradient -> row.add(fixed(3, gradient.spread())));
      rows.add(row.toArray(String[]::new));
    }
    return rows;
  }

  /** What must be known of samplers that draw from pools, if there are any. */
  static Optional<String> pools(ProbedModel model) {
    List<String> names =
        model.samplers().stream()
            .filter(probed -> probed.report().givenPool())
            .map(probed -> probed.sampler().name())
            .toList();
    return names.isEmpty()
        ? Optional.empty()
        : Optional.of(
            String.join(", ", names)
                + ": measured on each user's pool as it is; most of this divergence is the pool's"
                + " size");
  }

  /** How long draws and refreshes took; empty if nobody looked at the clock. */
  static List<String[]> times(ProbedModel model) {
    List<String[]> rows = new ArrayList<>();
    for (ProbedModel.Probed probed : model.samplers()) {
      if (probed.times().isEmpty()) {
        continue;
      }
      SamplerTimes times = probed.times().get();
      List<String> heading = new ArrayList<>(List.of("sampler"));
      List<String> row = new ArrayList<>(List.of(probed.sampler().name()));
      times
          .drawNanoseconds()
          .forEach(
              (size, nanoseconds) -> {
                heading.add("ns@" + size);
                row.add(fixed(1, nanoseconds));
              });
      heading.add("refresh ms");
      row.add(fixed(1, times.refreshMilliseconds()));
      if (rows.isEmpty()) {
        rows.add(heading.toArray(String[]::new));
      }
      rows.add(row.toArray(String[]::new));
    }
    return rows;
  }

  /** Rows as lines of text. */
  static List<String> lines(List<String[]> rows) {
    TextTable table = new TextTable();
    rows.forEach(table::row);
    return table.lines();
  }

  private static String fixed(int digits, double value) {
    return String.format(Locale.ROOT, "%." + digits + "f", value);
  }
}
