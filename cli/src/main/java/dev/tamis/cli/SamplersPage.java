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
                "version", Page.text(Version.current()),
                "seed", Long.toString(options.seed()),
                "draws", count(options.draws()),
                "replicates", count(options.replicates()))));
    for (int m = 0; m < models.size(); m++) {
      section(page, models.get(m), m, options.sizes());
    }
    return page.raw(parts[1])
        .html("Samplers of negatives", document, Page.resource(SamplersPage.class, "samplers.js"));
  }

  private static void section(Page page, ProbedModel model, int number, List<Integer> sizes) {
    page.raw("<section>").element("h2", model.title());
    page.raw(
        "<p>"
            + count(model.users())
            + " of "
            + count(model.allUsers())
            + " users, "
            + count(model.items())
            + " items.</p>");
    page.chart("cumulative", number);
    page.element("h3", "Divergence from the softmax").table(SamplersTables.law(model));
    SamplersTables.pools(model).ifPresent(page::quiet);
    page.element("h3", "Gradients").raw("<div class=\"pair\">");
    page.chart("bias", number).chart("spread", number).raw("</div>");
    page.table(SamplersTables.gradients(model, sizes));
    List<String[]> times = SamplersTables.times(model);
    if (!times.isEmpty()) {
      page.element("h3", "Times on this machine, not reproducible");
      page.chart("times", number).table(times);
    }
    page.raw("</section>");
  }

  private static String count(int number) {
    return String.format(Locale.ROOT, "%,d", number);
  }
}
