package dev.tamis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tamis.lab.page.Page;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A page that a verb left. */
final class WrittenPage {
  private WrittenPage() {}

  /** What a page draws, once it is seen to load nothing and to have places for charts. */
  static JsonTree read(Path file, String... charts) {
    String html;
    try {
      html = Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    for (String chart : charts) {
      assertThat(html).contains("data-chart=\"" + chart + "\"");
    }
    String own = html.replace(Page.resource(Page.class, "uplot-1.6.32/uPlot.iife.min.js"), "");
    assertThat(own).doesNotContain("://", " src=", " href=", "@import", "url(", "fetch(");
    assertThat(own).contains("content=\"default-src 'none';").doesNotContain("{main}", "{style}");
    String data = html.split("<script type=\"application/json\" id=\"document\">")[1];
    return JsonTree.parse(data.substring(0, data.indexOf("</script>")));
  }
}
