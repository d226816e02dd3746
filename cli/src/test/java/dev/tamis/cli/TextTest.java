package dev.tamis.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tamis.lab.page.Json;
import dev.tamis.lab.page.Sizes;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What tables, bars, JSON, sizes and durations look like. */
class TextTest {
  @Test
  void columnsOfNumbersAreAlignedToTheRightAndOthersToTheLeft() {
    List<String> lines =
        new TextTable().row("name", "value").row("a", "9.50").row("long name", "123.00").lines();
    assertThat(lines)
        .containsExactly(
            "  name        value", //
            "  a            9.50",
            "  long name  123.00");
  }

  @Test
  void theLastColumnOfATableOfHelpIsBrokenBetweenWords() {
    String text = "words ".repeat(20).strip() + "\nnext";
    List<String> lines =
        HelpLayout.table(List.of(new String[] {"a", "1", text}, new String[] {"longer", "2", "x"}));
    assertThat(lines)
        .containsExactly(
            "  a       1  " + "words ".repeat(14).strip(),
            "               " + "words ".repeat(6).strip(),
            "             next",
            "  longer  2  x");
  }

  @Test
  void anIdCannotSteerTheTerminal() {
    List<String> lines = new TextTable().row("\u001b[2Jevil\r\n", "x\u202ey").lines();
    assertThat(lines.get(0)).contains("\\u001b[2Jevil\\u000d\\u000a", "x\\u202ey");
  }

  @Test
  void theLargestBarFillsTheWidth() {
    Map<String, Double> values = new LinkedHashMap<>();
    values.put("a", 0.1);
    values.put("bb", 0.4);
    assertThat(BarChart.lines(values, 8))
        .containsExactly("  a   ██ 0.1000", "  bb  ████████ 0.4000");
  }

  @Test
  void barsOfNothingButZeroAreEmpty() {
    assertThat(BarChart.lines(Map.of("a", 0.0), 8)).containsExactly("  a   0.0000");
  }

  @Test
  void jsonKeepsOrderAndEscapesWhatItMust() {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("z", "quote \" and \u0001");
    tree.put("a", List.of(1, 2.5, 0.1f, true));
    tree.put("none", null);
    tree.put("empty", Optional.empty());
    tree.put("nan", Double.NaN);
    tree.put("infinite", Float.NEGATIVE_INFINITY);
    assertThat(Json.write(tree))
        .isEqualTo(
            "{\"z\":\"quote \\\" and \\u0001\",\"a\":[1,2.5,0.1,true],\"none\":null,"
                + "\"empty\":null,\"nan\":null,\"infinite\":null}");
  }

  @Test
  void sizesReadBackAsTheyArePrinted() {
    assertThat(Sizes.parse("--max-memory", "512M")).isEqualTo(512L << 20);
    assertThat(Sizes.parse("--max-memory", "1.5 GiB")).isEqualTo(3L << 29);
    assertThat(Sizes.parse("--max-memory", "100")).isEqualTo(100);
    assertThat(Sizes.text(3L << 29)).isEqualTo("1.5 GiB");
    assertThat(Sizes.text(100)).isEqualTo("100 B");
    for (String bad : Arrays.asList("", "much", "-1G", "0", "1e99T", "NaN")) {
      assertThatThrownBy(() -> Sizes.parse("--max-memory", bad))
          .as(bad)
          .hasMessageContaining("--max-memory must be an amount of memory");
    }
  }

  @Test
  void durationsAreSaidAsPeopleSayThem() {
    assertThat(Progress.duration(8.2)).isEqualTo("8 s");
    assertThat(Progress.duration(200)).isEqualTo("3 min 20 s");
    assertThat(Progress.duration(7500)).isEqualTo("2 h 5 min");
  }
}
