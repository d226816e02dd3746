package dev.tamis.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SuggestionTest {
  private static final List<String> KNOWN = List.of("most-popular", "bpr", "mult-vae", "mult-dae");

  @Test
  void nearestWordIsSuggested() {
    assertThat(Suggestion.nearest("mult-ave", KNOWN)).contains("mult-vae");
    assertThat(Suggestion.nearest("multdae", KNOWN)).contains("mult-dae");
    assertThat(Suggestion.nearest("BPR", KNOWN)).contains("bpr");
    assertThat(Suggestion.nearest("bprs", KNOWN)).contains("bpr");
    assertThat(Suggestion.nearest("mostpopular", KNOWN)).contains("most-popular");
    assertThat(Suggestion.clause("mult-vea", KNOWN)).isEqualTo("; did you mean 'mult-vae'?");
  }

  @Test
  void swappedNeighboursCountOnce() {
    assertThat(Suggestion.nearest("bca", List.of("bac"))).contains("bac");
    assertThat(Suggestion.nearest("ca", List.of("ac"))).contains("ac");
  }

  @Test
  void strangersAreNotSuggested() {
    assertThat(Suggestion.nearest("transformer", KNOWN)).isEmpty();
    assertThat(Suggestion.nearest("", List.of("dim", "rank"))).isEmpty();
    assertThat(Suggestion.nearest("x", List.of())).isEmpty();
    assertThat(Suggestion.clause("transformer", KNOWN)).isEmpty();
  }

  @Test
  void firstOfEquallyNearWordsIsSuggested() {
    assertThat(Suggestion.nearest("mult-xae", KNOWN)).contains("mult-vae");
  }
}
