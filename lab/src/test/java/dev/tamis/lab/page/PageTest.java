package dev.tamis.lab.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PageTest {
  /** The library is what was published under its version, to the byte. */
  @ParameterizedTest
  @CsvSource({
    "uPlot.iife.min.js, 19c8d4c6ad88929a79f4ae49d6f7161566dfd0ba3d15cc495e974f787eb78f1f",
    "uPlot.min.css, df630c6a8d6f8eeaff264b50f73ce5b114f646ffd9a0bb74f049b0a00135fa04",
    "LICENSE, 8f989229699b4fe2f1a0432d0e9edc338a8a911e250e2d1b01ecd770a5f5b1bd"
  })
  void chartLibraryIsAsPublished(String file, String sha256) throws NoSuchAlgorithmException {
    byte[] digest =
        MessageDigest.getInstance("SHA-256")
            .digest(
                Page.resource(Page.class, "uplot-1.6.32/" + file).getBytes(StandardCharsets.UTF_8));
    assertThat(HexFormat.of().formatHex(digest)).isEqualTo(sha256);
  }

  /** No text can be taken for a tag, a place of the template or the end of the script. */
  @Test
  void textsStayTexts() {
    String wild = "</script><b>&{document}\u202e";
    String html =
        new Page()
            .element("h2", wild)
            .table(List.of(new String[] {"a"}, new String[] {wild}))
            .html(wild, Map.of("name", wild), "");
    assertThat(html).doesNotContain("<b>");
    assertThat(html).contains("<td>&lt;/script&gt;&lt;b&gt;&amp;{document}\\u202e</td>");
    assertThat(html.split("</script>", -1)).hasSize(4);
  }
}
