package dev.tamis.lab.reproduce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tamis.config.Settings;
import dev.tamis.config.TamisException;
import dev.tamis.eval.MetricId;
import dev.tamis.method.Method;
import dev.tamis.method.Methods;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PublishedTablesTest {
  static List<PublishedTable> tables() {
    return PublishedTables.all();
  }

  @ParameterizedTest
  @MethodSource("tables")
  void everyLineIsAMethodWithOptionsThatGoTogether(PublishedTable table) {
    List<Optional<String>> datasets = new ArrayList<>(List.of(Optional.empty()));
    table.datasets().forEach(dataset -> datasets.add(Optional.of(dataset)));
    for (PublishedTable.Line line : table.lines()) {
      for (Optional<String> dataset : datasets) {
        Method<?> method = Methods.named(line.method());
        Settings settings = Settings.parse(line.label(), method.options(), line.on(dataset));
        assertThat(method.read(settings)).isNotNull();
      }
      assertThat(table.datasets()).containsAll(line.tuned().keySet());
    }
  }

  @ParameterizedTest
  @MethodSource("tables")
  void everyNumberBelongsToALineAndAMetric(PublishedTable table) {
    List<String> labels = table.lines().stream().map(PublishedTable.Line::label).toList();
    assertThat(new HashSet<>(labels)).hasSameSizeAs(labels);
    assertThat(labels).noneMatch(label -> label.contains(",")); // --lines has commas between them
    assertThat(table.metrics()).contains(table.choosing());
    if (!table.givenNegatives()) {
      table.metrics().forEach(metric -> assertThat(MetricId.parse(metric)).isNotNull());
    }
    for (Map<String, double[]> printed : table.printed().values()) {
      assertThat(labels).containsAll(printed.keySet());
      for (double[] numbers : printed.values()) {
        assertThat(numbers).hasSameSizeAs(table.metrics().toArray());
        for (double number : numbers) {
          assertThat(number).isBetween(0.01, 0.9);
        }
      }
    }
  }

  /** Against the papers, one number from the middle of each table. */
  @Test
  void numbersStandWhereThePapersHaveThem() {
    assertThat(PublishedTables.named("pris", "table-3").printed("gowalla", "CUJ").orElseThrow())
        .containsExactly(0.1720, 0.2822);
    assertThat(PublishedTables.named("pris", "3").printed("amazon", "Exact")).isEmpty();
    assertThat(PublishedTables.named("pris", "2").printed("movielens", "AOBPR").orElseThrow())
        .containsExactly(0.2623, 0.4780);
    assertThat(PublishedTables.named("adasir", "2").printed("yelp", "Kernel").orElseThrow())
        .containsExactly(0.0658, 0.1315);
    assertThat(PublishedTables.named("fast-vae", "2").printed("ml-10m", "SLIM").orElseThrow())
        .containsExactly(0.3053, 0.3611);
    assertThat(PublishedTables.named("mult-vae", "2").printed("msd", "CDAE").orElseThrow())
        .containsExactly(0.188, 0.283, 0.237);
    assertThat(PublishedTables.named("mult-vae", "2").printed("msd", "SLIM")).isEmpty();
    assertThat(PublishedTables.named("mult-vae", "3").printed("pinterest", "NCF").orElseThrow())
        .containsExactly(0.872, 0.551);
    assertThat(PublishedTables.named("xir", "2").printed("echonest", "G-Tower").orElseThrow())
        .containsExactly(0.1600, 0.1504);
  }

  @Test
  void whatIsNotThereIsRefusedWithWhatIs() {
    assertThatThrownBy(() -> PublishedTables.named("bpr", "2"))
        .isInstanceOf(TamisException.class)
        .hasMessageContaining("mult-vae, fast-vae, pris, adasir, xir");
    assertThatThrownBy(() -> PublishedTables.named("pris", "table-9"))
        .hasMessageContaining("table-2, table-3");
    assertThatThrownBy(() -> PublishedTables.named("pris", "3").lines(List.of("U", "UU")))
        .hasMessageContaining("no line 'UU'; its lines are U, P");
    assertThatThrownBy(
            () ->
                new Reproduction(
                    PublishedTables.named("pris", "3"),
                    Optional.of("yelp"),
                    List.of(),
                    List.of(1L),
                    Optional.empty()))
        .hasMessageContaining("no dataset 'yelp'; it has citeulike, gowalla");
  }
}
