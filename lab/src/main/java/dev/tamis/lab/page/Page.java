package dev.tamis.lab.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A page that is one file and loads nothing from anywhere: tables in the page itself, and charts
 * that uPlot draws from the page's own JSON. {@code charts.js} has what the charts of all pages
 * share; the script of a page says what is in each of its places for a chart.
 */
public final class Page {
  private static final String CHARTS = "uplot-1.6.32/";
  private static final Pattern PLACE = Pattern.compile("\\{([a-z-]+)}");

  private final StringBuilder main = new StringBuilder();

  /**
   * The whole page.
   *
   * @param document what the charts are drawn from
   * @param script of the page, which finds the document under its id
   */
  public String html(String title, Map<String, ?> document, String script) {
    return fill(
        resource(Page.class, "page.html"),
        Map.of(
            "title", text(title),
            "main", main.toString(),
            "document", Json.write(document).replace("<", "\\u003c"), // it cannot end its script
            "style", resource(Page.class, "page.css"),
            "script", resource(Page.class, "charts.js") + script,
            "chart-style", resource(Page.class, CHARTS + "uPlot.min.css"),
            "chart-script", resource(Page.class, CHARTS + "uPlot.iife.min.js"),
            "chart-licence", resource(Page.class, CHARTS + "LICENSE")));
  }

  /** Adds HTML as it is. */
  public Page raw(String html) {
    main.append(html).append('\n');
    return this;
  }

  /** Adds an element with a text in it. */
  public Page element(String name, String text) {
    return raw("<" + name + ">" + text(text) + "</" + name + ">");
  }

  /** Adds a paragraph in a quiet colour. */
  public Page quiet(String text) {
    return raw("<p class=\"quiet\">" + text(text) + "</p>");
  }

  /**
   * Adds a place for a chart.
   *
   * @param kind which chart of the page's script
   * @param of the number of what it shows, where there are several
   */
  public Page chart(String kind, int of) {
    return raw("<div class=\"chart\" data-chart=\"" + kind + "\" data-of=\"" + of + "\"></div>");
  }

  /** Adds a table: a row of headings, then rows. */
  public Page table(List<String[]> rows) {
    main.append("<div class=\"wide\"><table>\n<thead>");
    row("th scope=\"col\"", "th", rows.get(0));
    main.append("</thead>\n<tbody>\n");
    for (String[] cells : rows.subList(1, rows.size())) {
      row("td", "td", cells);
    }
    main.append("</tbody>\n</table></div>\n");
    return this;
  }

  private void row(String open, String close, String[] cells) {
    main.append("<tr>");
    for (String cell : cells) {
      main.append('<').append(open).append('>').append(text(cell));
      main.append("</").append(close).append('>');
    }
    main.append("</tr>\n");
  }

  /** A template with a text in each of its places; what is put in is not looked into. */
  public static String fill(String template, Map<String, String> texts) {
    return PLACE
        .matcher(template)
        .replaceAll(place -> Matcher.quoteReplacement(texts.get(place.group(1))));
  }

  /** A text that cannot be taken for anything else in a page. */
  public static String text(String any) {
    return Visible.line(any)
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  /** A file that stands beside a class. */
  public static String resource(Class<?> beside, String name) {
    try (InputStream in = beside.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("the program lacks its file " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
