package dev.tamis.cli;

import dev.tamis.eval.samplers.GradientError;
import dev.tamis.eval.samplers.SamplerReport;
import dev.tamis.eval.samplers.SamplerTimes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What was measured of samplers, as rows of cells: a heading, then a row a sampler. */
final class SamplersTables {
  private SamplersTables() {}

  /** How near the law is to the softmax, and what is drawn in vain. */
  static List<String[]> law(ProbedModel model) {
    List<String[]> rows = new ArrayList<>();
    rows.add(new String[] {"sampler", "KL", "10 %", "90 %", "of draws", "surplus", "trials"});
    for (ProbedModel.Probed probed : model.samplers()) {
      SamplerReport report = probed.report();
      rows.add(
          new String[] {
            probed.sampler().name(),
            fixed(3, report.divergence().mean()),
            fixed(3, report.divergence().low()),
            fixed(3, report.divergence().high()),
            fixed(3, report.drawnDivergence().mean()),
            fixed(3, report.surplus()),
            fixed(3, report.trials().mean())
          });
    }
    return rows;
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
