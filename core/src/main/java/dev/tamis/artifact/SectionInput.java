package dev.tamis.artifact;

import dev.tamis.config.TamisException;
import dev.tamis.data.Utf8;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.zip.CRC32C;

/**
 * A file being read, little-endian, in one pass that checks while it reads: nothing that was read
 * may be used before {@link #finish()} returned. Memory is one buffer of 256 KiB; whoever allocates
 * for what the file claims to hold asks {@link #need} first.
 */
final class SectionInput implements Closeable {
  private static final int BUFFER_BYTES = 1 << 18;

  private final Path file;
  private final Section expected; // null if nothing is known but what the file says itself
  private final FileChannel channel;
  private final long size;
  private final ByteBuffer buffer;
  private final CRC32C crc = new CRC32C();
  private int absorbed; // up to where the buffer went into the checksum
  private final long crcEnd; // up to where the CRC32C goes: it leaves out the footer that holds it
  private long crcDone;
  private long fetched; // bytes of the file that are or were in the buffer

  /**
   * Opens a file of which the manifest knows length and CRC32C.
   *
   * @throws TamisException of kind BAD_DATA if it is missing or of another length
   */
  static SectionInput open(Path directory, Section expected) throws IOException {
    SectionInput in = start(directory.resolve(expected.file()), expected);
    try {
      requireLength(directory, expected, in.size);
      return in;
    } catch (TamisException e) {
      in.close();
      throw e;
    }
  }

  /** Refuses a file that is missing or of another length than the manifest says. */
  static void requireLength(Path directory, Section expected) throws IOException {
    refuseDirectory(directory.resolve(expected.file()));
    try {
      requireLength(directory, expected, Files.size(directory.resolve(expected.file())));
    } catch (NoSuchFileException e) {
      throw missing(directory.resolve(expected.file()), e);
    }
  }

  private static void requireLength(Path directory, Section expected, long bytes) {
    if (bytes != expected.bytes()) {
      throw TamisException.badData(
          String.format(
              Locale.ROOT,
              "%s: %s has %,d bytes, manifest says %,d; %s",
              directory,
              expected.file(),
              bytes,
              expected.bytes(),
              bytes < expected.bytes()
                  ? "the copy is incomplete"
                  : "something was added to the file, or it belongs to another model"));
    }
  }

  /** Opens a file that carries its own checksum. */
  static SectionInput open(Path file) throws IOException {
    return start(file, null);
  }

