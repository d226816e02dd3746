package dev.tamis.cli;

import dev.tamis.config.Reasons;
import dev.tamis.config.TamisException;
import dev.tamis.data.WholeFiles;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files that a verb leaves. */
final class Outputs {
  private Outputs() {}

  /**
   * Writes a text file whole or not at all, with the directories above it.
   *
   * @throws TamisException of kind IO if that fails; what was there before is then untouched
   */
  static void write(Path target, String text) {
    write(target, text, "cannot write " + target);
  }

  /**
   * The same.
   *
   * @param failed what is said if that fails, before the reason
   */
  static void write(Path target, String text, String failed) {
    write(target, failed, out -> out.write(text));
  }

  /** The same, for a text that is written piece by piece. */
  static void write(Path target, String failed, Text text) {
    Path place = target.toAbsolutePath().normalize();
    try (WholeFiles files = WholeFiles.replacing()) {
      Files.createDirectories(place.getParent());
      try (Writer out = Files.newBufferedWriter(files.begin(place))) {
        text.writeTo(out);
      }
      files.finish();
    } catch (IOException e) {
      throw new TamisException(TamisException.Kind.IO, failed + ": " + Reasons.of(e), e);
    }
  }

  /** What a file is to have in it. */
  @FunctionalInterface
  interface Text {
    void writeTo(Writer out) throws IOException;
  }
}
