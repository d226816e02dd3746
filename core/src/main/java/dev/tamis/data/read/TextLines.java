package dev.tamis.data.read;

import dev.tamis.config.TamisException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * The lines of a text file, plain or gzip, in UTF-8 with or without byte order mark, one after
 * another; LF, CR and CRLF end one. A line has at most {@value Row#MAX_FIELD_BYTES} bytes.
 */
public final class TextLines implements Closeable {
  private final Path path;
  private final TextSource source;
  private final LineReader lines;

  private TextLines(Path path, TextSource source) {
    this.path = path;
    this.source = source;
    this.lines = new LineReader(source.stream());
  }

  /**
   * Opens a file.
   *
   * @throws TamisException of kind IO if it cannot be read, BAD_DATA if it is empty or no text
   */
  public static TextLines open(Path path) {
    return new TextLines(path, TextSource.open(path, "a line at least"));
  }

  /**
   * The next line without its end; null at the end of the file.
   *
   * @throws TamisException of kind BAD_DATA if the line is too long or not UTF-8, of kind IO if the
   *     file cannot be read or unpacked
   */
  public String next() {
    try {
      return lines.next() ? text() : null;
    } catch (StructureFault e) {
      throw TamisException.badData(path + ":" + e.line() + ": " + e.getMessage());
    } catch (IOException e) {
      throw TextSource.failed(path, e);
    }
  }

  private String text() {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(lines.line, 0, lines.length))
          .toString();
    } catch (CharacterCodingException e) {
      throw TamisException.badData(
          path
              + ":"
              + lines.number
              + ": is not valid UTF-8; save the file as UTF-8 (for example: iconv -f latin1 -t"
              + " utf-8)");
    }
  }

  /** The number of the line that {@link #next} returned last, from 1. */
  public long number() {
    return lines.number;
  }

  /**
   * @throws TamisException of kind IO if the file cannot be closed
   */
  @Override
  public void close() {
    try {
      source.close();
    } catch (IOException e) {
      throw TextSource.failed(path, e);
    }
  }
}
