package dev.tamis.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tamis.model.ItemMatrixModel;
import dev.tamis.model.ItemNeighboursModel;
import dev.tamis.model.LeastSquaresModel;
import dev.tamis.model.tower.Activation;
import dev.tamis.model.tower.TowerShape;
import dev.tamis.rank.QueryBlock;
import dev.tamis.rank.Scorer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the first version wrote is still read, to the bit. A change of the format gets a new number
 * and new files beside these; these stay.
 */
class GoldenModelTest {
  private static final Path GOLDEN = Path.of("src/test/resources/golden/1");
  @TempDir Path temp;

  /** By directory: models of all kinds, and of each kind what makes its files others. */
  private static SortedMap<String, TrainedModel> models() {
    SortedMap<String, TrainedModel> models = new TreeMap<>();
    models.put("factors", ExampleModels.factors(1, 6, 12, 5));
    models.put("neural", ExampleModels.neural(1, 6, 9));
    models.put("towers", ExampleModels.towers(1, 4, 6));
    models.put("popularity", ExampleModels.popularity(3, 4, 9));
    models.put("least-squares", ExampleModels.solved(LeastSquaresModel.KIND, 1, 5, 7));
    models.put("item-matrix", ExampleModels.solved(ItemMatrixModel.KIND, 1, 5, 7));
    models.put("item-neighbours", ExampleModels.solved(ItemNeighboursModel.KIND, 1, 5, 7));
    models.put(
        "encoder", ExampleModels.encoder(1, 5, new TowerShape(7, List.of(4), 2, List.of(3))));
    models.put(
        "encoder-with-users",
        ExampleModels.encoder(
            1,
            5,
            new TowerShape(
                7, List.of(3), 0, List.of(), false, 5, Activation.RELU, Activation.NONE)));
    return models;
  }

  @Test
  void modelsOfFormatOneAreRead() {
    models().forEach(GoldenModelTest::assertReads);
  }

  /** A kind of model that is new has no files here yet. */
  @Test
  void everyKindIsHere() {
    assertThat(models().values().stream().map(model -> model.model().kind()))
        .containsAll(ModelKinds.ALL.stream().map(ModelKind::name).toList());
  }

  /** More queries than a block has room for would be scored out of another's memory. */
  @Test
  void aBlockOfAnyKindRefusesMoreQueriesThanItIsFor() {
    models()
        .forEach(
            (name, model) -> {
              QueryBlock queries = new QueryBlock(3);
              for (int user = 0; user < 3; user++) {
                queries.append(user, new int[0], 0, 0);
              }
              Scorer.Block block = model.model().newBlock(2);
              assertThatThrownBy(() -> block.load(queries))
                  .as(name)
                  .isInstanceOf(IllegalArgumentException.class)
                  .hasMessage("3 queries for a block of at most 2");
            });
  }

  private static void assertReads(String name, TrainedModel expected) {
    ModelStore store = new ModelStore();
    store.verify(GOLDEN.resolve(name)).requireSound();
    TrainedModel read = store.read(GOLDEN.resolve(name));

    assertThat(ExampleModels.scoreBits(read)).isEqualTo(ExampleModels.scoreBits(expected));
    assertThat(read.method()).isEqualTo(expected.method());
    assertThat(read.options()).isEqualTo(expected.options());
    assertThat(read.titles()).isEqualTo(expected.titles());
    assertThat(read.seen().users().sameAs(expected.seen().users())).isTrue();
    assertThat(read.seen().items().sameAs(expected.seen().items())).isTrue();
    assertThat(read.seen().itemIds()).isEqualTo(expected.seen().itemIds());
    assertThat(read.fingerprint()).isEqualTo(expected.fingerprint());
  }

  /** As long as the format stays, so do its bytes: a silent change is caught here. */
  @Test
  void formatOneIsWrittenAsItWas() throws IOException {
    for (Map.Entry<String, TrainedModel> model : models().entrySet()) {
      assertWrites(model.getKey(), model.getValue());
    }
  }

  private void assertWrites(String name, TrainedModel model) throws IOException {
    new ModelStore().write(model, temp.resolve(name));
    for (Path file : AtomicDirectory.entries(GOLDEN.resolve(name))) {
      assertThat(Files.readAllBytes(temp.resolve(name).resolve(file.getFileName())))
          .as("%s", file)
          .isEqualTo(Files.readAllBytes(file));
    }
  }
}
