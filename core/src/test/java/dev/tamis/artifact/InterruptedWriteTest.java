package dev.tamis.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tamis.config.TamisException;
import dev.tamis.config.TamisException.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whatever operation a write stops or fails at, the old or the new model is there, never another.
 */
class InterruptedWriteTest {
  private static final int OLD = 1;
  private static final int NEW = 2;

  @TempDir Path temp;
  private final ModelStore store = new ModelStore(FaultyFiles.sound(), ModelKinds.ALL);

  @ParameterizedTest
  @EnumSource(FaultyFiles.Fault.class)
  void theOldOrTheNewModelIsThere(FaultyFiles.Fault fault) throws IOException {
    int k = 1;
    boolean sawOld = false;
    boolean sawNew = false;
    for (FaultyFiles files = null; files == null || files.reached(); k++) {
      Path directory = temp.resolve("run" + k).resolve("model");
      store.write(model(OLD), directory);
      files = new FaultyFiles(fault, k);
      boolean failed = !tryToWrite(files, directory);

      long seed = store.read(directory).seed();
      assertThat(seed).isIn((long) OLD, (long) NEW);
      assertThat(store.verify(directory).problems()).isEmpty();
      if (fault == FaultyFiles.Fault.FAIL_ONCE || fault == FaultyFiles.Fault.FULL) {
        assertThat(seed).as("operation %d", k).isEqualTo(failed ? OLD : NEW);
      }
      sawOld |= seed == OLD;
      sawNew |= seed == NEW;

      store.write(model(3), directory);
      assertThat(store.read(directory).seed()).isEqualTo(3);
      assertThat(AtomicDirectory.entries(directory.getParent())).containsExactly(directory);
    }
    assertThat(k).isGreaterThan(20);
    assertThat(sawOld && sawNew).isTrue();
  }

  @ParameterizedTest
  @EnumSource(FaultyFiles.Fault.class)
  void aFirstModelIsThereOrNot(FaultyFiles.Fault fault) throws IOException {
    int k = 1;
    for (FaultyFiles files = null; files == null || files.reached(); k++) {
      Path directory = temp.resolve("run" + k).resolve("model");
      files = new FaultyFiles(fault, k);
      tryToWrite(files, directory);
      if (Files.exists(directory)) {
        assertThat(store.read(directory).seed()).isEqualTo(NEW);
      } else {
        ModelStoreTest.assertFails(
            () -> store.read(directory), Kind.UNAVAILABLE, "no model directory");
      }
      store.write(model(3), directory);
      assertThat(store.read(directory).seed()).isEqualTo(3);
    }
  }

  @Test
  void aFullDiskIsReportedWithPathAndBytes() {
    Path directory = temp.resolve("model");
    store.write(model(OLD), directory);
    long bytes = store.verify(directory).bytes();
    ModelStore full = new ModelStore(new FaultyFiles(FaultyFiles.Fault.FULL, 4), ModelKinds.ALL);
    assertThatThrownBy(() -> full.write(model(OLD), directory))
        .isInstanceOfSatisfying(
            TamisException.class, e -> assertThat(e.kind().exitCode()).isEqualTo(74))
        .hasMessageContaining("cannot write the model " + directory)
        .hasMessageContaining("No space left on device")
        .hasMessageContaining(String.format("(%,d bytes are needed", bytes))
        .hasMessageContaining("what was there before is untouched");
  }

  @Test
  void whatDeadWritersLeftIsCleanedUp() throws IOException {
    Path directory = temp.resolve("model");
    store.write(model(OLD), directory);
    Files.writeString(temp.resolve(".model.tamis-lock"), "");
    Path dead = Files.createDirectory(temp.resolve(".model.tamis-new"));
    Files.writeString(dead.resolve(ModelFiles.ITEMS), "half");
    ExampleModels.copy(directory, temp.resolve(".model.tamis-old"));
    store.write(model(NEW), directory);
    assertThat(AtomicDirectory.entries(temp)).containsExactly(directory);
    assertThat(store.read(directory).seed()).isEqualTo(NEW);
  }

  /** Whether the writer said that all went well. */
  private static boolean tryToWrite(FaultyFiles files, Path directory) {
    try {
      new ModelStore(files, ModelKinds.ALL).write(model(NEW), directory);
      return true;
    } catch (FaultyFiles.Stopped e) {
      return false;
    } catch (TamisException e) {
      assertThat(e.kind()).isEqualTo(Kind.IO);
      assertThat(e).hasMessageContaining("No space left on device");
      return false;
    }
  }

  private static TrainedModel model(int seed) {
    return ExampleModels.factors(seed, 4, 5, 2);
  }
}
