package dev.tamis.data.read;

import dev.tamis.config.TamisException;
import java.util.ArrayList;
import java.util.List;

/** Finds out the shape of a file from its first rows. */
final class Sniffer {
  private static final String CSV_SEPARATORS = ",;|";

  private Sniffer() {}

  /**
   * The shape that is given, or else found. A brace is JSON; then a tab or {@code ::} that cuts all
   * rows alike; then the one of comma, semicolon and bar that cuts all rows alike into the most
   * fields; then the first of them that cuts the first row at all (so that the odd row is
   * reported); white space only where nothing else is there.
   *
   * @param expected what the file should have, for the message if it has nothing
   * @throws TamisException of kind BAD_DATA if no separator is found
   */
  static Shape shape(String source, byte[] beginning, ReadOptions options, String expected) {
    switch (options.format()) {
      case TSV:
        return Shape.TSV;
      case DOUBLE_COLON:
        return Shape.DOUBLE_COLON;
      case WHITESPACE:
        return Shape.WHITESPACE;
      case JSON_LINES:
        return Shape.JSON;
      case CSV:
        return options.separator() != 0
            ? Shape.csv(options.separator())
            : found(source, beginning, csvShapes(CSV_SEPARATORS + "\t"), expected);
      default:
        break;
    }
    int first = firstInk(beginning);
    if (first == '{') {
      return Shape.JSON;
    }
    if (first == '[') {
      throw TamisException.badData(
          source
              + ":1: starts with '[' like a JSON array; only JSON lines are read, one object a line"
              + " (for example: jq -c '.[]')");
    }
    List<Shape> shapes = new ArrayList<>(List.of(Shape.TSV, Shape.DOUBLE_COLON));
    shapes.addAll(csvShapes(CSV_SEPARATORS));
    shapes.add(Shape.WHITESPACE);
    return found(source, beginning, shapes, expected);
  }

  private static List<Shape> csvShapes(String separators) {
    return separators.chars().mapToObj(c -> Shape.csv((char) c)).toList();
  }

  private static Shape found(String source, byte[] beginning, List<Shape> shapes, String expected) {
    Shape alike = null;
    int most = 1;
    Shape cutting = null;
    int mostInFirst = 1;
    for (Shape shape : shapes) {
      List<List<String>> sample = shape.sample(beginning);
      int columns = sample.isEmpty() ? 0 : sample.get(0).size();
      boolean last = shape.format() == Format.WHITESPACE;
      if (last && cutting != null) {
        break;
      }
      boolean same = sample.stream().allMatch(row -> row.size() == columns);
      if (columns > 1 && same && shape.format() != Format.CSV) {
        return shape;
      }
      if (columns > most && same) {
        alike = shape;
        most = columns;
      }
      if (columns > mostInFirst) {
        cutting = shape;
        mostInFirst = columns;
      }
    }
    if (alike == null && cutting == null) {
      throw noSeparator(source, beginning, expected);
    }
    return alike != null ? alike : cutting;
  }

  private static TamisException noSeparator(String source, byte[] beginning, String expected) {
    if (firstInk(beginning) < 0) {
      return TamisException.badData(source + ": has nothing but blank lines; expected " + expected);
    }
    List<List<String>> lines = Shape.csv('\u0001').sample(beginning);
    String line = lines.isEmpty() ? "" : " " + FieldText.shown(lines.get(0).get(0));
    return TamisException.badData(
        source
            + ":1: no separator found in the first row"
            + line
            + "; looked for tab, ::, comma, semicolon, | and spaces; name the separator if it is"
            + " another, or check that there are two columns at least");
  }

  /** The first byte that is no white space, or -1. */
  private static int firstInk(byte[] bytes) {
    for (byte b : bytes) {
      if (b != ' ' && b != '\t' && b != '\n' && b != '\r') {
        return b & 255;
      }
    }
    return -1;
  }
}
