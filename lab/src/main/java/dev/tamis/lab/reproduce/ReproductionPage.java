package dev.tamis.lab.reproduce;

import dev.tamis.config.Version;
import dev.tamis.lab.page.Page;
import java.util.ArrayList;
import java.util.List;

/**
 * A reproduction as one page: its tables, and for each metric a chart of ours beside the printed
 * numbers, or of curves where the paper draws them. It has no times in it.
 */
public final class ReproductionPage {
  private ReproductionPage() {}

  /** The page. */
  public static String of(Reproduction reproduction, ReproductionDocument document) {
    PublishedTable table = reproduction.table();
    Page page = new Page();
    page.raw("<p class=\"verdict\">" + Page.text(table.title()) + ".</p>");
    page.quiet("Tamis " + Version.current() + ".");
    document.remarks().forEach(remark -> page.quiet(remark.replace("`", "")));
    page.raw("<noscript><p>The charts need scripts; the tables do not.</p></noscript>");
    for (int metric = 0; metric < table.metrics().size(); metric++) {
      page.chart("metric", metric);
    }
    page.element("h2", "Table");
    List<String[]> rows = new ArrayList<>();
    rows.add(document.heading().toArray(String[]::new));
    document.cells().forEach(cells -> rows.add(cells.toArray(String[]::new)));
    page.table(rows);
    if (!document.activity().isEmpty()) {
      page.element("h2", "By how active users are").chart("activity", 0);
      page.table(document.activity().stream().map(row -> row.toArray(String[]::new)).toList());
    }
    page.element("h2", "How it was read").raw("<ul>");
    table.readings().forEach(reading -> page.element("li", reading));
    page.raw("</ul>").element("h2", "What was run").raw("<ul>");
    for (List<String> run : document.runs()) {
      page.raw("<li>" + Page.text(run.get(0)) + ": ");
      page.element("code", run.get(1) + run.get(2)).element("strong", run.get(3)).raw("</li>");
    }
    page.raw("</ul>");
    return page.html(
        table.paper() + " " + table.name(),
        document.tree(),
        Page.resource(ReproductionPage.class, "reproduction.js"));
  }
}
