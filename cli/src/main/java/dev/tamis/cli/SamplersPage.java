package dev.tamis.cli;

import dev.tamis.config.Version;
import dev.tamis.eval.samplers.ProbeOptions;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What {@code tamis samplers} found as one page: tables in the page itself, and charts that are
 * drawn from the same JSON that {@code --json} prints. It loads nothing from anywhere.
 */
final class SamplersPage {
  private static final String CHARTS = "uplot-1.6.32/";
  private static final Pattern PLACE = Pattern.compile("\\{([a-z-]+)}");

  private SamplersPage() {}

  static String of(ProbeOptions options, List<ProbedModel> models, Map<String, ?> document) {
    StringBuilder sections = new StringBuilder();
    for (int m = 0; m < models.size(); m++) {
      section(sections, models.get(m), m, options.sizes());
    }
    return fill(
        resource("samplers.html"),
        Map.ofEntries(
            Map.entry("version", text(Version.current())),
            Map.entry("seed", Long.toString(options.seed())),
            Map.entry("draws", count(options.draws())),
            Map.entry("replicates", count(options.replicates())),
            Map.entry("sections", sections.toString()),
            Map.entry("document", inScript(Json.write(document))),
            Map.entry("style", resource("samplers.css")),
            Map.entry("script", resource("samplers.js")),
            Map.entry("chart-style", resource(CHARTS + "uPlot.min.css")),
            Map.entry("chart-script", resource(CHARTS + "uPlot.iife.min.js")),
            Map.entry("chart-licence", resource(CHARTS + "LICENSE"))));
  }

  /** A template with a text in each of its places; what is put in is not looked into. */
  private static String fill(String template, Map<String, String> texts) {
    return PLACE
        .matcher(template)
        .replaceAll(place -> Matcher.quoteReplacement(texts.get(place.group(1))));
  }

  private static void section(
      StringBuilder page, ProbedModel model, int number, List<Integer> sizes) {
    page.append("<section>\n<h2>").append(text(model.title())).append("</h2>\n");
    page.append("<p>")
        .append(count(model.users()))
        .append(" of ")
        .append(count(model.allUsers()))
        .append(" users, ")
        .append(count(model.items()))
        .append(" items.</p>\n");
    chart(page, "cumulative", number);
    page.append("<h3>Divergence from the softmax</h3>\n");
    table(page, SamplersTables.law(model));
    SamplersTables.pools(model)
        .ifPresent(note -> page.append("<p class=\"quiet\">").append(text(note)).append("</p>\n"));
    page.append("<h3>Gradients</h3>\n");
    page.append("<div class=\"pair\">\n");
    chart(page, "bias", number);
    chart(page, "spread", number);
    page.append("</div>\n");
    table(page, SamplersTables.gradients(model, sizes));
    List<String[]> times = SamplersTables.times(model);
    if (!times.isEmpty()) {
      page.append("<h3>Times on this machine, not reproducible</h3>\n");
      chart(page, "times", number);
      table(page, times);
    }
    page.append("</section>\n");
  }

  private static void chart(StringBuilder page, String kind, int model) {
    page.append("<div class=\"chart\" data-chart=\"")
        .append(kind)
        .append("\" data-model=\"")
        .append(model)
        .append("\"></div>\n");
  }

  private static void table(StringBuilder page, List<String[]> rows) {
    page.append("<div class=\"wide\"><table>\n<thead>");
    row(page, "th scope=\"col\"", "th", rows.get(0));
    page.append("</thead>\n<tbody>\n");
    for (String[] cells : rows.subList(1, rows.size())) {
      row(page, "td", "td", cells);
    }
    page.append("</tbody>\n</table></div>\n");
  }

  private static void row(StringBuilder page, String open, String close, String[] cells) {
    page.append("<tr>");
    for (String cell : cells) {
      page.append('<').append(open).append('>').append(text(cell));
      page.append("</").append(close).append('>');
    }
    page.append("</tr>\n");
  }

  private static String count(int number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /** A text that cannot be taken for anything else in a page. */
  private static String text(String any) {
    return Visible.line(any)
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  /** JSON that cannot end the script that it stands in. */
  private static String inScript(String json) {
    return json.replace("<", "\\u003c");
  }

  private static String resource(String name) {
    try (InputStream in = SamplersPage.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("the program lacks its file " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
