package dev.tamis.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tamis.data.IdMap;
import dev.tamis.data.Interactions;
import dev.tamis.model.tower.Activation;
import dev.tamis.model.tower.TowerShape;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What does not go together is refused when it is put together, not when it is written or used. */
class TrainedModelTest {
  @Test
  void titlesAreTextsThatCanBeWritten() {
    TrainedModel model = ExampleModels.popularity(1, 3, 3);
    String[] titles = {"One", "", "\ud83d\ude00"};
    assertThat(model.withTitles(titles).title(2)).contains("\ud83d\ude00");
    refused(model, "title number 1 is null; an item without a title has an empty one", "One", null);
    refused(
        model,
        "title number 2 is not valid Unicode: character 4 of it is \\ud83d, half of a surrogate"
            + " pair; write both halves or none",
        "One",
        "",
        "Two\ud83d");
  }

  private static void refused(TrainedModel model, String message, String... some) {
    String[] titles = {"", "", ""};
    System.arraycopy(some, 0, titles, 0, some.length);
    assertThatThrownBy(() -> model.withTitles(titles))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"factors", "neural", "least-squares", "towers", "encoder"})
  void modelsOfUsersHaveARowAUser(String kind) {
    TrainedModel model =
        switch (kind) {
          case "factors" -> ExampleModels.factors(1, 4, 5, 3);
          case "neural" -> ExampleModels.neural(1, 4, 5);
          case "encoder" -> // one with a node a user
              ExampleModels.encoder(
                  1,
                  4,
                  new TowerShape(
                      7, List.of(3), 0, List.of(), false, 4, Activation.RELU, Activation.NONE));
          case "towers" -> ExampleModels.towers(1, 4, 5);
          default -> ExampleModels.solved(kind, 1, 4, 5);
        };
    Interactions more = model.seen().over(model.users().union(IdMap.of("one more")), model.items());
    assertThatThrownBy(
            () ->
                new TrainedModel(
                    "x", new TreeMap<>(), 1, 1, more, more.fingerprint(), null, model.model()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the model knows 4 users, but there are 5 user ids");
  }
}
