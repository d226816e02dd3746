package dev.tamis.data.read;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * How the fields of a row stand apart.
 *
 * @param format never AUTO
 * @param separator what is between two fields; empty for JSON
 */
record Shape(Format format, String separator) {
  static final int SAMPLE_ROWS = 100;
  static final Shape TSV = new Shape(Format.TSV, "\t");
  static final Shape DOUBLE_COLON = new Shape(Format.DOUBLE_COLON, "::");
  static final Shape WHITESPACE = new Shape(Format.WHITESPACE, " ");
  static final Shape JSON = new Shape(Format.JSON_LINES, "");

  static Shape csv(char separator) {
    return new Shape(Format.CSV, String.valueOf(separator));
  }

  /** A reader of rows of this shape; names are those of the JSON members, else not looked at. */
  RowReader rows(InputStream in, List<String> jsonNames) {
    return switch (format) {
      case CSV -> new DelimitedRows(in, separator, true);
      case TSV, DOUBLE_COLON -> new DelimitedRows(in, separator, false);
      case WHITESPACE -> new WhitespaceRows(in);
      case JSON_LINES -> new JsonRows(in, jsonNames);
      case AUTO -> throw new IllegalStateException("a shape is never AUTO");
    };
  }

  /** The first rows of a text, as far as they can be read in this shape. Not for JSON. */
  List<List<String>> sample(byte[] beginning) {
    List<List<String>> sample = new ArrayList<>();
    Row row = new Row(Row.MAX_COLUMNS + 1);
    try {
      RowReader rows = rows(new ByteArrayInputStream(beginning), List.of());
      while (sample.size() < SAMPLE_ROWS && rows.next(row)) {
        List<String> fields = new ArrayList<>(row.kept);
        for (int i = 0; i < row.kept; i++) {
          fields.add(row.string(i));
        }
        sample.add(fields);
      }
    } catch (StructureFault | IOException e) {
      // Only a look ahead: the reading itself meets the same fault and tells it with its line.
      return sample;
    }
    return sample;
  }
}
