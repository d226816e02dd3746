package dev.tamis.lab.tune;

import dev.tamis.config.Version;
import dev.tamis.lab.page.Page;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A search as one page: trials in their order with the best so far, the metric against each option,
 * and all trials, the best first. It has no times in it.
 */
public final class TuningPage {
  private TuningPage() {}

  /**
   * The page.
   *
   * @param tuning a search that was run
   * @param space what it went over
   * @param command what to type to train with the best options; empty if there are none
   */
  public static String of(Tuning tuning, Space space, Optional<String> command) {
    String metric = tuning.protocol().metric();
    Page page = new Page();
    page.raw("<p class=\"verdict\">" + Page.text(verdict(tuning, metric)) + "</p>");
    command.ifPresent(typed -> page.raw("<p><code>" + Page.text(typed) + "</code></p>"));
    page.quiet(
        String.format(
            Locale.ROOT,
            "Tamis %s; training data %s, protocol %s. Only validation data were looked at: the best"
                + " of many values is higher than what other data will show.",
            Version.current(),
            tuning.protocol().dataFingerprint().substring(0, 12),
            tuning.protocol().fingerprint().substring(0, 12)));
    if (!tuning.protocol().data().features().isEmpty()) {
      page.quiet("All trials are trained with features of items or users.");
    }
    if (tuning.wasCutShort()) {
      page.element(
          "p", "The budget ended before the search; the same command goes on where it is.");
    }
    page.raw("<noscript><p>The charts need scripts; the tables do not.</p></noscript>");
    page.chart("order", 0).raw("<div class=\"pair\">");
    for (int option = 0; option < space.dimensions().size(); option++) {
      page.chart("option", option);
    }
    page.raw("</div>").element("h2", "Trials, the best first").table(trials(tuning, space));
    failures(page, tuning);
    if (!tuning.fixed().isEmpty()) {
      List<String> fixed = new ArrayList<>();
      tuning.fixed().forEach((option, value) -> fixed.add(option + "=" + value));
      page.element("h2", "The same in all trials").quiet(String.join(", ", fixed));
    }
    return page.html(
        "Search of " + tuning.method().name() + " by " + metric,
        TuningDocument.tree(tuning, space, command, false),
        Page.resource(TuningPage.class, "tuning.js"));
  }

  private static String verdict(Tuning tuning, String metric) {
    return tuning
        .best()
        .map(
            best ->
                String.format(
                    Locale.ROOT,
                    "The best of %,d trials with a result has %s %.4f on the validation data.",
                    tuning.ranked().size(),
                    metric,
                    best.value(metric).getAsDouble()))
        .orElse("No trial has a result.");
  }

  private static List<String[]> trials(Tuning tuning, Space space) {
    boolean rounds = tuning.attempts().stream().anyMatch(attempt -> attempt.round() > 1);
    String metric = tuning.protocol().metric();
    List<String[]> rows = new ArrayList<>();
    List<String> heading = new ArrayList<>(List.of("trial", metric, "epochs"));
    if (rounds) {
      heading.add(0, "round");
    }
    heading.addAll(space.options());
    rows.add(heading.toArray(String[]::new));
    for (Attempt attempt : tuning.ranked()) {
      List<String> row =
          new ArrayList<>(
              Arrays.asList(
                  Integer.toString(attempt.candidate().number()),
                  String.format(Locale.ROOT, "%.4f", attempt.value(metric).getAsDouble()),
                  Integer.toString(attempt.trial().orElseThrow().result().epochs())));
      if (rounds) {
        row.add(0, Integer.toString(attempt.round()));
      }
      space.options().forEach(option -> row.add(attempt.candidate().options().get(option)));
      rows.add(row.toArray(String[]::new));
    }
    return rows;
  }

  private static void failures(Page page, Tuning tuning) {
    List<Attempt> failed =
        tuning.attempts().stream().filter(attempt -> attempt.failure().isPresent()).toList();
    if (failed.isEmpty()) {
      return;
    }
    page.element("h2", "Without a result").raw("<ul>");
    for (Attempt attempt : failed) {
      page.element("li", attempt.candidate().options() + ": " + attempt.failure().orElseThrow());
    }
    page.raw("</ul>");
  }
}
