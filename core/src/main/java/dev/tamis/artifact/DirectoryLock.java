package dev.tamis.artifact;

import dev.tamis.config.Reasons;
import dev.tamis.config.TamisException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The right to write in one place: a lock file held by at most one process and one owner within it.
 * The system lets go of it when a process dies.
 */
final class DirectoryLock implements AutoCloseable {
  // The system's locks belong to a process, and closing any channel of the file drops them: owners
  // within this process are told apart here, before a channel is opened.
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path file;
  private final FileChannel channel;
  private boolean closed;

  private DirectoryLock(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * Takes the lock without waiting.
   *
   * @param file the lock file, created if need be
   * @param what for the message, for example "model /models/a"
   * @throws TamisException of kind CONFLICT if somebody else holds it, CANNOT_CREATE if the file
   *     cannot be made
   */
  static DirectoryLock take(Path file, String what) {
    Path key = real(file);
    if (!HELD.add(key)) {
      throw conflict(what);
    }
    FileChannel channel = null;
    try {
      channel = FileChannel.open(key, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      Object opened = identity(key);
      // The holder before us deletes the file when it is done: a lock on a deleted file is worth
      // nothing.
      if (channel.tryLock() == null || !Objects.equals(opened, identity(key))) {
        throw conflict(what);
      }
      return new DirectoryLock(key, channel);
    } catch (OverlappingFileLockException e) {
      // Held in this process by a class of another loader, which has a set of its own.
      HELD.remove(key);
      closeQuietly(channel);
      throw conflict(what);
    } catch (IOException | TamisException e) {
      HELD.remove(key);
      closeQuietly(channel);
      if (e instanceof TamisException refusal) {
        throw refusal;
      }
      throw new TamisException(
          TamisException.Kind.CANNOT_CREATE,
          "cannot create the lock file " + file + ": " + Reasons.of((IOException) e),
          e);
    }
  }

  /**
   * Deletes the lock file and lets go; a second time, does nothing: it may be another's by then.
   */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      // A lock file that stays behind locks nothing: the next owner takes it over.
    } finally {
      closeQuietly(channel);
      HELD.remove(file);
    }
  }

  synchronized boolean isClosed() {
    return closed;
  }

  /** The path without symbolic links, by which owners are told apart. */
  private static Path real(Path file) {
    Path absolute = file.toAbsolutePath().normalize();
    try {
      return absolute.getParent().toRealPath().resolve(absolute.getFileName());
    } catch (IOException e) {
      return absolute; // making the file will say why
    }
  }

  private static Object identity(Path file) throws IOException {
    return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
  }

  private static TamisException conflict(String what) {
    return new TamisException(
        TamisException.Kind.CONFLICT,
        what + " is being written by another run; wait for it to end, or choose another directory");
  }

  private static void closeQuietly(FileChannel channel) {
    if (channel != null) {
      try {
        channel.close();
      } catch (IOException e) {
        // Nothing was written through it.
      }
    }
  }
}
