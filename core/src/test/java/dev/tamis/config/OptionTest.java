package dev.tamis.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OptionTest {
  private enum Colour {
    DARK_RED,
    BLUE
  }

  private static final Option<Integer> FACTORS = Option.whole("dim", 32, 1, 4096, "width");
  private static final Option<Double> RATE = Option.real("rate", 0.5, 1e-3, 10, "speed");
  private static final Option<Boolean> BIAS = Option.flag("bias", false, "has a bias");
  private static final Option<Colour> COLOUR = Option.choice("colour", Colour.BLUE, "hue");

  @Test
  void endsOfARangeAreAllowed() {
    assertThat(FACTORS.parse("1")).isEqualTo(1);
    assertThat(FACTORS.parse(" 4096 ")).isEqualTo(4096);
    assertThat(RATE.parse("0.001")).isEqualTo(1e-3);
    assertThat(RATE.parse("1e1")).isEqualTo(10);
    assertThat(Option.whole("n", 1, 0, Integer.MAX_VALUE, "").parse("2147483647"))
        .isEqualTo(Integer.MAX_VALUE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "4097", "-1", "2147483648", "1.5", "", " ", "x", "0x10", "1e2"})
  void otherTextsAreNoWholeNumber(String text) {
    assertThatThrownBy(() -> FACTORS.parse(text))
        .isInstanceOfSatisfying(
            TamisException.class, e -> assertThat(e.kind()).isEqualTo(TamisException.Kind.CONFIG))
        .hasMessage("option 'dim' must be a whole number from 1 to 4096, but is '" + text + "'");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "10.001",
        "-0.5",
        "NaN",
        "Infinity",
        "-Infinity",
        "1e400",
        "",
        "x",
        "1f",
        "1d",
        "0x1p0"
      })
  void otherTextsAreNoNumber(String text) {
    assertThatThrownBy(() -> RATE.parse(text))
        .isInstanceOf(TamisException.class)
        .hasMessage("option 'rate' must be a number from 0.001 to 10, but is '" + text + "'");
  }

  @Test
  void noNumberIsInfiniteEvenWithoutAnUpperEnd() {
    Option<Double> open = Option.real("x", 1, 0, Double.MAX_VALUE, "");

    assertThat(open.allowed()).isEqualTo("a number from 0 up");
    assertThatThrownBy(() -> open.parse("Infinity")).isInstanceOf(TamisException.class);
    assertThatThrownBy(() -> open.parse("NaN")).isInstanceOf(TamisException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"True", "1", "yes", ""})
  void flagsAreTrueOrFalse(String text) {
    assertThat(BIAS.parse("true")).isTrue();
    assertThat(BIAS.parse("false")).isFalse();
    assertThatThrownBy(() -> BIAS.parse(text))
        .isInstanceOf(TamisException.class)
        .hasMessage("option 'bias' must be true or false, but is '" + text + "'");
  }

  @Test
  void wholeNumbersInARowAreReadBack() {
    Option<List<Integer>> widths = Option.wholes("layers", List.of(32, 16), 1, 64, "");

    assertThat(widths.parse("64, 1 ,7")).containsExactly(64, 1, 7);
    assertThat(widths.format(List.of(64, 1, 7))).isEqualTo("64,1,7");
    assertThat(widths.parse(widths.format(widths.defaultValue()))).isEqualTo(List.of(32, 16));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ",", "8,", ",8", "8,,8", "8 8", "0", "8,65", "8;8", "1.5", "a"})
  void otherTextsAreNoWholeNumbersInARow(String text) {
    Option<List<Integer>> widths = Option.wholes("layers", List.of(32, 16), 1, 64, "");

    assertThatThrownBy(() -> widths.parse(text))
        .isInstanceOf(TamisException.class)
        .hasMessage(
            "option 'layers' must be whole numbers from 1 to 64 with commas between them, but is '"
                + text
                + "'");
  }

  @Test
  void widthsMayBeNone() {
    Option<List<Integer>> widths = Option.widths("hidden", List.of(), 64, "");

    for (String text : List.of("0", "64", "64,1,7")) {
      assertThat(widths.format(widths.parse(text))).isEqualTo(text);
    }
    assertThat(widths.parse("0")).isEmpty();
    for (String text : List.of("", "0,0", "8,0", "65", "-1", "none")) {
      assertThatThrownBy(() -> widths.parse(text))
          .isInstanceOf(TamisException.class)
          .hasMessageContaining("commas between them, or 0 for none, but is '" + text + "'");
    }
  }

  @Test
  void choicesAreKebabCaseWords() {
    assertThat(COLOUR.parse("dark-red")).isEqualTo(Colour.DARK_RED);
    assertThat(COLOUR.format(Colour.DARK_RED)).isEqualTo("dark-red");
    assertThatThrownBy(() -> COLOUR.parse("DARK_RED"))
        .isInstanceOf(TamisException.class)
        .hasMessage("option 'colour' must be one of dark-red, blue, but is 'DARK_RED'");
  }

  @Test
  void wordsDoNotDependOnTheLanguageOfTheMachine() {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("tr"));
      assertThat(Option.choice("kind", TamisException.Kind.IO, "").format(TamisException.Kind.IO))
          .isEqualTo("io");
    } finally {
      Locale.setDefault(before);
    }
  }

  @ParameterizedTest
  @ValueSource(
      doubles = {0.1, 1.0 / 128, 2e-5, 1e-8, 3, 123456789012.0, 1e15, 1e300, 4.9e-324, 0.30000001})
  void numbersAreReadBackExactly(double value) {
    Option<Double> any = Option.real("x", 1, 0, Double.MAX_VALUE, "");

    assertThat(any.parse(any.format(value))).isEqualTo(value);
  }

  @Test
  void defaultOutOfRangeIsRefused() {
    assertThatThrownBy(() -> FACTORS.withDefault(0)).isInstanceOf(TamisException.class);
    assertThatThrownBy(() -> Option.whole("n", 5, 6, 9, "")).isInstanceOf(TamisException.class);
  }

  @Test
  void anotherDefaultKeepsTheRest() {
    Option<Integer> known = FACTORS.orKnownAs("factors", "rank").withDefault(64);

    assertThat(known.defaultValue()).isEqualTo(64);
    assertThat(known.name()).isEqualTo("dim");
    assertThat(known.aliases()).isEqualTo(List.of("factors", "rank"));
    assertThat(known.allowed()).isEqualTo(FACTORS.allowed());
    assertThat(FACTORS.defaultValue()).isEqualTo(32);
  }

  @Test
  void optionTakesThePlaceOfThatOfItsName() {
    Option<Integer> dim = Option.whole("dim", 32, 1, 64, "width");
    Option<Boolean> bias = Option.flag("bias", true, "whether");
    List<Option<?>> options = new ArrayList<>(List.of(dim, bias));

    Option.replace(options, List.of(dim.withDefault(8)));

    assertThat(options.stream().<Object>map(Option::defaultValue).toList())
        .isEqualTo(List.of(8, true));
    assertThatThrownBy(() -> Option.replace(options, List.of(Option.flag("base", true, "no"))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("there is no option 'base' to replace");
  }
}
