package dev.tamis.data.read;

import dev.tamis.config.TamisException;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Unpacks gzip and refuses what is damaged or blown up: once more than 16 MiB have come out, no
 * more than 100 bytes for each byte that went in.
 */
final class GzipGuard extends InputStream {
  static final int MAX_RATIO = 100;
  static final long FREE_BYTES = 16L << 20;

  private final String source;
  private final Counted packed;
  private final GZIPInputStream plain;
  private long produced;

  GzipGuard(String source, InputStream packed) throws IOException {
    this.source = source;
    this.packed = new Counted(packed);
    try {
      this.plain = new GZIPInputStream(this.packed, 1 << 16);
    } catch (EOFException | ZipException e) {
      throw damaged(e);
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 255;
  }

  @Override
  public int read(byte[] target, int from, int length) throws IOException {
    int n;
    try {
      n = plain.read(target, from, length);
    } catch (EOFException | ZipException e) {
      throw damaged(e);
    }
    produced += Math.max(n, 0);
    if (produced > FREE_BYTES && produced / MAX_RATIO > packed.count) {
      throw TamisException.badData(
          source
              + ": the gzip data unpack to more than "
              + MAX_RATIO
              + " times their size, which is refused as an attack; unpack the file yourself if it"
              + " is meant");
    }
    return n;
  }

  @Override
  public void close() throws IOException {
    plain.close();
  }

  private TamisException damaged(IOException cause) {
    String what =
        cause instanceof EOFException ? "the gzip data end too early" : "the gzip data are damaged";
    return new TamisException(
        TamisException.Kind.BAD_DATA,
        source + ": " + what + "; copy or download the file again",
        cause);
  }

  /** Counts what the inflater takes. */
  private static final class Counted extends FilterInputStream {
    private long count;

    Counted(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int b = super.read();
      count += b < 0 ? 0 : 1;
      return b;
    }

    @Override
    public int read(byte[] target, int from, int length) throws IOException {
      int n = super.read(target, from, length);
      count += Math.max(n, 0);
      return n;
    }
  }
}
