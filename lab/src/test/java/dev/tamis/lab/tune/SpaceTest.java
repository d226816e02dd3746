package dev.tamis.lab.tune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tamis.config.Option;
import dev.tamis.method.Method;
import dev.tamis.method.Methods;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpaceTest {
  private static final List<Option<?>> KNOWN =
      List.of(
          Option.whole("dim", 32, 1, 4096, "width").orKnownAs("factors"),
          Option.real("l2", 0.1, 0, 10, "decay"),
          Option.flag("bias", false, "bias"),
          Option.widths("hidden", List.of(200), 1000, "layers"));

  private static Space space(String... texts) {
    return new Space(Stream.of(texts).map(text -> Dimension.parse(text, KNOWN)).toList());
  }

  @ParameterizedTest
  @CsvSource({
    "dim=8..11, 0, 8",
    "dim=8..11, 0.26, 9",
    "dim=8..11, 0.9999999, 11",
    "dim=1..1000:log, 0.5, 32",
    "l2=0.001..1, 0, 0.001",
    "l2=0..8, 0.25, 2.0",
    "l2=0.0001..1:log, 0.5, 0.01",
    "l2=0.0001..1:log, 0.75, 0.1",
    "factors=16|64, 0.5, 64",
    "bias=true|false, 0.49, true"
  })
  void aPlaceIsAValue(String text, double place, String value) {
    assertThat(Dimension.parse(text, KNOWN).at(place)).isEqualTo(value);
  }

  @Test
  void layersHaveCommasInThem() {
    assertThat(Dimension.parse("hidden=600|400,200|0", KNOWN).values())
        .containsExactly("600", "400,200", "0");
  }

  /** Whole numbers are as likely as each other, decades of a logarithm likewise. */
  @Test
  void drawsCoverTheSpaceEvenly() {
    Space space = space("dim=1..4", "l2=0.001..1:log");
    Map<String, Integer> dims = new TreeMap<>();
    int[] decades = new int[3];
    for (SortedMap<String, String> point : space.draw(3000, 5)) {
      dims.merge(point.get("dim"), 1, Integer::sum);
      double l2 = Double.parseDouble(point.get("l2"));
      decades[l2 < 0.01 ? 0 : l2 < 0.1 ? 1 : 2]++;
    }
    assertThat(dims).hasSize(4);
    assertThat(dims.values()).allMatch(count -> Math.abs(count - 750) < 120);
    for (int count : decades) {
      assertThat(count).isBetween(880, 1120);
    }
  }

  @Test
  void pointsAreDifferentAndMoreOfThemBeginWithTheSame() {
    Space space = space("dim=1..3", "bias=true,false");
    List<SortedMap<String, String>> few = space.draw(4, 9);
    List<SortedMap<String, String>> more = space.draw(6, 9);
    assertThat(more).hasSize(6);
    assertThat(more.subList(0, 4)).isEqualTo(few);
    assertThat(new HashSet<>(more)).hasSize(6);
    assertThat(space.draw(100, 9)).hasSize(6);
    assertThat(space("dim=1,2", "bias=true,false").draw(100, 9)).hasSize(4);
    assertThat(space.draw(6, 10)).isNotEqualTo(more);
  }

  @Test
  void aGridHasEveryPointOnce() {
    List<SortedMap<String, String>> grid = space("dim=8,16", "l2=0,0.5,1").grid();
    assertThat(grid).hasSize(6).doesNotHaveDuplicates();
    assertThat(grid.get(1).toString()).isEqualTo("{dim=8, l2=0.5}");
    assertThatThrownBy(() -> space("dim=1..3").grid()).hasMessageContaining("there is a range");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "dim",
        "=3",
        "dim=",
        "dim=1,,2",
        "dim=1..2..3",
        "dim=5..5",
        "dim=9..3",
        "l2=0..1:log",
        "bias=false..true",
        "dim=4,4",
        "hidden=1..5"
      })
  void whatIsNoDimensionIsRefused(String text) {
    assertThatThrownBy(() -> Dimension.parse(text, KNOWN))
        .isInstanceOf(dev.tamis.config.TamisException.class);
  }

  @Test
  void valuesAreThoseThatTheOptionAllows() {
    assertThatThrownBy(() -> Dimension.parse("dim=0,5", KNOWN)).hasMessageContaining("'0'");
    assertThatThrownBy(() -> Dimension.parse("l2=1..11", KNOWN)).hasMessageContaining("'11'");
    assertThatThrownBy(() -> Dimension.parse("width=1,2", KNOWN))
        .hasMessageContaining("no option 'width'");
    assertThatThrownBy(() -> space("dim=1,2", "factors=3,4"))
        .hasMessageContaining("searched twice");
  }

  @Test
  void gridsOfThePapersAreOfOptionsThatMethodsHave() {
    for (String name : PaperGrids.methods()) {
      Method<?> method = Methods.named(name);
      List<Dimension> dimensions =
          PaperGrids.of(name).stream().map(t -> Dimension.parse(t, method.options())).toList();
      assertThat(new Space(dimensions).grid()).hasSizeGreaterThan(2);
    }
  }
}
