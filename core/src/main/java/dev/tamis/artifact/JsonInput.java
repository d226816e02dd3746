package dev.tamis.artifact;

import dev.tamis.config.TamisException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/**
 * JSON read strictly in the order in which it is expected. Anything else is an exception of kind
 * BAD_DATA that says what was found where. Depth, text lengths and duplicate names are limited by
 * the parser, so that no input of a bounded size makes it work or allocate without bound.
 */
final class JsonInput implements AutoCloseable {
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(32)
                  .maxNumberLength(20)
                  .maxNameLength(1 << 16)
                  .maxStringLength(1 << 20)
                  .build())
          .build();

  private final String where;
  private final JsonParser parser;
  private JsonToken token;

  /** Starts to read {@code utf8[from..from+length)}. */
  JsonInput(byte[] utf8, int from, int length, String where) {
    this.where = where;
    this.parser = FACTORY.createParser(ObjectReadContext.empty(), utf8, from, length);
    advance();
  }

  void beginObject() {
    expect(JsonToken.START_OBJECT, "{");
  }

  void endObject() {
    expect(JsonToken.END_OBJECT, "}");
  }

  boolean atEndOfObject() {
    return token == JsonToken.END_OBJECT;
  }

  void beginArray() {
    expect(JsonToken.START_ARRAY, "[");
  }

  void endArray() {
    expect(JsonToken.END_ARRAY, "]");
  }

  boolean atEndOfArray() {
    return token == JsonToken.END_ARRAY;
  }

  /** The name of the next field, whatever it is. */
  String name() {
    if (token != JsonToken.PROPERTY_NAME) {
      throw unexpected("a field name");
    }
    String name = parser.currentName();
    advance();
    return name;
  }

  /** Takes the name of the next field, which must be this one. */
  JsonInput field(String name) {
    if (token != JsonToken.PROPERTY_NAME || !parser.currentName().equals(name)) {
      throw unexpected("\"" + name + "\"");
    }
    advance();
    return this;
  }

  String text() {
    if (token != JsonToken.VALUE_STRING) {
      throw unexpected("a text");
    }
    try {
      String text = parser.getString();
      advance();
      return text;
    } catch (JacksonException e) {
      throw malformed(e);
    }
  }

  long number() {
    if (token != JsonToken.VALUE_NUMBER_INT) {
      throw unexpected("a whole number");
    }
    try {
      long value = parser.getLongValue();
      advance();
      return value;
    } catch (JacksonException e) {
      throw malformed(e);
    }
  }

  /** Checks that nothing but white space follows. */
  void end() {
    if (token != null) {
      throw unexpected("the end");
    }
  }

  private void expect(JsonToken wanted, String text) {
    if (token != wanted) {
      throw unexpected(text);
    }
    advance();
  }

  private void advance() {
    try {
      token = parser.nextToken();
    } catch (JacksonException e) {
      throw malformed(e);
    }
  }

  private TamisException unexpected(String wanted) {
    return TamisException.badData(
        where
            + " is not valid: expected "
            + wanted
            + " near line "
            + parser.currentTokenLocation().getLineNr()
            + ", but found "
            + (token == null
                ? "the end"
                : token == JsonToken.PROPERTY_NAME ? "\"" + parser.currentName() + "\"" : token));
  }

  private TamisException malformed(JacksonException e) {
    return new TamisException(
        TamisException.Kind.BAD_DATA, where + " is not valid: " + e.getOriginalMessage(), e);
  }

  @Override
  public void close() {
    parser.close();
  }
}
