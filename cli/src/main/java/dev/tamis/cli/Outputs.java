package dev.tamis.cli;

import dev.tamis.config.TamisException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Files that a verb leaves. */
final class Outputs {
  private Outputs() {}

  /**
   * Writes a file whole or not at all, with the directories above it.
   *
   * @throws TamisException of kind IO if that fails
   */
  static void write(Path target, String text) {
    Path temporary = target.resolveSibling(target.getFileName() + ".tmp");
    try {
      Files.createDirectories(target.toAbsolutePath().getParent());
      Files.writeString(temporary, text);
      Files.move(temporary, target, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new TamisException(
          TamisException.Kind.IO, "cannot write " + target + ": " + Reasons.of(e), e);
    }
  }
}
