package dev.tamis.artifact;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the first version wrote is still read, to the bit. A change of the format gets a new number
 * and new files beside these; these stay.
 */
class GoldenModelTest {
  private static final Path GOLDEN = Path.of("src/test/resources/golden/1");
  @TempDir Path temp;

  @Test
  void modelsOfFormatOneAreRead() {
    assertReads("factors", ExampleModels.factors(1, 6, 12, 5));
    assertReads("neural", ExampleModels.neural(1, 6, 9));
    assertReads("towers", ExampleModels.towers(1, 4, 6));
    assertReads("popularity", ExampleModels.popularity(3, 4, 9));
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
    assertWrites("factors", ExampleModels.factors(1, 6, 12, 5));
    assertWrites("neural", ExampleModels.neural(1, 6, 9));
    assertWrites("towers", ExampleModels.towers(1, 4, 6));
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
