package dev.tamis.artifact;

import dev.tamis.data.Sha256;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.zip.CRC32C;

/**
 * A file being written, little-endian, with its length, CRC32C and SHA-256 kept along the way.
 * Without a target it only counts and digests.
 */
final class SectionOutput implements Closeable {
  private static final int BUFFER_BYTES = 1 << 18;

  private final FileOperations.Output target; // null: count and digest only
  private final ByteBuffer buffer =
      ByteBuffer.allocate(BUFFER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
  private final CRC32C crc = new CRC32C();
  private final MessageDigest sha = Sha256.start();
  private long length;
  private int footer;
  private boolean hasFooter;

  SectionOutput(FileOperations.Output target) {
    this.target = target;
  }

  void putInt(int value) throws IOException {
    room(Integer.BYTES);
    buffer.putInt(value);
  }

  void putLong(long value) throws IOException {
    room(Long.BYTES);
    buffer.putLong(value);
  }

  void putBytes(byte[] values) throws IOException {
    int done = 0;
    while (done < values.length) {
      room(1);
      int count = Math.min(buffer.remaining(), values.length - done);
      buffer.put(values, done, count);
      done += count;
    }
  }

  void putInts(int[] values) throws IOException {
    int done = 0;
    while (done < values.length) {
      int count = roomFor(Integer.BYTES, values.length - done);
      buffer.asIntBuffer().put(values, done, count);
      done += advance(count, Integer.BYTES);
    }
  }

  void putFloats(float[] values) throws IOException {
    int done = 0;
    while (done < values.length) {
      int count = roomFor(Float.BYTES, values.length - done);
      buffer.asFloatBuffer().put(values, done, count);
      done += advance(count, Float.BYTES);
    }
  }

  void putLongs(long[] values) throws IOException {
    int done = 0;
    while (done < values.length) {
      int count = roomFor(Long.BYTES, values.length - done);
      buffer.asLongBuffer().put(values, done, count);
      done += advance(count, Long.BYTES);
    }
  }

  void putDoubles(double[] values) throws IOException {
    int done = 0;
    while (done < values.length) {
      int count = roomFor(Double.BYTES, values.length - done);
      buffer.asDoubleBuffer().put(values, done, count);
      done += advance(count, Double.BYTES);
    }
  }

  /** The length in bytes of the UTF-8, then the UTF-8. */
  void putText(String text) throws IOException {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    putInt(utf8.length);
    putBytes(utf8);
  }

  /** Writes the CRC32C of everything before it, as the end of the file. */
  void putCrc() throws IOException {
    flush();
    footer = (int) crc.getValue();
    hasFooter = true;
    putInt(footer);
  }

  long length() {
    return length + buffer.position();
  }

  /** Writes out the rest, makes it durable, and says what was written. */
  Section finish(String name) throws IOException {
    flush();
    if (target != null) {
      target.sync();
    }
    return new Section(
        name,
        length,
        crcText(hasFooter ? footer : (int) crc.getValue()),
        HexFormat.of().formatHex(sha.digest()));
  }

  @Override
  public void close() throws IOException {
    if (target != null) {
      target.close();
    }
  }

  private int roomFor(int elementBytes, int elements) throws IOException {
    room(elementBytes);
    return Math.min(buffer.remaining() / elementBytes, elements);
  }

  private int advance(int elements, int elementBytes) {
    buffer.position(buffer.position() + elements * elementBytes);
    return elements;
  }

  private void room(int bytes) throws IOException {
    if (buffer.remaining() < bytes) {
      flush();
    }
  }

  private void flush() throws IOException {
    buffer.flip();
    crc.update(buffer.array(), 0, buffer.limit());
    sha.update(buffer.array(), 0, buffer.limit());
    length += buffer.limit();
    if (target != null) {
      target.write(buffer);
    }
    buffer.clear();
  }

  /** A CRC as text, in 8 lowercase hexadecimal digits. */
  static String crcText(int crc) {
    return HexFormat.of().toHexDigits(crc);
  }
}
