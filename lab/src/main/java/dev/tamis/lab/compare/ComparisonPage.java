package dev.tamis.lab.compare;

import dev.tamis.config.Version;
import dev.tamis.lab.Protocol;
import dev.tamis.lab.TrialKey;
import dev.tamis.lab.page.Page;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A comparison as one page: tables in the page itself, charts drawn from its JSON. */
public final class ComparisonPage {
  private ComparisonPage() {}

  /**
   * The page.
   *
   * @param notRun the trials that were asked for and have no result
   * @param times whether to tell times
   * @param document of the same, see {@link ComparisonDocument}
   */
  public static String of(
      Comparison comparison, List<NotRun> notRun, boolean times, Map<String, ?> document) {
    String metric = comparison.question().metric();
    TrialKey key = comparison.standings().get(0).contender().trials().get(0).key();
    Page page = new Page();
    comparison
        .verdict()
        .ifPresent(verdict -> page.raw("<p class=\"verdict\">" + Page.text(verdict) + ".</p>"));
    page.quiet(
        String.format(
            Locale.ROOT,
            "Tamis %s; %,d users measured; training data %s, protocol %s.",
            Version.current(),
            comparison.users(),
            key.data().substring(0, 12),
            key.protocol().substring(0, 12)));
    comparison.features().ifPresent(who -> page.quiet("Trained " + who + "."));
    page.raw("<noscript><p>The charts need scripts; the tables do not.</p></noscript>");
    notRun(page, notRun);
    page.element("h2", "Standings").chart("means", 0);
    page.table(ComparisonTables.standings(comparison, times));
    if (!comparison.pairs().isEmpty()) {
      page.element("h2", "Differences").chart("pairs", 0);
      page.table(ComparisonTables.pairs(comparison));
    }
    if (times) {
      page.element("h2", "Quality against time").chart("times", 0);
      page.quiet(
          "None is both as good and as quick as "
              + String.join(", ", comparison.pareto())
              + ". Times are of this machine.");
    }
    if (validated(comparison)) {
      page.element("h2", "Learning curves").chart("curves", 0);
    }
    page.quiet(
        "A click on a name in a legend takes its lines away; dragging over a chart enlarges it,"
            + " and a double click undoes that.");
    page.element("h2", "For whom, and for which items").raw("<div class=\"pair\">");
    page.chart("activity", 0).chart("popularity", 0).raw("</div>");
    page.element("h3", metric + " by known items of a user");
    page.table(ComparisonTables.slices(comparison, Standing::byActivity));
    page.element("h3", "recall@" + Protocol.cutOff(metric) + " by users of an item");
    page.table(ComparisonTables.slices(comparison, Standing::byPopularity));
    page.element("h2", "All metrics").table(ComparisonTables.metrics(comparison));
    page.element("h2", "What was run").table(runs(comparison));
    comparison.ranked().forEach(standing -> options(page, standing));
    page.raw(
        Page.fill(
            Page.resource(ComparisonPage.class, "comparison.html"),
            Map.of("metric", Page.text(metric))));
    return page.html(
        "Comparison by " + metric, document, Page.resource(ComparisonPage.class, "comparison.js"));
  }

  /** Whether any training was validated more than once. */
  private static boolean validated(Comparison comparison) {
    return comparison.standings().stream()
        .flatMap(standing -> standing.contender().trials().stream())
        .anyMatch(
            trial ->
                trial.result().curve().stream().filter(e -> !e.validation().isEmpty()).count() > 1);
  }

  private static void notRun(Page page, List<NotRun> notRun) {
    if (!notRun.isEmpty()) {
      page.element("h2", "Not run");
      List<String[]> rows = new ArrayList<>();
      rows.add(new String[] {"", "seed", "why"});
      for (NotRun trial : notRun) {
        rows.add(new String[] {trial.contender(), Long.toString(trial.seed()), trial.reason()});
      }
      page.table(rows);
    }
  }

  private static List<String[]> runs(Comparison comparison) {
    List<String[]> rows = new ArrayList<>();
    rows.add(new String[] {"", "method", "seeds", "epochs kept"});
    for (Standing standing : comparison.ranked()) {
      List<String> seeds = new ArrayList<>();
      List<String> epochs = new ArrayList<>();
      standing
          .contender()
          .trials()
          .forEach(
              trial -> {
                seeds.add(Long.toString(trial.key().seed()));
                epochs.add(Integer.toString(trial.result().epochs()));
              });
      TrialKey key = standing.contender().trials().get(0).key();
      rows.add(
          new String[] {
            standing.name(), key.method(), String.join(", ", seeds), String.join(", ", epochs)
          });
    }
    return rows;
  }

  private static void options(Page page, Standing standing) {
    List<String> options = new ArrayList<>();
    standing
        .contender()
        .trials()
        .get(0)
        .key()
        .options()
        .forEach((name, value) -> options.add(name + "=" + value));
    if (!options.isEmpty()) {
      page.quiet(standing.name() + ": " + String.join(", ", options));
    }
  }
}
