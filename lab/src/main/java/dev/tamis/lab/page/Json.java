package dev.tamis.lab.page;

import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Writes trees of maps, lists, texts, numbers, booleans and null as one line of JSON. */
public final class Json {
  private static final JsonFactory FACTORY = new JsonFactory();

  private Json() {}

  /** The tree as text. A number that is not finite, and an empty optional, become null. */
  public static String write(Map<String, ?> tree) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
      value(json, tree);
    }
    return text.toString();
  }

  private static void value(JsonGenerator json, Object value) {
    if (value == null) {
      json.writeNull();
    } else if (value instanceof Optional<?> optional) {
      value(json, optional.orElse(null));
    } else if (value instanceof Map<?, ?> map) {
      json.writeStartObject();
      map.forEach(
          (name, child) -> {
            json.writeName(name.toString());
            value(json, child);
          });
      json.writeEndObject();
    } else if (value instanceof List<?> list) {
      json.writeStartArray();
      list.forEach(child -> value(json, child));
      json.writeEndArray();
    } else if (value instanceof Boolean bool) {
      json.writeBoolean(bool);
    } else if (value instanceof Integer || value instanceof Long) {
      json.writeNumber(((Number) value).longValue());
    } else if (value instanceof Float number) {
      finite(json, Float.isFinite(number), number.toString());
    } else if (value instanceof Double number) {
      finite(json, Double.isFinite(number), number.toString());
    } else {
      json.writeString(value.toString());
    }
  }

  private static void finite(JsonGenerator json, boolean finite, String number) {
    if (finite) {
      json.writeNumber(number);
    } else {
      json.writeNull();
    }
  }
}
