package dev.tamis.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SettingsTest {
  private static final Option<Integer> DIM =
      Option.whole("dim", 32, 1, 4096, "width").orKnownAs("factors", "rank");
  private static final Option<Double> RATE = Option.real("learning-rate", 0.5, 0, 10, "speed");
  private static final List<Option<?>> KNOWN = List.of(DIM, RATE);

  private static Settings parse(Map<String, String> texts) {
    return Settings.parse("method 'bpr'", KNOWN, texts);
  }

  @Test
  void whatIsNotGivenHasItsDefault() {
    Settings given = parse(Map.of("dim", "8"));

    assertThat(given.get(DIM)).isEqualTo(8);
    assertThat(given.get(RATE)).isEqualTo(0.5);
    assertThat(Settings.none().get(DIM)).isEqualTo(32);
    assertThat(given.complete(KNOWN))
        .containsExactly(Map.entry("dim", "8"), Map.entry("learning-rate", "0.5"));
  }

  @Test
  void defaultsOfAListStandWhereNothingIsGiven() {
    Settings filled =
        parse(Map.of("dim", "8"))
            .withDefaults(List.of(DIM.withDefault(64), RATE.withDefault(0.25)));

    assertThat(filled.get(DIM)).isEqualTo(8);
    assertThat(filled.get(RATE)).as("read by the option with the old default").isEqualTo(0.25);
    assertThat(parse(Map.of("dim", "8")).withDefaults(List.of(RATE)).get(DIM)).isEqualTo(32);
  }

  @Test
  void defaultsOfANarrowerOptionRefuseWhatItDoesNotAllow() {
    Option<Integer> narrow = Option.whole("dim", 2, 1, 4, "width");
    assertThatThrownBy(() -> parse(Map.of("dim", "8")).withDefaults(List.of(narrow)))
        .hasMessage("option 'dim' must be a whole number from 1 to 4, but is '8'");
  }

  @Test
  void otherSettingsComeFirst() {
    Settings both = parse(Map.of("dim", "8", "learning-rate", "2")).with(parse(Map.of("dim", "9")));

    assertThat(both.get(DIM)).isEqualTo(9);
    assertThat(both.get(RATE)).isEqualTo(2);
  }

  @Test
  void aliasIsTheSameOption() {
    Settings given = parse(Map.of("factors", "16"));

    assertThat(given.get(DIM)).isEqualTo(16);
    assertThat(given.complete(KNOWN)).containsEntry("dim", "16").doesNotContainKey("factors");
  }

  @Test
  void optionGivenTwiceIsRefused() {
    assertThatThrownBy(() -> parse(Map.of("factors", "16", "dim", "16")))
        .isInstanceOf(TamisException.class)
        .hasMessage("option 'dim' of method 'bpr' is given twice; give it once");
    assertThatThrownBy(() -> parse(Map.of("factors", "16", "rank", "17")))
        .isInstanceOf(TamisException.class)
        .hasMessageContaining("given twice");
  }

  @Test
  void unknownOptionIsRefusedWithTheNearest() {
    assertThatThrownBy(() -> parse(Map.of("learning_rate", "1")))
        .isInstanceOf(TamisException.class)
        .hasMessage(
            "unknown option 'learning_rate' for method 'bpr'; did you mean 'learning-rate'?"
                + " (known: dim, learning-rate)");
    assertThatThrownBy(() -> parse(Map.of("temperature", "1")))
        .isInstanceOf(TamisException.class)
        .hasMessage("unknown option 'temperature' for method 'bpr' (known: dim, learning-rate)");
  }

  @Test
  void wrongValueIsRefused() {
    assertThatThrownBy(() -> parse(Map.of("rank", "0")))
        .isInstanceOf(TamisException.class)
        .hasMessage("option 'dim' must be a whole number from 1 to 4096, but is '0'");
    assertThatThrownBy(() -> Settings.none().with(DIM, 0)).isInstanceOf(TamisException.class);
    assertThatThrownBy(() -> Settings.none().with(RATE, Double.NaN))
        .isInstanceOf(TamisException.class);
  }

  @Test
  void textsOfOneValueAreTheSameSettings() {
    assertThat(parse(Map.of("learning-rate", " 1e-1")).complete(KNOWN))
        .isEqualTo(parse(Map.of("learning-rate", "0.10")).complete(KNOWN));
  }

  @Test
  void withAddsToACopy() {
    Settings one = Settings.none().with(DIM, 4);
    Settings two = one.with(DIM, 5).with(RATE, 0.25);

    assertThat(one.get(DIM)).isEqualTo(4);
    assertThat(two.get(DIM)).isEqualTo(5);
    assertThat(two.get(RATE)).isEqualTo(0.25);
    assertThat(Settings.none().get(DIM)).isEqualTo(32);
  }
}
