package dev.tamis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Runs that are stopped and go on. */
class ResumeTest {
  @TempDir private static Path directory;
  private static Fixture fixture;

  @BeforeAll
  static void makeData() {
    fixture = new Fixture(directory);
  }

  @Test
  void aKilledRunGoesOnToTheBytesOfOneThatWasNot() throws Exception {
    Path whole = directory.resolve("whole");
    Path parts = directory.resolve("parts");
    Path state = directory.resolve("state");
    train(whole).succeeds();

    Process run = start(parts, "--checkpoint", state.toString(), "--checkpoint-every-epoch");
    waitForCheckpoint(run, state);
    run.destroyForcibly().waitFor(); // kill -9
    assertThat(parts).doesNotExist();

    String[] kept = {"--checkpoint", state.toString(), "--checkpoint-every-epoch"};
    train(parts, kept).fails(75, "add --resume to go on with it");
    Cli other = train(parts, "--checkpoint", state.toString(), "--resume", "--seed", "99");
    other.fails(75, "of another run");

    Cli resumed = train(parts, "--checkpoint", state.toString(), "--resume");
    assertThat(resumed.succeeds().err()).contains("resumed after epoch");
    assertThat(manifest(parts)).isEqualTo(manifest(whole));
    assertThat(hasCheckpoint(state)).as("state of a run that has ended").isFalse();
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void aSignalEndsTheProcessWithItsOwnCodeAndAHint() throws Exception {
    Path state = directory.resolve("signalled-state");
    Process run =
        start(
            directory.resolve("signalled"),
            "--checkpoint",
            state.toString(),
            "--checkpoint-every-epoch");
    waitForCheckpoint(run, state);
    run.destroy(); // SIGTERM
    assertThat(run.waitFor()).isEqualTo(143);
    assertThat(Files.readString(directory.resolve("stderr")))
        .contains(
            "tamis: stopped by a signal; the same command with --resume goes on from what is in "
                + state)
        .doesNotContain("Exception");
    assertThat(directory.resolve("stdout")).isEmptyFile();
  }

  @Test
  void resumingWithoutAStateStartsAnew() {
    Path state = directory.resolve("empty-state");
    Cli run =
        fixture.train(
            directory.resolve("anew"),
            "--method",
            "bpr",
            "--epochs",
            "2",
            "--checkpoint",
            state.toString(),
            "--resume");
    assertThat(run.succeeds().err()).doesNotContain("resumed");
  }

  private static Cli train(Path out, String... more) {
    return fixture.train(out, options(more).toArray(String[]::new));
  }

  private static List<String> options(String... more) {
    List<String> args =
        new ArrayList<>(List.of("--method", "bpr", "--epochs", "300", "--set", "dim=8"));
    args.addAll(Arrays.asList(more));
    return args;
  }

  /** The same in a process of its own. */
  private static Process start(Path out, String... more) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-cp");
    command.add(
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    command.addAll(
        List.of(
            "dev.tamis.cli.Main",
            "train",
            fixture.interactions.toString(),
            "--out",
            out.toString()));
    command.addAll(options(more));
    return new ProcessBuilder(command)
        .redirectOutput(directory.resolve("stdout").toFile())
        .redirectError(directory.resolve("stderr").toFile())
        .start();
  }

  private static void waitForCheckpoint(Process run, Path state) throws InterruptedException {
    while (run.isAlive() && !hasCheckpoint(state)) {
      Thread.sleep(2);
    }
    assertThat(run.isAlive()).as("the run goes on after its first checkpoint").isTrue();
  }

  private static boolean hasCheckpoint(Path state) {
    if (!Files.isDirectory(state)) {
      return false;
    }
    try (Stream<Path> files = Files.list(state)) {
      return files.anyMatch(file -> file.toString().endsWith(".tamis"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] manifest(Path model) throws IOException {
    return Files.readAllBytes(model.resolve("manifest.json"));
  }
}
