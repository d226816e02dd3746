package dev.tamis.cli;

import dev.tamis.config.Reasons;
import dev.tamis.config.TamisException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

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
    Path place = target.toAbsolutePath().normalize();
    Path temporary = place.resolveSibling("." + place.getFileName() + ".tmp");
    try {
      Files.createDirectories(place.getParent());
      Files.deleteIfExists(temporary); // a dead run's
      try {
        writeDurably(temporary, text);
        Files.move(temporary, place, StandardCopyOption.ATOMIC_MOVE);
      } catch (IOException e) {
        deleteAfter(e, temporary);
        throw e;
      }
    } catch (IOException e) {
      throw new TamisException(TamisException.Kind.IO, failed + ": " + Reasons.of(e), e);
    }
  }

  /** On the disk before it gets its name, or a power cut could leave the name without the text. */
  private static void writeDurably(Path file, String text) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
  }

  private static void deleteAfter(IOException failure, Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      failure.addSuppressed(e); // the first failure is the one to tell
    }
  }
}
