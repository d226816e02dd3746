package dev.tamis.cli;

import dev.tamis.config.Version;
import dev.tamis.eval.samplers.ProbeOptions;
import dev.tamis.lab.page.Page;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What {@code tamis samplers} found as one page: tables in the page itself, and charts that are
 * drawn from the same JSON that {@code --json} prints. It loads nothing from anywhere.
 */
final class SamplersPage {
  private SamplersPage() {}

  static String of(ProbeOptions options, List<ProbedModel> models, Map<String, ?> document) {
    String[] parts = Page.resource(SamplersPage.class, "samplers.html").split("\\{sections}\n");
    Page page = new Page();
    page.raw(
        Page.fill(
            parts[0],
            Map.of(
                "version",
                Page.text(Version.current()),
                "seed",
                Long.toString(options.seed()),
                "draws",
                count(options.mostDraws()),
                "gradients",
                options.sizes().isEmpty()
                    ? "no gradients"
                    : count(options.replicates()) + " estimates of each gradient")));
    for (int m = 0; m < models.size(); m++) {
      section(page, models.get(m), m, options);
    }
    return page.raw(parts[1])
        .html("Samplers of negatives", document, Page.resource(SamplersPage.class, "samplers.js"));
  }

  private static void section(Page page, ProbedModel model, int number, ProbeOptions options) {
    page.raw("<section>").element("h2", model.title());
    page.raw(
        "<p>"
            + count(model.users())
            + " of "
            + count(model.allUsers())
            + " users, "
            + count(model.items())
            + " items.</p>");
    page.element("h3", "Cumulative probability (FastVAE, figure 2)").chart("cumulative", number);
    page.element("h3", "Divergence from the softmax, by user (FastVAE, figure 4)");
    pair(page, "density", "density-of-draws", number).table(SamplersTables.law(model));
    SamplersTables.pools(model).ifPresent(page::quiet);
    if (options.draws().size() > 1) {
      page.element("h3", "Divergence by number of draws (FastVAE, figure 6)");
      page.chart("draws", number).table(SamplersTables.draws(model));
    }
    model.sweep().ifPresent(swept -> section(page, swept, number));
    if (!options.sizes().isEmpty()) {
      page.element("h3", "Gradients");
      pair(page, "bias", "spread", number).table(SamplersTables.gradients(model, options.sizes()));
    }
    List<String[]> times = SamplersTables.times(model);
    if (!times.isEmpty()) {
      page.element("h3", "Times on this machine, not reproducible (FastVAE, figure 3)");
      pair(page, "row-times", "times", number).table(times);
    }
    page.raw("</section>");
  }

  private static void section(Page page, ProbedModel.Swept swept, int number) {
    page.element("h3", "Divergence and time by " + swept.option() + " (FastVAE, figure 5)");
    page.chart("sweep", number).table(SamplersTables.swept(swept));
    SamplersTables.sweptTimes(swept)
        .ifPresent(
            rows -> {
              page.quiet("Microseconds for a row of so many draws, on this machine.");
              pair(page, "sweep-fewest", "sweep-most", number).table(rows);
            });
  }

  private static Page pair(Page page, String left, String right, int number) {
    return page.raw("<div class=\"pair\">").chart(left, number).chart(right, number).raw("</div>");
  }

  private static String count(int number) {
    return String.format(Locale.ROOT, "%,d", number);
  }
}
