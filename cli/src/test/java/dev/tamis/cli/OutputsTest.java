package dev.tamis.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tamis.config.TamisException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputsTest {
  @TempDir Path temp;

  @Test
  void aFileIsWrittenWithItsDirectoriesAndNothingBesideIt() throws IOException {
    Path file = temp.resolve("a/b/report.json");
    Outputs.write(file, "old");
    Outputs.write(file, "new \u00e9");
    assertThat(Files.readString(file)).isEqualTo("new \u00e9");
    assertThat(entries(file.getParent())).containsExactly(file);
  }

  @Test
  void whatADeadRunLeftIsNoHindrance() throws IOException {
    Files.writeString(temp.resolve(".tamis-new.report.json"), "half a re");
    Outputs.write(temp.resolve("report.json"), "whole");
    assertThat(entries(temp)).containsExactly(temp.resolve("report.json"));
  }

  @Test
  void whereTheFileCannotGetItsNameNothingIsLeft() throws IOException {
    Path taken = Files.createDirectories(temp.resolve("report.json"));
    Files.writeString(taken.resolve("file"), "in it");
    refused(() -> Outputs.write(taken, "text"), taken + " is a directory; choose another name");
    assertThat(entries(temp)).containsExactly(taken);
    assertThat(entries(taken)).containsExactly(taken.resolve("file"));
  }

  @Test
  void whatWasThereIsUntouchedWhereNothingCanBeWritten() throws IOException {
    Path file = Files.writeString(temp.resolve("report.json"), "old");
    Path blocked = Files.createDirectories(temp.resolve(".tamis-new.report.json"));
    Files.writeString(blocked.resolve("file"), "in it");
    refused(() -> Outputs.write(file, "new", "no log"), "no log: ");
    assertThat(Files.readString(file)).isEqualTo("old");
    Path below = file.resolve("c");
    refused(() -> Outputs.write(below, "new"), "cannot write " + below + ": ");
  }

  private static void refused(Runnable write, String message) {
    assertThatThrownBy(write::run)
        .isInstanceOfSatisfying(
            TamisException.class,
            e ->
                assertThat(e.kind())
                    .isIn(TamisException.Kind.IO, TamisException.Kind.CANNOT_CREATE))
        .hasMessageStartingWith(message);
  }

  private static List<Path> entries(Path directory) throws IOException {
    try (Stream<Path> all = Files.list(directory)) {
      return all.sorted().toList();
    }
  }
}
