package dev.tamis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * A JSON value read for assertions.
 *
 * @param value a map, list, text, number, boolean or null
 */
record JsonTree(Object value) {
  static JsonTree parse(String text) {
    try (JsonParser parser = new JsonFactory().createParser(ObjectReadContext.empty(), text)) {
      parser.nextToken();
      JsonTree tree = new JsonTree(read(parser));
      assertThat(parser.nextToken()).as("what follows the JSON value").isNull();
      return tree;
    }
  }

  /** A value inside: "items.0.id". */
  JsonTree at(String path) {
    Object at = value;
    for (String step : path.split("\\.")) {
      if (at instanceof List<?> list) {
        at = list.get(Integer.parseInt(step));
      } else {
        Map<?, ?> map = (Map<?, ?>) at;
        assertThat(map.containsKey(step)).as("'%s' of %s in %s", step, path, map.keySet()).isTrue();
        at = map.get(step);
      }
    }
    return new JsonTree(at);
  }

  String text() {
    return (String) value;
  }

  double number() {
    return ((Number) value).doubleValue();
  }

  boolean truth() {
    return (Boolean) value;
  }

  List<?> list() {
    return (List<?>) value;
  }

  List<String> keys() {
    return ((Map<?, ?>) value).keySet().stream().map(Object::toString).toList();
  }

  private static Object read(JsonParser parser) {
    JsonToken token = parser.currentToken();
    return switch (token) {
      case START_OBJECT -> {
        Map<String, Object> map = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
          String name = parser.currentName();
          parser.nextToken();
          map.put(name, read(parser));
        }
        yield map;
      }
      case START_ARRAY -> {
        List<Object> list = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          list.add(read(parser));
        }
        yield list;
      }
      case VALUE_STRING -> parser.getString();
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> null;
      default -> throw new IllegalStateException(token.toString());
    };
  }
}