  private static SectionInput start(Path file, Section expected) throws IOException {
    refuseDirectory(file); // or it would be opened, and fail at the first byte
    FileChannel channel;
    try {
      channel = FileChannel.open(file, StandardOpenOption.READ);
    } catch (NoSuchFileException e) {
      throw missing(file, e);
    }
    try {
      return new SectionInput(file, expected, channel);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  private static void refuseDirectory(Path file) {
    if (Files.isDirectory(file)) {
      throw TamisException.badData(
          parent(file)
              + ": "
              + file.getFileName()
              + " is a directory; expected a file; copy the directory "
              + parent(file)
              + " again from where it was made");
    }
  }

  private static TamisException missing(Path file, NoSuchFileException e) {
    return new TamisException(
        TamisException.Kind.BAD_DATA,
        parent(file)
            + ": "
            + file.getFileName()
            + " is missing; copy the directory with all its files",
        e);
  }

  private static Path parent(Path file) {
    return file.getParent() == null ? Path.of(".") : file.getParent();
  }

  private SectionInput(Path file, Section expected, FileChannel channel) throws IOException {
    this.file = file;
    this.expected = expected;
    this.channel = channel;
    this.size = channel.size();
    boolean footer = expected == null || !expected.file().equals(ModelFiles.TENSORS);
    this.crcEnd = footer ? size - Integer.BYTES : size;
    int capacity = (int) Math.min(BUFFER_BYTES, Math.max(Long.BYTES, size));
    this.buffer = ByteBuffer.allocate(capacity).order(ByteOrder.LITTLE_ENDIAN).limit(0);
  }

  /** The length of the file. */
  long size() {
    return size;
  }

  /** How many bytes are not read yet. */
  long remaining() {
    return size - fetched + buffer.remaining();
  }

  int readInt() throws IOException {
    fill(Integer.BYTES);
    return buffer.getInt();
  }

  long readLong() throws IOException {
    fill(Long.BYTES);
    return buffer.getLong();
  }

  byte[] readBytes(long count) throws IOException {
    need(count, 1);
    byte[] values = new byte[(int) count];
    for (int done = 0; done < values.length; ) {
      fill(1);
      int some = Math.min(buffer.remaining(), values.length - done);
      buffer.get(values, done, some);
      done += some;
    }
    return values;
  }

  int[] readInts(long count) throws IOException {
    need(count, Integer.BYTES);
    int[] values = new int[(int) count];
    for (int done = 0; done < values.length; ) {
      int some = available(Integer.BYTES, values.length - done);
      buffer.asIntBuffer().get(values, done, some);
      done += advance(some, Integer.BYTES);
    }
    return values;
  }

  float[] readFloats(long count) throws IOException {
    need(count, Float.BYTES);
    float[] values = new float[(int) count];
    for (int done = 0; done < values.length; ) {
      int some = available(Float.BYTES, values.length - done);
      buffer.asFloatBuffer().get(values, done, some);
      done += advance(some, Float.BYTES);
    }
    return values;
  }

  long[] readLongs(long count) throws IOException {
    need(count, Long.BYTES);
    long[] values = new long[(int) count];
    for (int done = 0; done < values.length; ) {
      int some = available(Long.BYTES, values.length - done);
      buffer.asLongBuffer().get(values, done, some);
      done += advance(some, Long.BYTES);
    }
    return values;
  }

  double[] readDoubles(long count) throws IOException {
    need(count, Double.BYTES);
    double[] values = new double[(int) count];
    for (int done = 0; done < values.length; ) {
      int some = available(Double.BYTES, values.length - done);
      buffer.asDoubleBuffer().get(values, done, some);
      done += advance(some, Double.BYTES);
    }
    return values;
  }

  String readText() throws IOException {
    int length = readInt();
    need(length, 1);
    try {
      return Utf8.text(readBytes(length));
    } catch (java.nio.charset.CharacterCodingException e) {
      throw damaged("a text is not UTF-8");
    }
  }

  /**
   * Refuses a count that the rest of the file has no room for, or that is negative or too large for
   * an array.
   */
  void need(long count, int elementBytes) throws IOException {
    if (count < 0 || count > Integer.MAX_VALUE - 8 || count > remaining() / elementBytes) {
      throw damaged(
          String.format(
              Locale.ROOT,
              "it claims %,d entries of %d bytes, but %,d bytes are left",
              count,
              elementBytes,
              remaining()));
    }
  }

  /** Reads the CRC32C of everything before it and compares. */
  void checkCrc() throws IOException {
    absorb();
    int actual = (int) crc.getValue();
    int written = readInt();
    if (written != actual) {
      throw wrongCrc(SectionOutput.crcText(actual), "its footer", SectionOutput.crcText(written));
    }
  }

  /** Checks that the end was reached and that the CRC32C is what the manifest says. */
  void finish() throws IOException {
    if (remaining() != 0) {
      throw damaged(String.format(Locale.ROOT, "%,d bytes follow its end", remaining()));
    }
    absorb();
    if (expected != null) {
      String actual = SectionOutput.crcText((int) crc.getValue());
      if (!actual.equals(expected.crc32c())) {
        throw wrongCrc(actual, "the manifest", expected.crc32c());
      }
    }
  }

  /** What to throw when the content makes no sense. */
  TamisException damaged(String reason) throws IOException {
    return orWrongCrc(TamisException.badData(where() + " is not valid: " + reason));
  }

  /** Refuses a file that carries the id of another artifact than the manifest. */
  void requireId(String found, String wanted) {
    if (!found.equals(wanted)) {
      throw TamisException.badData(
          where()
              + " belongs to the model "
              + found
              + ", the manifest to the model "
              + wanted
              + "; files of two models are mixed, or the file is damaged");
    }
  }

  /** A failure to understand the content, or the better reason if the CRC32C is wrong as well. */
  TamisException orWrongCrc(TamisException failure) throws IOException {
    if (expected == null) {
      return failure;
    }
    buffer.position(buffer.limit());
    while (remaining() > 0) {
      fill(1);
      buffer.position(buffer.limit());
    }
    absorb();
    String actual = SectionOutput.crcText((int) crc.getValue());
    return actual.equals(expected.crc32c())
        ? failure
        : wrongCrc(actual, "the manifest", expected.crc32c());
  }

  private TamisException wrongCrc(String actual, String by, String written) {
    return Failures.checksum(file, "CRC32C", actual, by, written);
  }

  private String where() {
    return file.getParent() + ": " + file.getFileName();
  }

  private int available(int elementBytes, int elements) throws IOException {
    fill(elementBytes);
    return Math.min(buffer.remaining() / elementBytes, elements);
  }

  private int advance(int elements, int elementBytes) {
    buffer.position(buffer.position() + elements * elementBytes);
    return elements;
  }

  /** Sees to it that at least some bytes, at most 8, are in the buffer. */
  private void fill(int bytes) throws IOException {
    if (buffer.remaining() >= bytes) {
      return;
    }
    if (remaining() < bytes) {
      throw damaged("it ends in the middle");
    }
    absorb();
    buffer.compact();
    absorbed = 0;
    buffer.limit((int) Math.min(buffer.capacity(), buffer.position() + size - fetched));
    while (buffer.hasRemaining()) {
      int count = channel.read(buffer);
      if (count < 0) {
        throw new EOFException(file + " became shorter while it was read");
      }
      fetched += count;
    }
    buffer.flip();
  }

  /** Takes what was consumed since the last time into the checksum. */
  private void absorb() {
    int count = buffer.position() - absorbed;
    // The CRC32C of anything followed by its own CRC32C is the same number for all files.
    int crcCount = (int) Math.max(0, Math.min(count, crcEnd - crcDone));
    crc.update(buffer.array(), absorbed, crcCount);
    crcDone += count;
    absorbed = buffer.position();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
