package dev.tamis.data.read;

import dev.tamis.config.TamisException;
import java.util.Objects;

/**
 * Which column of a file holds a value.
 *
 * @param kind how it is chosen
 * @param name the name in the header or the JSON field, for {@link Kind#NAME}; else empty
 * @param number the column, counted from 1, for {@link Kind#NUMBER}; else 0
 */
public record ColumnChoice(Kind kind, String name, int number) {
  /** How a column is chosen. */
  public enum Kind {
    /** By the usual names, or by position where there is no header. */
    AUTO,
    /** By its name. */
    NAME,
    /** By its number, from 1. */
    NUMBER,
    /** Not read, even if it is there. */
    NONE
  }

  public ColumnChoice {
    Objects.requireNonNull(kind);
    Objects.requireNonNull(name);
    if (kind == Kind.NAME && name.isEmpty()) {
      throw TamisException.usage("a column name is empty; give a name, a number from 1, or 'none'");
    }
    if (kind == Kind.NUMBER && (number < 1 || number > Row.MAX_COLUMNS)) {
      throw TamisException.usage(
          "column number "
              + number
              + " is out of range; columns are counted from 1 to "
              + Row.MAX_COLUMNS);
    }
  }

  public static ColumnChoice auto() {
    return new ColumnChoice(Kind.AUTO, "", 0);
  }

  public static ColumnChoice none() {
    return new ColumnChoice(Kind.NONE, "", 0);
  }

  public static ColumnChoice name(String name) {
    return new ColumnChoice(Kind.NAME, name, 0);
  }

  /** The column with this number, counted from 1. */
  public static ColumnChoice number(int number) {
    return new ColumnChoice(Kind.NUMBER, "", number);
  }

  /**
   * Reads {@code auto}, {@code none}, a number, or else a name.
   *
   * @throws TamisException of kind USAGE if the number is out of range
   */
  public static ColumnChoice parse(String text) {
    if (text.equals("auto")) {
      return auto();
    }
    if (text.equals("none")) {
      return none();
    }
    if (text.matches("-?[0-9]{1,9}")) {
      return number(Integer.parseInt(text));
    }
    return name(text);
  }
}
