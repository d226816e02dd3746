package dev.tamis.data.read;

import dev.tamis.config.Reasons;
import dev.tamis.config.TamisException;
import dev.tamis.config.TamisException.Kind;
import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * The bytes of a text file, unpacked, without byte order mark, and a look at its beginning. The
 * file is read once, so a pipe will do.
 */
final class TextSource implements Closeable {
  private static final int WINDOW = 1 << 16;

  private final InputStream rest;
  private final byte[] window;
  private final int from; // past the byte order mark

  private TextSource(InputStream rest, byte[] window, int from) {
    this.rest = rest;
    this.window = window;
    this.from = from;
  }

  /**
   * Opens a file, plain or gzip by its first bytes.
   *
   * @param expected what the file should have, for the message if it is empty
   * @throws TamisException of kind IO if it cannot be read, BAD_DATA if it is no text
   */
  static TextSource open(Path path, String expected) {
    InputStream in = null;
    try {
      if (Files.isDirectory(path)) {
        throw new TamisException(Kind.IO, path + ": is a directory; name a file in it");
      }
      in = Files.newInputStream(path);
      byte[] magic = in.readNBytes(4);
      if (magic.length == 0) {
        throw TamisException.badData(path + ": is empty; expected " + expected);
      }
      refuseBinary(path, magic);
      InputStream whole = new SequenceInputStream(new ByteArrayInputStream(magic), in);
      if (starts(magic, 0x1f, 0x8b)) {
        whole = new GzipGuard(path.toString(), whole);
      }
      byte[] window = whole.readNBytes(WINDOW);
      refuseUtf16(path, window);
      if (window.length == 0) {
        throw TamisException.badData(path + ": is empty; expected " + expected);
      }
      return new TextSource(whole, window, starts(window, 0xef, 0xbb, 0xbf) ? 3 : 0);
    } catch (IOException e) {
      closeQuietly(in);
      throw failed(path, e);
    } catch (TamisException e) {
      closeQuietly(in);
      throw e;
    }
  }

  /** The first bytes, up to 64 KiB, cut at the end of a line where there is more. */
  byte[] beginning() {
    int end = window.length;
    if (end == WINDOW) {
      while (end > from && window[end - 1] != '\n' && window[end - 1] != '\r') {
        end--;
      }
      end = end == from ? window.length : end;
    }
    return Arrays.copyOfRange(window, from, end);
  }

  /** All bytes, from the beginning; to be taken once. */
  InputStream stream() {
    return new SequenceInputStream(
        new ByteArrayInputStream(window, from, window.length - from), rest);
  }

  @Override
  public void close() throws IOException {
    rest.close();
  }

  static TamisException failed(Path path, IOException e) {
    return new TamisException(
        Kind.IO,
        path
            + ": cannot be read: "
            + Reasons.of(e)
            + "; check the path, its permissions and the disk",
        e);
  }

  private static void closeQuietly(InputStream in) {
    try {
      if (in != null) {
        in.close();
      }
    } catch (IOException e) {
      // The failure on the way is the one to tell; nothing was written that could be lost.
      return;
    }
  }

  private static void refuseBinary(Path path, byte[] magic) {
    String what = null;
    if (starts(magic, 'P', 'K', 3, 4)) {
      what = "a zip archive (or spreadsheet)";
    } else if (starts(magic, 0x28, 0xb5, 0x2f, 0xfd)) {
      what = "compressed with zstd";
    } else if (starts(magic, 'B', 'Z', 'h')) {
      what = "compressed with bzip2";
    } else if (starts(magic, 0xfd, '7', 'z', 'X')) {
      what = "compressed with xz";
    } else if (starts(magic, 'P', 'A', 'R', '1')) {
      what = "a Parquet file";
    }
    if (what != null) {
      throw TamisException.badData(
          path + ": is " + what + "; only plain text and gzip are read; unpack or export it first");
    }
  }

  private static void refuseUtf16(Path path, byte[] window) {
    int zeros = 0;
    for (byte b : window) {
      zeros += b == 0 ? 1 : 0;
    }
    boolean mark = starts(window, 0xff, 0xfe) || starts(window, 0xfe, 0xff);
    if (mark || zeros > window.length / 4 && zeros < window.length) {
      throw TamisException.badData(
          path + ": looks like UTF-16; save it as UTF-8 (for example: iconv -f utf-16 -t utf-8)");
    }
  }

  private static boolean starts(byte[] bytes, int... magic) {
    for (int i = 0; i < magic.length; i++) {
      if (i >= bytes.length || bytes[i] != (byte) magic[i]) {
        return false;
      }
    }
    return true;
  }
}
