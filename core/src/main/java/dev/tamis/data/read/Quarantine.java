package dev.tamis.data.read;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A file in which bad rows are kept, those of several files one after the other: the first that has
 * any makes it anew. Not safe for several threads.
 */
final class Quarantine {
  private final Path file;
  private boolean begun;

  Quarantine(Path file) {
    this.file = file;
  }

  Path file() {
    return file;
  }

  /** Opens the file, empty the first time, and to add to it afterwards. */
  OutputStream open() throws IOException {
    OutputStream out =
        begun
            ? Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)
            : Files.newOutputStream(file);
    begun = true;
    return new BufferedOutputStream(out);
  }
}
