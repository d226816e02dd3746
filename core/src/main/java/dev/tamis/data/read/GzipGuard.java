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
  private final Members plain;
  private long produced;

  GzipGuard(String source, InputStream packed) throws IOException {
    this.source = source;
    this.packed = new Counted(packed);
    try {
      this.plain = new Members(this.packed);
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
      if (n < 0) {
        plain.requireEnd();
      }
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

  /**
   * One gzip file after the other. The library takes whatever follows one and does not begin like
   * another for the end; here that may be padding with zeros only.
   */
  private static final class Members extends GZIPInputStream {
    private static final int TRAILER = 8;

    private final Counted packed;
    private long filled; // bytes that had been taken when the inflater was last given some

    Members(Counted packed) throws IOException {
      super(packed, 1 << 16);
      this.packed = packed;
    }

    @Override
    protected void fill() throws IOException {
      super.fill();
      filled = packed.count;
    }

    void requireEnd() throws IOException {
      byte[] rest = new byte[1 << 13];
      int n = 0;
      while (n >= 0) {
        n = packed.read(rest, 0, rest.length);
      }
      long end = filled - inf.getRemaining() + TRAILER;
      if (packed.afterLastByte > end) {
        throw new ZipException("something that is no gzip follows");
      }
    }
  }

  /** Counts what the inflater takes, and where zeros begin that nothing follows. */
  private static final class Counted extends FilterInputStream {
    private long count;
    private long afterLastByte; // the place after the last byte that is not 0

    Counted(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 255;
    }

    @Override
    public int read(byte[] target, int from, int length) throws IOException {
      int n = super.read(target, from, length);
      int last = n;
      while (last > 0 && target[from + last - 1] == 0) {
        last--;
      }
      afterLastByte = last > 0 ? count + last : afterLastByte;
      count += Math.max(n, 0);
      return n;
    }
  }
}
