package dev.tamis.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tamis.config.TamisException;
import dev.tamis.config.TamisException.Kind;
import dev.tamis.model.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written is read back, the same bytes each time, and only in place of a model. */
class ModelStoreTest {
  @TempDir Path temp;
  private final ModelStore store = new ModelStore();

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void readGivesBackWhatWasWritten(long seed) {
    TrainedModel model = ExampleModels.factors(seed, 5 + (int) seed, 12, (int) seed);
    Path directory = temp.resolve("model");
    store.write(model, directory);

    assertSame(store.read(directory), model);
    VerifyReport report = store.verify(directory);
    assertThat(report.problems()).isEmpty();
    assertThat(report.notes()).isEmpty();
    assertThat(report.parameters()).isEqualTo((5 + seed + 12) * seed + 12);
    report.requireSound();
  }

  @Test
  void aModelWithoutTitlesOptionsAndUsersComesBack() {
    TrainedModel model = ExampleModels.popularity(3, 0, 4);
    store.write(model, temp.resolve("model"));
    assertSame(store.read(temp.resolve("model")), model);
    assertThat(store.read(temp.resolve("model")).titles()).isNull();
  }

  @Test
  void aModelThatScoresByANetworkComesBack() {
    TrainedModel model = ExampleModels.neural(4, 6, 9);
    store.write(model, temp.resolve("model"));
    assertSame(store.read(temp.resolve("model")), model);
    store.verify(temp.resolve("model")).requireSound();
  }

  @ParameterizedTest
  @ValueSource(strings = {"least-squares", "item-matrix", "item-neighbours"})
  void modelsThatWereSolvedComeBack(String kind) {
    TrainedModel model = ExampleModels.solved(kind, 4, 6, 9);
    store.write(model, temp.resolve("model"));
    assertSame(store.read(temp.resolve("model")), model);
    store.verify(temp.resolve("model")).requireSound();
  }

  @Test
  void aModelOfTowersComesBackWithItsVocabularies() {
    TrainedModel model = ExampleModels.towers(4, 6, 9);
    store.write(model, temp.resolve("model"));
    TrainedModel read = store.read(temp.resolve("model"));
    assertSame(read, model);
    assertThat(read.model().encodings()).isEqualTo(model.model().encodings());
    store.verify(temp.resolve("model")).requireSound();
  }

  @Test
  void bytesDependOnTheModelAlone() throws IOException {
    Path first = temp.resolve("first");
    Path second = temp.resolve("elsewhere/second");
    store.write(ExampleModels.factors(9, 6, 12, 4), first);
    store.write(ExampleModels.popularity(1, 3, 3), second);
    store.write(store.read(first), second);
    assertThat(names(second)).isEqualTo(names(first));
    for (String name : names(first)) {
      assertThat(second.resolve(name)).hasSameBinaryContentAs(first.resolve(name));
    }
    assertThat(store.verify(second).bytes()).isEqualTo(totalBytes(first));
  }

  @Test
  void modelsThatDifferInOneOptionHaveDifferentIds() {
    TrainedModel model = ExampleModels.factors(9, 6, 12, 4);
    store.write(model, temp.resolve("a"));
    model.options().put("dim", "5");
    store.write(model, temp.resolve("b"));
    assertThat(store.verify(temp.resolve("a")).id()).hasSize(32);
    assertThat(store.verify(temp.resolve("b")).id())
        .isNotEqualTo(store.verify(temp.resolve("a")).id());
  }

  @Test
  void eachFileHasAChecksumOfItsOwn() {
    store.write(ExampleModels.factors(9, 6, 12, 4), temp.resolve("a"));
    assertThat(store.verify(temp.resolve("a")).sections().stream().map(Section::crc32c))
        .doesNotHaveDuplicates();
  }

  @Test
  void nothingIsLeftBesideTheModel() throws IOException {
    store.write(ExampleModels.popularity(1, 3, 3), temp.resolve("model"));
    store.write(ExampleModels.popularity(2, 3, 3), temp.resolve("model"));
    assertThat(names(temp)).containsExactly("model");
  }

  @Test
  void anEmptyDirectoryAndADamagedModelAreReplaced() throws IOException {
    Path directory = Files.createDirectory(temp.resolve("model"));
    store.write(ExampleModels.popularity(1, 3, 3), directory);
    Files.writeString(directory.resolve(Manifest.FILE), "broken");
    store.write(ExampleModels.popularity(2, 3, 3), directory);
    assertThat(store.read(directory).seed()).isEqualTo(2);
  }

