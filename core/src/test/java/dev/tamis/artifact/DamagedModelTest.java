package dev.tamis.artifact;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tamis.config.TamisException;
import dev.tamis.config.TamisException.Kind;
import dev.tamis.math.Rng;
import dev.tamis.math.Stream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every flipped bit, missing or added byte and mixed-up file is found when a model is read. */
class DamagedModelTest {
  @TempDir Path temp;
  private final ModelStore store = new ModelStore();
  private Path directory;

  @BeforeEach
  void write() {
    directory = temp.resolve("model");
    store.write(ExampleModels.factors(1, 5, 8, 4), directory);
  }

  @ParameterizedTest
  @ValueSource(strings = {"factors", "neural", "towers"})
  void aFlippedBitInAnyByteIsFound(String kind) throws IOException {
    if (kind.equals("neural")) {
      store.write(ExampleModels.neural(1, 5, 8), directory);
    } else if (kind.equals("towers")) {
      store.write(ExampleModels.towers(1, 3, 4), directory);
    }
    for (Path file : AtomicDirectory.entries(directory)) {
      byte[] whole = Files.readAllBytes(file);
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
        for (int at = 0; at < whole.length; at++) {
          assertFlipIsFound(channel, whole, at, at & 7);
        }
      }
    }
    store.read(directory);
  }

  @Test
  @Tag("slow")
  void everyFlippedBitOf64KibibytesIsFound() throws IOException {
    store.write(ExampleModels.factors(2, 100, 160, 56), directory);
    long bits = 0;
    for (Path file : AtomicDirectory.entries(directory)) {
      byte[] whole = Files.readAllBytes(file);
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
        for (int at = 0; at < whole.length; at++) {
          for (int bit = 0; bit < 8; bit++, bits++) {
            assertFlipIsFound(channel, whole, at, bit);
          }
        }
      }
    }
    assertThat(bits).isGreaterThan(524_288);
    store.read(directory);
  }

  /** Of a model of more than 100 MB, 10,000 bits at random, each file by its length. */
  @Test
  @Tag("slow")
  void flippedBitsOfALargeModelAreFound() throws IOException {
    writeLarge();
    Rng rng = Rng.keyed(5, Stream.DEMO, 0, 0);
    long all = size();
    for (Path file : AtomicDirectory.entries(directory)) {
      byte[] whole = Files.readAllBytes(file);
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
        for (long i = 0; i < 1 + 10_000L * whole.length / all; i++) {
          assertFlipIsFound(channel, whole, rng.nextInt(whole.length), rng.nextInt(8));
        }
      }
    }
    store.read(directory);
  }

  @Test
  @Tag("slow")
  void truncationsOfALargeModelAreFoundByLength() throws IOException {
    writeLarge();
    Rng rng = Rng.keyed(6, Stream.DEMO, 0, 0);
    Path file = directory.resolve(ModelFiles.TENSORS);
    int whole = (int) Files.size(file);
    int[] lengths = IntStream.generate(() -> rng.nextInt(whole)).limit(1000).sorted().toArray();
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      for (int i = lengths.length - 1; i >= 0; i--) {
        channel.truncate(lengths[i]);
        ModelStoreTest.assertFails(
            () -> store.read(directory),
            Kind.BAD_DATA,
            String.format(Locale.ROOT, "has %,d bytes, manifest says %,d", lengths[i], whole));
      }
    }
  }

  private void writeLarge() throws IOException {
    store.write(ExampleModels.factors(3, 120_000, 60, 220), directory);
    assertThat(size()).isGreaterThan(100_000_000);
  }

  private long size() throws IOException {
    long bytes = 0;
    for (Path file : AtomicDirectory.entries(directory)) {
      bytes += Files.size(file);
    }
    return bytes;
  }

  @Test
  void verifyFindsAFlippedBitInEveryFile() throws IOException {
    for (Path file : AtomicDirectory.entries(directory)) {
      byte[] whole = Files.readAllBytes(file);
      byte[] damaged = whole.clone();
      damaged[whole.length / 2] ^= 1;
      Files.write(file, damaged);
      VerifyReport report = store.verify(directory);
      assertThat(report.problems())
          .singleElement()
          .asString()
          .contains(file.getFileName() + " ")
          .contains("damaged");
      ModelStoreTest.assertFails(report::requireSound, Kind.BAD_DATA, "damaged");
      Files.write(file, whole);
    }
  }

  /** What a CRC32C would not find, as where somebody made the file fit it. */
  @Test
  void verifyComparesEverySha256() throws IOException {
    Manifest manifest = ManifestReader.parse(directory, ManifestReader.bytes(directory));
    for (Section section : manifest.sections()) {
      byte[] whole = Files.readAllBytes(directory.resolve(Manifest.FILE));
      String other = "0".repeat(64);
      Forgery.manifestText(directory, section.sha256(), other);
      store.read(directory);
      assertThat(store.verify(directory).problems())
          .singleElement()
          .asString()
          .contains(section.file() + " is damaged: its SHA-256 is " + section.sha256())
          .contains("the manifest says " + other);
      Files.write(directory.resolve(Manifest.FILE), whole);
    }
  }

  @Test
  void everyTruncationAndAdditionIsFoundByLength() throws IOException {
    for (Path file : AtomicDirectory.entries(directory)) {
      byte[] whole = Files.readAllBytes(file);
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
        channel.write(ByteBuffer.allocate(20), whole.length);
        for (int length = whole.length + 20; length >= 0; length--) {
          channel.truncate(length);
          if (length != whole.length) {
            String size = String.format("%,d bytes", length);
            ModelStoreTest.assertFails(() -> store.read(directory), Kind.BAD_DATA, size);
          }
        }
      }
      Files.write(file, whole);
    }
  }

  @Test
  void anIncompleteCopyNamesBothLengths() throws IOException {
    Path file = directory.resolve(ModelFiles.TENSORS);
    byte[] whole = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(whole, 100));
    ModelStoreTest.assertFails(
        () -> store.read(directory),
        Kind.BAD_DATA,
        "tensors.safetensors has 100 bytes, manifest says "
            + whole.length
            + "; the copy is incomplete");
  }

  @Test
  void aMissingFileIsNamed() throws IOException {
    for (Path file : AtomicDirectory.entries(directory)) {
      byte[] whole = Files.readAllBytes(file);
      Files.delete(file);
      ModelStoreTest.assertFails(
          () -> store.read(directory), Kind.BAD_DATA, file.getFileName() + " is missing");
      assertThat(store.verify(directory).sound()).isFalse();
      Files.write(file, whole);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void filesOfAnotherModelAreRefusedByTheirId(boolean towers) throws IOException {
    TrainedModel model = towers ? ExampleModels.towers(1, 5, 8) : ExampleModels.factors(1, 5, 8, 4);
    store.write(model, directory);
    Path other = temp.resolve("other");
    model.options().put("dim", "5");
    store.write(model, other);
    for (String name : ModelFiles.SECTIONS) {
      Path file = directory.resolve(name);
      if (!Files.exists(file)) {
        continue;
      }
      byte[] whole = Files.readAllBytes(file);
      Files.copy(other.resolve(name), file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
      ModelStoreTest.assertFails(
          () -> store.read(directory), Kind.BAD_DATA, name + " belongs to the model ");
      Files.write(file, whole);
    }
  }

  @Test
  void filesSwappedWithinAModelAreRefused() throws IOException {
    Path square = temp.resolve("square");
    store.write(ExampleModels.factors(3, 8, 8, 2), square);
    byte[] users = Files.readAllBytes(square.resolve(ModelFiles.USERS));
    byte[] items = Files.readAllBytes(square.resolve(ModelFiles.ITEMS));
    Files.write(square.resolve(ModelFiles.USERS), items);
    Files.write(square.resolve(ModelFiles.ITEMS), users);
    ModelStoreTest.assertFails(() -> store.read(square), Kind.BAD_DATA, "items.ids");
  }

  @Test
  void aNewerFormatIsRefusedNamingBothVersions() throws IOException {
    Forgery.manifestText(directory, "\"version\": 1", "\"version\": 2");
    ModelStoreTest.assertFails(
        () -> store.read(directory),
        Kind.BAD_DATA,
        "manifest.json has format version 2, this Tamis reads version 1; use a newer Tamis");
  }

  private void assertFlipIsFound(FileChannel file, byte[] whole, int at, int bit)
      throws IOException {
    byte flipped = (byte) (whole[at] ^ 1 << bit);
    file.write(ByteBuffer.wrap(new byte[] {flipped}), at);
    try {
      store.read(directory);
      throw new AssertionError("bit " + bit + " of byte " + at + " went unseen");
    } catch (TamisException e) {
      if (e.kind() != Kind.BAD_DATA) {
        throw new AssertionError("bit " + bit + " of byte " + at, e);
      }
    } finally {
      file.write(ByteBuffer.wrap(whole, at, 1), at);
    }
  }
}
