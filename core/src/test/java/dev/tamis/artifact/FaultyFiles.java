package dev.tamis.artifact;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The disk until the k-th operation, at which the machine stops or the operation fails. A stop ends
 * everything that follows, and damages what was written but not made durable.
 */
final class FaultyFiles implements FileOperations {
  /** What happens at the k-th operation. */
  enum Fault {
    /** The machine stops; files that were not made durable are gone. */
    STOP_DROPPING,
    /** The same, but they have zeros in place of content. */
    STOP_ZEROING,
    /** The same, but they have half of their content. */
    STOP_HALVING,
    /** The same, but one bit of each is wrong. */
    STOP_FLIPPING,
    /** The operation fails, a write after half of it; the next ones go well. */
    FAIL_ONCE,
    /** The disk is full: this and all later creating and writing fails. */
    FULL
  }

  /** The end of the process, as far as the code under test can see. */
  static final class Stopped extends Error {
    private static final long serialVersionUID = 1L;
  }

  private final FileOperations disk = new DiskOperations();
  private final Fault fault;
  private final int at;
  private final Set<Path> notDurable = new LinkedHashSet<>();
  private int count;

  /**
   * @param at the number of the operation that goes wrong, from 1
   */
  FaultyFiles(Fault fault, int at) {
    this.fault = fault;
    this.at = at;
  }

  /** Nothing ever goes wrong; quicker than a disk, since nothing waits for it. */
  static FaultyFiles sound() {
    return new FaultyFiles(Fault.FAIL_ONCE, Integer.MAX_VALUE);
  }

  /** Whether the operation that was to go wrong was reached. */
  boolean reached() {
    return count >= at;
  }

  @Override
  public void createDirectory(Path directory) throws IOException {
    step(true);
    disk.createDirectory(directory);
  }

  @Override
  public Output create(Path file) throws IOException {
    step(true);
    Output output = disk.create(file);
    notDurable.add(file);
    return new Output() {
      @Override
      public void write(ByteBuffer bytes) throws IOException {
        try {
          step(true);
        } catch (IOException e) {
          output.write(bytes.limit(bytes.position() + bytes.remaining() / 2));
          throw e;
        }
        output.write(bytes);
      }

      @Override
      public void sync() throws IOException {
        step(true);
        notDurable.remove(file); // as good as durable: what is not, is damaged by us at the stop
      }

      @Override
      public void close() throws IOException {
        output.close();
      }
    };
  }

  @Override
  public void rename(Path from, Path to) throws IOException {
    step(false);
    disk.rename(from, to);
  }

  @Override
  public void delete(Path path) throws IOException {
    step(false);
    disk.delete(path);
    notDurable.remove(path);
  }

  @Override
  public void syncDirectory(Path directory) throws IOException {
    step(false);
  }

  private void step(boolean needsSpace) throws IOException {
    count++;
    if (fault == Fault.FAIL_ONCE && count == at
        || fault == Fault.FULL && count >= at && needsSpace) {
      throw new IOException("No space left on device");
    }
    if (fault != Fault.FAIL_ONCE && fault != Fault.FULL && count >= at) {
      if (count == at) {
        for (Path file : notDurable) {
          damage(file);
        }
      }
      throw new Stopped();
    }
  }

  private void damage(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    switch (fault) {
      case STOP_DROPPING -> Files.delete(file);
      case STOP_ZEROING -> Files.write(file, new byte[bytes.length]);
      case STOP_HALVING -> Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
      default -> {
        if (bytes.length > 0) {
          bytes[bytes.length / 2] ^= 4;
          Files.write(file, bytes);
        }
      }
    }
  }
}
