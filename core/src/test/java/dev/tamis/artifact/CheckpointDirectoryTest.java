package dev.tamis.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tamis.config.TamisException.Kind;
import dev.tamis.train.TrainingState;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The newest whole checkpoint of the same run is found again, whatever happened to the others. */
class CheckpointDirectoryTest {
  private static final String RUN = "method=bpr dim=32 seed=1 data=abc";

  @TempDir Path temp;
  private final List<String> warnings = new ArrayList<>();

  @Test
  void aStateComesBackBitForBit() {
    TrainingState state =
        new TrainingState()
            .put("a/floats", new float[] {1, -0f, Float.NaN, Float.MIN_VALUE})
            .put("b/ints", new int[] {1, Integer.MIN_VALUE})
            .put("c/longs", new long[] {1, Long.MIN_VALUE})
            .put("d/doubles", new double[] {Math.PI, Double.NEGATIVE_INFINITY})
            .put("f/empty", new float[0])
            .put("g/large", new double[100_001])
            .put("text", "\uD83D\uDE00 and\nmore")
            .put("nothing", "");
    try (CheckpointDirectory directory = open()) {
      assertThat(directory.isEmpty()).isTrue();
      assertThat(directory.latest(RUN)).isEmpty();
      directory.write(RUN, 7, state);
    }
    try (CheckpointDirectory directory = open()) {
      TrainingState back = directory.latest(RUN).orElseThrow();
      assertThat(back.texts()).isEqualTo(state.texts());
      assertThat(back.arrays().keySet()).isEqualTo(state.arrays().keySet());
      state.arrays().forEach((name, array) -> assertThat(back.arrays().get(name)).isEqualTo(array));
    }
  }

  @Test
  void theNewestTwoAreKept() throws IOException {
    try (CheckpointDirectory directory = open()) {
      for (int epoch = 1; epoch <= 5; epoch++) {
        directory.write(RUN, 1, state(epoch));
        assertThat(epochOf(directory.latest(RUN))).isEqualTo(epoch);
      }
      assertThat(files()).hasSize(2);
      directory.clear();
      assertThat(directory.isEmpty()).isTrue();
      assertThat(directory.latest(RUN)).isEmpty();
    }
    assertThat(AtomicDirectory.entries(temp)).isEmpty();
  }

  @Test
  void aDamagedNewestIsPassedOverWithAWarning() throws IOException {
    try (CheckpointDirectory directory = open()) {
      directory.write(RUN, 1, state(1));
      directory.write(RUN, 2, state(2));
      Path newest = files().get(1);
      byte[] whole = Files.readAllBytes(newest);
      try (FileChannel channel = FileChannel.open(newest, StandardOpenOption.WRITE)) {
        for (int at = 0; at < whole.length; at++) {
          for (int bit = 0; bit < 8; bit++) {
            byte flipped = (byte) (whole[at] ^ 1 << bit);
            channel.write(ByteBuffer.wrap(new byte[] {flipped}), at);
            assertPassedOver(directory);
          }
          channel.write(ByteBuffer.wrap(whole, at, 1), at);
        }
        channel.write(ByteBuffer.allocate(9), whole.length);
        for (int length = whole.length + 9; length >= 0; length--) {
          channel.truncate(length);
          if (length != whole.length) {
            assertPassedOver(directory);
          }
        }
      }
      Files.write(newest, whole);
      assertThat(epochOf(directory.latest(RUN))).isEqualTo(2);
      assertThat(warnings).isEmpty();
    }
  }

  @Test
  void damageToAllIsAnError() throws IOException {
    try (CheckpointDirectory directory = open()) {
      directory.write(RUN, 1, state(1));
      directory.write(RUN, 2, state(2));
      for (Path file : files()) {
        Files.write(file, Arrays.copyOf(Files.readAllBytes(file), 60));
      }
      ModelStoreTest.assertFails(
          () -> directory.latest(RUN), Kind.BAD_DATA, "no other checkpoint is left");
    }
  }

  @Test
  void anotherRunIsRefusedAndToldWhatDiffers() {
    try (CheckpointDirectory directory = open()) {
      directory.write(RUN, 1, state(1));
      ModelStoreTest.assertFails(
          () -> directory.latest("method=bpr dim=64 seed=1 data=xyz"),
          Kind.CONFLICT,
          "they have 'dim=32 data=abc', this run has 'dim=64 data=xyz'");
    }
  }

  @Test
  void oneRunAtATime() {
    try (CheckpointDirectory directory = open()) {
      ModelStoreTest.assertFails(this::open, Kind.CONFLICT, "another run");
      assertThat(directory.isEmpty()).isTrue();
    }
    open().close();
  }

  @Test
  void oneRunAtATimeThroughSymbolicLinksToo() throws IOException {
    Path real = Files.createDirectories(temp.resolve("real"));
    Path link = Files.createSymbolicLink(temp.resolve("link"), real);
    try (CheckpointDirectory directory = CheckpointDirectory.open(real)) {
      ModelStoreTest.assertFails(
          () -> CheckpointDirectory.open(link), Kind.CONFLICT, "another run");
      assertThat(directory.isEmpty()).isTrue();
    }
    CheckpointDirectory.open(link).close();
    CheckpointDirectory.open(real).close();
  }