  @Test
  void whatIsNotAModelIsNeverReplaced() throws IOException {
    TrainedModel model = ExampleModels.popularity(1, 3, 3);
    Path file = Files.writeString(temp.resolve("file"), "mine");
    assertFails(() -> store.write(model, file), Kind.CANNOT_CREATE, "it is a file");
    Path directory = Files.createDirectory(temp.resolve("directory"));
    Files.writeString(directory.resolve("diary.txt"), "mine");
    assertFails(() -> store.write(model, directory), Kind.CANNOT_CREATE, "'diary.txt'");
    Path link = Files.createSymbolicLink(temp.resolve("link"), directory);
    assertFails(() -> store.write(model, link), Kind.CANNOT_CREATE, "symbolic link");
    assertFails(
        () -> store.write(model, file.resolve("below")), Kind.CANNOT_CREATE, "cannot create");
    assertThat(directory.resolve("diary.txt")).hasContent("mine");
    assertThat(file).hasContent("mine");
  }

  @Test
  void aForeignFileIsIgnoredAndNoted() throws IOException {
    Path directory = temp.resolve("model");
    store.write(ExampleModels.popularity(1, 3, 3), directory);
    Files.writeString(directory.resolve("README"), "hello");
    assertThat(store.read(directory).seed()).isEqualTo(1);
    assertThat(store.verify(directory).sound()).isTrue();
    assertThat(store.verify(directory).notes()).singleElement().asString().contains("'README'");
    assertFails(
        () -> store.write(ExampleModels.popularity(2, 3, 3), directory),
        Kind.CANNOT_CREATE,
        "'README'");
  }

  @Test
  void whatIsNotThereOrAFileIsSaidSo() throws IOException {
    assertFails(
        () -> store.read(temp.resolve("none")), Kind.UNAVAILABLE, "there is no model directory");
    Path file = Files.writeString(temp.resolve("file"), "mine");
    assertFails(() -> store.read(file), Kind.BAD_DATA, "is a file");
    Path empty = Files.createDirectory(temp.resolve("empty"));
    assertFails(() -> store.read(empty), Kind.BAD_DATA, "manifest.json is missing");
    assertThat(store.verify(empty).sound()).isFalse();
  }

  @Test
  void numbersThatAreNotFiniteAreNotWritten() {
    TrainedModel model = ExampleModels.factors(1, 3, 4, 2);
    Table items = model.model().itemVectors().orElseThrow();
    items.values()[5] = Float.NaN;
    assertFails(
        () -> store.write(model, temp.resolve("model")),
        Kind.BAD_DATA,
        "table 'items' has NaN at row 2, column 1");
    assertThat(temp).isEmptyDirectory();
  }

  @Test
  void aModelOfAnUnknownKindIsRefusedByName() {
    store.write(ExampleModels.popularity(1, 3, 3), temp.resolve("model"));
    ModelStore other = new ModelStore(new DiskOperations(), ModelKinds.ALL.subList(0, 2));
    assertFails(
        () -> other.read(temp.resolve("model")),
        Kind.BAD_DATA,
        "kind 'popularity'; this Tamis knows encoder, factors;");
  }

  @Test
  void twoWritersConflict() {
    Path directory = temp.resolve("model");
    DirectoryLock lock = DirectoryLock.take(temp.resolve(".model.tamis-lock"), "test");
    try {
      assertFails(
          () -> store.write(ExampleModels.popularity(1, 3, 3), directory),
          Kind.CONFLICT,
          "another run");
    } finally {
      lock.close();
    }
    store.write(ExampleModels.popularity(1, 3, 3), directory);
  }

  private static void assertSame(TrainedModel actual, TrainedModel expected) {
    assertThat(actual.method()).isEqualTo(expected.method());
    assertThat(actual.options()).isEqualTo(expected.options());
    assertThat(actual.seed()).isEqualTo(expected.seed());
    assertThat(actual.epochs()).isEqualTo(expected.epochs());
    assertThat(actual.fingerprint()).isEqualTo(expected.fingerprint());
    assertThat(actual.seen().fingerprint()).isEqualTo(expected.seen().fingerprint());
    assertThat(actual.titles()).isEqualTo(expected.titles());
    assertThat(ExampleModels.scoreBits(actual)).isEqualTo(ExampleModels.scoreBits(expected));
  }

  static void assertFails(ThrowingCallable call, Kind kind, String message) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            TamisException.class, e -> assertThat(e.kind()).as(e.getMessage()).isEqualTo(kind))
        .hasMessageContaining(message);
  }

  private static List<String> names(Path directory) throws IOException {
    return AtomicDirectory.entries(directory).stream()
        .map(p -> p.getFileName().toString())
        .toList();
  }

  private static long totalBytes(Path directory) throws IOException {
    long[] sizes = new long[AtomicDirectory.entries(directory).size()];
    for (int i = 0; i < sizes.length; i++) {
      sizes[i] = Files.size(AtomicDirectory.entries(directory).get(i));
    }
    return Arrays.stream(sizes).sum();
  }
}
