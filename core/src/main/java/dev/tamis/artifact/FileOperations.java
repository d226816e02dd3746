package dev.tamis.artifact;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/**
 * The operations that change a disk, and nothing else: all writing goes through here, so that a
 * test can stop or fail at each of them.
 */
interface FileOperations {
  /** Creates a directory whose parent exists. */
  void createDirectory(Path directory) throws IOException;

  /** Creates a file that does not exist yet. */
  Output create(Path file) throws IOException;

  /** Renames within a volume, atomically; a directory that is not empty is never replaced. */
  void rename(Path from, Path to) throws IOException;

  /** Deletes a file or an empty directory. */
  void delete(Path path) throws IOException;

  /** Makes the entries of a directory durable. */
  void syncDirectory(Path directory) throws IOException;

  /** A file being written. */
  interface Output extends Closeable {
    /** Writes all that remains in the buffer. */
    void write(ByteBuffer bytes) throws IOException;

    /** Makes the content durable. */
    void sync() throws IOException;
  }
}
