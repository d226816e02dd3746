package dev.tamis.artifact;

import java.util.Iterator;
import java.util.Map;
import java.util.SortedMap;
import tools.jackson.core.io.JsonStringEncoder;

/** JSON texts whose bytes are fixed by us and do not depend on a library's layout. */
final class JsonText {
  private JsonText() {}

  /** A text in quotes. */
  static String quote(String text) {
    StringBuilder quoted = new StringBuilder(text.length() + 2).append('"');
    JsonStringEncoder.getInstance().quoteAsString(text, quoted);
    return quoted.append('"').toString();
  }

  /** An object of texts, an entry a line, at some indentation. */
  static String object(SortedMap<String, String> texts, String indent) {
    if (texts.isEmpty()) {
      return "{}";
    }
    StringBuilder json = new StringBuilder("{\n");
    for (Iterator<Map.Entry<String, String>> i = texts.entrySet().iterator(); i.hasNext(); ) {
      Map.Entry<String, String> entry = i.next();
      json.append(indent)
          .append("  ")
          .append(quote(entry.getKey()))
          .append(": ")
          .append(quote(entry.getValue()))
          .append(i.hasNext() ? ",\n" : "\n");
    }
    return json.append(indent).append('}').toString();
  }
}
