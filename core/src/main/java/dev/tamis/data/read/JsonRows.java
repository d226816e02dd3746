package dev.tamis.data.read;

import dev.tamis.data.Utf8;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;

/**
 * Rows of JSON lines: the row's fields are the values of the named members, in the order of the
 * names. Numbers and booleans are taken as they are written: {@code 007} is no JSON, but {@code
 * 1.0} and {@code 1} are two ids.
 */
final class JsonRows implements RowReader {
  private final JsonFactory json = JsonFactory.builder().build();
  private final LineReader lines;
  private final List<String> names;
  private final byte[][] values; // [names]; null where the object has no such member

  JsonRows(InputStream in, List<String> names) {
    this.lines = new LineReader(in);
    this.names = names;
    this.values = new byte[names.size()][];
  }

  @Override
  public boolean next(Row row) throws IOException {
    while (lines.next()) {
      if (blank()) {
        continue;
      }
      row.begin(lines);
      try (JsonParser parser =
          json.createParser(ObjectReadContext.empty(), lines.line, 0, lines.length)) {
        readObject(parser);
      } catch (JacksonException e) {
        TokenStreamLocation where = e.getLocation();
        String at = where == null ? "" : " at character " + where.getColumnNr();
        throw new RowFault(
            0,
            "is no JSON"
                + at
                + " ("
                + e.getOriginalMessage()
                    .replaceAll("\\s*\\(start marker.*", "")
                    .replaceAll("\\s+", " ")
                + "); expected one object a line");
      }
      for (int i = 0; i < values.length; i++) {
        if (values[i] == null) {
          throw new RowFault(
              0,
              "has no field '" + names.get(i) + "'; every object needs it, and it may not be null");
        }
        row.add(values[i], 0, values[i].length);
      }
      return true;
    }
    return false;
  }

  private void readObject(JsonParser parser) {
    Arrays.fill(values, null);
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      throw new RowFault(
          0, "is JSON but no object; expected a line like {\"user\": \"u1\", \"item\": \"i1\"}");
    }
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      int field = names.indexOf(parser.currentName());
      JsonToken value = parser.nextToken();
      if (field < 0) {
        parser.skipChildren();
      } else if (value == JsonToken.START_OBJECT || value == JsonToken.START_ARRAY) {
        throw new RowFault(
            0, "field '" + names.get(field) + "' is an object or array; expected text or a number");
      } else if (values[field] != null) {
        throw new RowFault(0, "field '" + names.get(field) + "' comes twice; expected it once");
      } else if (value != JsonToken.VALUE_NULL) {
        values[field] = utf8(names.get(field), parser.getString());
      }
    }
    if (parser.nextToken() != null) {
      throw new RowFault(0, "goes on after the object; expected one object a line");
    }
  }

  /** JSON can name half of a surrogate pair, which has no UTF-8. */
  private static byte[] utf8(String name, String value) {
    Utf8.fault(value)
        .ifPresent(
            fault -> {
              throw new RowFault(0, "field '" + name + "' " + fault);
            });
    return value.getBytes(StandardCharsets.UTF_8);
  }

  private boolean blank() {
    for (int i = 0; i < lines.length; i++) {
      if (lines.line[i] != ' ' && lines.line[i] != '\t') {
        return false;
      }
    }
    return true;
  }
}
