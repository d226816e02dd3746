package dev.tamis.data;

import dev.tamis.config.Reasons;
import dev.tamis.config.TamisException;
import dev.tamis.config.TamisException.Kind;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Files that belong together and get their names when all of them are written. Each is written
 * under {@code .tamis-new.NAME} beside its place. What is not a file, such as a pipe, has nothing
 * that could be lost, and is written to as it is.
 */
public final class WholeFiles implements AutoCloseable {
  private final String other; // null: files of the same names are replaced
  private final Map<Path, Path> places = new LinkedHashMap<>(); // where each is written now

  private WholeFiles(String other) {
    this.other = other;
  }

  /**
   * Files beside which nothing is written over.
   *
   * @param other what to do where a name is taken, for messages: "name another directory"
   */
  public static WholeFiles beside(String other) {
    return new WholeFiles(other);
  }

  /** Files that take the place of those that have their names. */
  public static WholeFiles replacing() {
    return new WholeFiles(null);
  }

  /**
   * Where a file is to be written; its name ends as that of the file.
   *
   * @throws TamisException of kind CANNOT_CREATE if the name is that of a directory
   */
  public Path begin(Path target) throws IOException {
    if (Files.isDirectory(target)) {
      throw new TamisException(
          Kind.CANNOT_CREATE,
          target + " is a directory; " + (other == null ? "choose another name" : other));
    }
    if (Files.exists(target) && !Files.isRegularFile(target)) {
      return target;
    }
    Path place = target.resolveSibling(".tamis-new." + target.getFileName());
    Files.deleteIfExists(place); // a dead run's
    places.put(target, place);
    return place;
  }

  /**
   * Gives all files their names. One that is there already, byte for byte, is left as it is.
   *
   * @throws TamisException of kind CANNOT_CREATE if a name is that of a file with another content,
   *     unless those are replaced; then none of them is there
   */
  public void finish() throws IOException {
    for (Map.Entry<Path, Path> one : places.entrySet()) {
      if (other != null && differs(one.getKey(), one.getValue())) {
        throw new TamisException(
            Kind.CANNOT_CREATE,
            one.getKey() + " is there already and is not what would be written; " + other);
      }
      // On the disk before it gets its name, or a power cut could leave the name without the text.
      try (FileChannel channel = FileChannel.open(one.getValue(), StandardOpenOption.WRITE)) {
        channel.force(true);
      }
    }
    for (Map.Entry<Path, Path> one : places.entrySet()) {
      if (!Files.exists(one.getKey()) || differs(one.getKey(), one.getValue())) {
        Files.move(one.getValue(), one.getKey(), StandardCopyOption.ATOMIC_MOVE);
      }
    }
  }

  private static boolean differs(Path there, Path written) throws IOException {
    return Files.exists(there) && Files.mismatch(there, written) >= 0;
  }

  /** Removes what was written and did not get its name. */
  @Override
  public void close() throws IOException {
    for (Path place : places.values()) {
      Files.deleteIfExists(place);
    }
  }

  /**
   * A failure to write, in words.
   *
   * @param what could not be done: "cannot write the data in DIR"
   * @return of kind CANNOT_CREATE if a file cannot be there, IO if writing failed
   */
  public static TamisException failed(String what, IOException e) {
    boolean cannotCreate =
        e instanceof AccessDeniedException
            || e instanceof NoSuchFileException
            || e instanceof FileAlreadyExistsException;
    return new TamisException(
        cannotCreate ? Kind.CANNOT_CREATE : Kind.IO, what + ": " + Reasons.of(e), e);
  }
}
