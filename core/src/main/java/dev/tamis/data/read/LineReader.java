package dev.tamis.data.read;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** Cuts a stream into lines; LF, CR and CRLF end one. Lines over the limit stop the reading. */
final class LineReader {
  private final InputStream in;
  private final byte[] buffer = new byte[1 << 16];
  private int at;
  private int end;
  private boolean afterReturn;
  byte[] line = new byte[512]; // the bytes of the line, without its end
  int length;
  long number; // of the line, from 1

  LineReader(InputStream in) {
    this.in = in;
  }

  /** Reads the next line, blank or not; false at the end of the stream. */
  boolean next() throws IOException {
    length = 0;
    boolean any = false;
    while (true) {
      if (at == end) {
        at = 0;
        end = Math.max(in.read(buffer, 0, buffer.length), 0);
        if (end == 0) {
          number += any ? 1 : 0;
          return any;
        }
      }
      if (afterReturn) {
        afterReturn = false;
        if (buffer[at] == '\n') {
          at++;
          continue;
        }
      }
      int stop = at;
      while (stop < end && buffer[stop] != '\n' && buffer[stop] != '\r') {
        stop++;
      }
      append(stop - at);
      any = true;
      at = stop;
      if (stop < end) {
        afterReturn = buffer[stop] == '\r';
        at++;
        number++;
        return true;
      }
    }
  }

  private void append(int count) {
    if (length + count > Row.MAX_FIELD_BYTES) {
      throw new StructureFault(number + 1, StructureFault.TOO_LONG);
    }
    if (length + count > line.length) {
      line = Arrays.copyOf(line, Math.max(length + count, 2 * line.length));
    }
    System.arraycopy(buffer, at, line, length, count);
    length += count;
  }
}
