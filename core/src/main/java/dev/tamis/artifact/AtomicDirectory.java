package dev.tamis.artifact;

import dev.tamis.config.Reasons;
import dev.tamis.config.TamisException;
import dev.tamis.config.TamisException.Kind;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Predicate;

/**
 * A directory of files that appears under its name whole or not at all.
 *
 * <p>It is written under {@code .NAME.tamis-new} beside its place, made durable, and renamed. What
 * had the name before is first renamed to {@code .NAME.tamis-old} and deleted afterwards: a writer
 * that dies between the two renames leaves the old one there, where {@link #locate} finds it. The
 * next writer puts right whatever a dead one left.
 */
final class AtomicDirectory {
  private static final System.Logger LOG = System.getLogger(AtomicDirectory.class.getName());

  private final FileOperations files;
  private final Predicate<String> ours;
  private final Path target;
  private final Path parent;
  private final Path fresh;
  private final Path old;

  /**
   * @param ours tells the names of files that may be replaced
   */
  AtomicDirectory(FileOperations files, Path directory, Predicate<String> ours) {
    this.files = files;
    this.ours = ours;
    this.target = directory.toAbsolutePath().normalize();
    this.parent = target.getParent();
    if (parent == null) {
      throw new TamisException(
          Kind.CANNOT_CREATE, directory + " is the root of the disk; name a directory in it");
    }
    this.fresh = beside(target, "new");
    this.old = beside(target, "old");
  }

  /** Writes the files of a directory into an empty one, each made durable. */
  interface Content {
    void write(FileOperations files, Path directory) throws IOException;
  }

  /** Where the directory of this name is now: beside its place if a writer died half-way. */
  static Path locate(Path directory) {
    Path place = directory.toAbsolutePath().normalize();
    if (place.getParent() == null || Files.exists(place)) {
      return directory;
    }
    Path old = beside(place, "old");
    return Files.isDirectory(old) ? old : directory;
  }

  /**
   * Replaces the directory.
   *
   * @param bytes how many bytes the content needs, for messages
   * @throws TamisException of kind CANNOT_CREATE if something else has the name or the place cannot
   *     be written to, CONFLICT if another writer is at it, IO if writing fails; the old directory
   *     is then as it was
   */
  void replace(long bytes, Content content) {
    try {
      Files.createDirectories(parent);
    } catch (IOException e) {
      throw new TamisException(
          Kind.CANNOT_CREATE, "cannot create the directory " + parent + ": " + Reasons.of(e), e);
    }
    DirectoryLock lock = DirectoryLock.take(beside(target, "lock"), "model " + target);
    try {
      refuseOther();
      try {
        putRight();
        write(content);
      } catch (IOException e) {
        dropFresh(e);
        throw Failures.writing("the model " + target, parent, bytes, e);
      }
      publish(bytes);
    } finally {
      lock.close();
    }
  }

  private void write(Content content) throws IOException {
    files.createDirectory(fresh);
    content.write(files, fresh);
    files.syncDirectory(fresh);
  }

  private void publish(long bytes) {
    boolean replaces = Files.exists(target);
    try {
      if (replaces) {
        files.rename(target, old);
      }
      files.rename(fresh, target);
      files.syncDirectory(parent);
    } catch (IOException e) {
      goBack(e);
      throw Failures.writing("the model " + target, parent, bytes, e);
    }
    if (replaces) {
      try {
        deleteAll(old);
      } catch (IOException e) {
        LOG.log(
            System.Logger.Level.WARNING,
            "the new model is in place, but what it replaced could not be deleted: {0}: {1}",
            old,
            Reasons.of(e));
      }
    }
  }

  /** After a rename failed: the old directory gets its name again. */
  private void goBack(IOException cause) {
    try {
      if (Files.exists(old)) {
        if (Files.exists(target)) {
          files.rename(target, fresh);
        }
        files.rename(old, target);
      }
    } catch (IOException e) {
      cause.addSuppressed(e);
    }
    dropFresh(cause);
  }

  private void dropFresh(IOException cause) {
    try {
      deleteAll(fresh);
    } catch (IOException e) {
      cause.addSuppressed(e);
    }
  }

  /** Ends what a dead writer began. */
  private void putRight() throws IOException {
    deleteAll(fresh);
    if (Files.exists(old)) {
      if (Files.exists(target)) {
        deleteAll(old);
      } else {
        files.rename(old, target);
        files.syncDirectory(parent);
      }
    }
  }

  /** Refuses a place that holds anything that is not ours. */
  void refuseOther() {
    if (!Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    if (Files.isSymbolicLink(target)) {
      throw refusal("is a symbolic link; name the directory itself");
    }
    if (!Files.isDirectory(target)) {
      throw refusal("is a file; choose another name");
    }
    try {
      for (Path entry : entries(target)) {
        if (!ours.test(entry.getFileName().toString()) || Files.isDirectory(entry)) {
          throw refusal(
              "holds '"
                  + entry.getFileName()
                  + "', which is not part of a model, and would be deleted; move it away or choose"
                  + " another name");
        }
      }
    } catch (IOException e) {
      throw Failures.reading(target, e);
    }
  }

  private TamisException refusal(String why) {
    return new TamisException(Kind.CANNOT_CREATE, "cannot replace " + target + ": it " + why);
  }

  private void deleteAll(Path directory) throws IOException {
    if (Files.isDirectory(directory)) {
      for (Path entry : entries(directory)) {
        files.delete(entry);
      }
      files.delete(directory);
    }
  }

  /** What is in a directory, in the order of the names. */
  static List<Path> entries(Path directory) throws IOException {
    List<Path> entries = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
      stream.forEach(entries::add);
    }
    Collections.sort(entries);
    return entries;
  }

  private static Path beside(Path target, String what) {
    return target.resolveSibling("." + target.getFileName() + ".tamis-" + what);
  }
}
