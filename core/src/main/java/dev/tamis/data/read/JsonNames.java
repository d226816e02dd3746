package dev.tamis.data.read;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** The names of the members of the first objects of a JSON lines file. */
final class JsonNames {
  private JsonNames() {}

  /** All names in the first objects that can be read, in the order in which they come. */
  static List<String> of(InputStream beginning) {
    List<String> names = new ArrayList<>();
    JsonFactory json = JsonFactory.builder().build();
    LineReader lines = new LineReader(beginning);
    try {
      for (int r = 0; r < Shape.SAMPLE_ROWS && lines.next(); r++) {
        try (JsonParser parser =
            json.createParser(ObjectReadContext.empty(), lines.line, 0, lines.length)) {
          collect(parser, names);
        } catch (JacksonException e) {
          // Only a look ahead: the reading itself meets the same row and judges it.
          continue;
        }
      }
    } catch (StructureFault | IOException e) {
      return names;
    }
    return names;
  }

  private static void collect(JsonParser parser, List<String> names) {
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      return;
    }
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      parser.nextToken();
      parser.skipChildren();
      if (!names.contains(name) && names.size() < Row.MAX_COLUMNS) {
        names.add(name);
      }
    }
  }
}
