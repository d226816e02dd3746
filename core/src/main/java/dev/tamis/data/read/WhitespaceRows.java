package dev.tamis.data.read;

import java.io.IOException;
import java.io.InputStream;

/** Rows of fields with any run of spaces or tabs between them. */
final class WhitespaceRows implements RowReader {
  private final LineReader lines;

  WhitespaceRows(InputStream in) {
    lines = new LineReader(in);
  }

  @Override
  public boolean next(Row row) throws IOException {
    while (lines.next()) {
      row.begin(lines);
      int at = 0;
      while (at < lines.length) {
        int start = at;
        while (at < lines.length && lines.line[at] != ' ' && lines.line[at] != '\t') {
          at++;
        }
        if (at > start) {
          row.add(lines.line, start, at - start);
        }
        at++;
      }
      if (row.fields > 0) {
        return true;
      }
    }
    return false;
  }
}