  /** Who closes twice does not take the next one's right away, and has none any more. */
  @Test
  void closingASecondTimeDoesNothing() {
    CheckpointDirectory first = open();
    first.close();
    try (CheckpointDirectory second = open()) {
      first.close();
      ModelStoreTest.assertFails(this::open, Kind.CONFLICT, "another run");
      assertThatThrownBy(() -> first.write(RUN, 1, state(1)))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("is closed");
      assertThat(second.isEmpty()).isTrue();
    }
  }

  @Test
  void anInterruptIsSaidToBeOneAndLeavesNothing() throws IOException {
    try (CheckpointDirectory directory = open()) {
      Thread.currentThread().interrupt();
      try {
        ModelStoreTest.assertFails(
            () -> directory.write(RUN, 1, state(1)), Kind.INTERRUPTED, "was interrupted");
      } finally {
        assertThat(Thread.interrupted()).isTrue();
      }
      assertThat(directory.isEmpty()).isTrue();
    }
    try (Stream<Path> left = Files.walk(temp)) {
      assertThat(left.filter(Files::isRegularFile)).isEmpty();
    }
  }

  @Test
  void aPlaceThatCannotBeADirectoryIsRefused() throws IOException {
    Path file = Files.writeString(temp.resolve("file"), "mine");
    ModelStoreTest.assertFails(
        () -> CheckpointDirectory.open(file.resolve("below")),
        Kind.CANNOT_CREATE,
        "cannot create the checkpoint directory");
  }

  @ParameterizedTest
  @EnumSource(FaultyFiles.Fault.class)
  void aStopOrFailureAnywhereLeavesTheNewestOrTheOneBefore(FaultyFiles.Fault fault)
      throws IOException {
    int k = 1;
    for (FaultyFiles files = null; files == null || files.reached(); k++) {
      Path place = temp.resolve("run" + k);
      try (CheckpointDirectory directory = sound(place)) {
        directory.write(RUN, 1, state(1));
        directory.write(RUN, 2, state(2));
      }
      files = new FaultyFiles(fault, k);
      CheckpointPace pace = new CheckpointPace(true, System::nanoTime);
      try (CheckpointDirectory dying = new CheckpointDirectory(files, place, pace, warnings::add)) {
        dying.write(RUN, 3, state(3));
      } catch (FaultyFiles.Stopped e) {
        assertThat(files.reached()).isTrue();
      } catch (dev.tamis.config.TamisException e) {
        assertThat(e.kind()).isEqualTo(Kind.IO);
        assertThat(place.resolve(".checkpoint.tmp")).doesNotExist();
      }
      try (CheckpointDirectory directory = sound(place)) {
        assertThat(epochOf(directory.latest(RUN))).isIn(2, 3);
        directory.write(RUN, 4, state(4));
        assertThat(epochOf(directory.latest(RUN))).isEqualTo(4);
      }
      assertThat(warnings).isEmpty();
    }
    assertThat(k).isGreaterThan(6);
  }

  @Test
  void writingTakesATwentiethOfTheTime() {
    long[] clock = {1_000};
    CheckpointPace pace = new CheckpointPace(false, () -> clock[0]);
    assertThat(pace.due()).isFalse();
    long writing = 0;
    long cost = 2_000_000_000L;
    for (int step = 0; step < 2_000; step++) {
      clock[0] += 500_000_000L;
      if (pace.due()) {
        clock[0] += cost;
        writing += cost;
        pace.written();
      }
    }
    assertThat(writing / (double) clock[0]).isBetween(0.04, 0.0525);
    assertThat(new CheckpointPace(true, () -> 0).due()).isTrue();
  }

  private void assertPassedOver(CheckpointDirectory directory) {
    assertThat(epochOf(directory.latest(RUN))).isEqualTo(1);
    assertThat(warnings).singleElement().asString().contains("going on from the checkpoint before");
    warnings.clear();
  }

  private CheckpointDirectory sound(Path place) {
    CheckpointPace pace = new CheckpointPace(true, System::nanoTime);
    return new CheckpointDirectory(FaultyFiles.sound(), place, pace, warnings::add);
  }

  private CheckpointDirectory open() {
    return CheckpointDirectory.open(temp, warnings::add);
  }

  private List<Path> files() throws IOException {
    List<Path> files = new ArrayList<>(AtomicDirectory.entries(temp));
    files.removeIf(file -> !file.getFileName().toString().startsWith("checkpoint-"));
    return files;
  }

  private static TrainingState state(int epoch) {
    return new TrainingState()
        .put("epoch", new int[] {epoch})
        .put("weights", new float[] {epoch, 0.5f, -1})
        .put("order", "3 1 2");
  }

  private static int epochOf(Optional<TrainingState> state) {
    return state.orElseThrow().ints("epoch")[0];
  }
}
