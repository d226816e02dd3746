package dev.tamis.data.read;

import dev.tamis.config.TamisException;
import java.util.Objects;
import java.util.OptionalDouble;

/**
 * How to read a file of interactions, and which of them to keep. The filters come in this order:
 * duplicates are merged, pairs below {@code minRating} go, then users and items with too few pairs
 * go, again and again until none is left (the k-core).
 *
 * @param format the layout; AUTO looks at the first lines
 * @param separator the character between the fields of a CSV file; 0 is to be found out
 * @param header whether the first row holds column names
 * @param user the column of the user id
 * @param item the column of the item id
 * @param rating the column of the rating, weight or count; optional in the file
 * @param timestamp the column of the time, a whole number; optional in the file
 * @param minRating pairs rated lower are left out; without it, a negative rating is an error
 * @param duplicates what to do with a pair that comes more than once
 * @param minUserDegree how many pairs a user must have, at least 1
 * @param minItemDegree how many pairs an item must have, at least 1
 * @param badRows what to do with rows that cannot be used
 */
public record ReadOptions(
    Format format,
    char separator,
    Header header,
    ColumnChoice user,
    ColumnChoice item,
    ColumnChoice rating,
    ColumnChoice timestamp,
    OptionalDouble minRating,
    Duplicates duplicates,
    int minUserDegree,
    int minItemDegree,
    BadRowPolicy badRows) {
  /**
   * As the minimum rating: every finite rating is kept, negative ones too, and a file without
   * ratings is no error.
   */
  public static final double ANY_RATING = -Float.MAX_VALUE;

  /** Whether the first row holds column names. */
  public enum Header {
    /** If it holds a usual name, or words above columns of numbers. */
    AUTO,
    YES,
    NO
  }

  /** What to do with a pair that comes more than once. None depends on the order of rows. */
  public enum Duplicates {
    /** One pair with the highest rating and the latest timestamp. */
    KEEP_ONE,
    /** One pair with the sum of the ratings and the latest timestamp. */
    SUM,
    /** Refuse the file. */
    FAIL
  }

  public ReadOptions {
    Objects.requireNonNull(format);
    Objects.requireNonNull(header);
    Objects.requireNonNull(rating);
    Objects.requireNonNull(timestamp);
    Objects.requireNonNull(duplicates);
    Objects.requireNonNull(badRows);
    if (separator != 0 && (format != Format.CSV || !isSeparator(separator))) {
      throw TamisException.usage(
          "separator "
              + FieldText.shown(String.valueOf(separator))
              + " does not fit format "
              + format.word()
              + "; give one ASCII character that is no letter, digit, quote, point, sign or line"
              + " end, with format csv");
    }
    if (user.kind() == ColumnChoice.Kind.NONE || item.kind() == ColumnChoice.Kind.NONE) {
      throw TamisException.usage("the user and the item column cannot be 'none'");
    }
    if (minRating.isPresent() && !Double.isFinite(minRating.getAsDouble())) {
      throw TamisException.usage(
          "the minimum rating is " + minRating.getAsDouble() + "; give a finite number");
    }
    if (minUserDegree < 1 || minItemDegree < 1) {
      throw TamisException.usage(
          "the minimum degrees are "
              + minUserDegree
              + " (users) and "
              + minItemDegree
              + " (items); both must be at least 1");
    }
  }

  /** Everything found out from the file; nothing filtered; a bad row stops the reading. */
  public static ReadOptions defaults() {
    return new ReadOptions(
        Format.AUTO,
        (char) 0,
        Header.AUTO,
        ColumnChoice.auto(),
        ColumnChoice.auto(),
        ColumnChoice.auto(),
        ColumnChoice.auto(),
        OptionalDouble.empty(),
        Duplicates.KEEP_ONE,
        1,
        1,
        BadRowPolicy.fail());
  }

  public ReadOptions withFormat(Format value) {
    return new ReadOptions(
        value,
        separator,
        header,
        user,
        item,
        rating,
        timestamp,
        minRating,
        duplicates,
        minUserDegree,
        minItemDegree,
        badRows);
  }

  /**
   * These options with a separator as users write it: one character, {@code tab}, {@code ::} or
   * {@code space}. Where the format is AUTO it follows from the separator; with format CSV, {@code
   * tab} gives tab-separated fields that may be quoted.
   *
   * @throws TamisException of kind USAGE if it is no separator, or does not fit the format
   */
  public ReadOptions withSeparator(String text) {
    boolean csv = format == Format.CSV;
    switch (text) {
      case "tab", "\t", "\\t":
        return csv ? withCsvSeparator('\t') : checked(Format.TSV, text);
      case "::":
        return checked(Format.DOUBLE_COLON, text);
      case "space", "whitespace", " ":
        return checked(Format.WHITESPACE, text);
      case "comma":
        return withSeparator(",");
      case "semicolon":
        return withSeparator(";");
      case "pipe":
        return withSeparator("|");
      default:
        if (text.length() != 1 || !isSeparator(text.charAt(0))) {
          throw TamisException.usage(
              "separator "
                  + FieldText.shown(text)
                  + " is not known; allowed are tab, space, ::, comma, semicolon, pipe or one other"
                  + " ASCII character that is no letter, digit, quote, point or sign");
        }
        checked(Format.CSV, text);
        return withCsvSeparator(text.charAt(0));
    }
  }

  private ReadOptions checked(Format implied, String text) {
    if (format != Format.AUTO && format != implied) {
      throw TamisException.usage(
          "separator "
              + FieldText.shown(text)
              + " does not fit format "
              + format.word()
              + "; leave one of them out");
    }
    return withFormat(implied);
  }

  private ReadOptions withCsvSeparator(char value) {
    return new ReadOptions(
        Format.CSV,
        value,
        header,
        user,
        item,
        rating,
        timestamp,
        minRating,
        duplicates,
        minUserDegree,
        minItemDegree,
        badRows);
  }

  public ReadOptions withHeader(Header value) {
    return new ReadOptions(
        format,
        separator,
        value,
        user,
        item,
        rating,
        timestamp,
        minRating,
        duplicates,
        minUserDegree,
        minItemDegree,
        badRows);
  }

  public ReadOptions withUser(ColumnChoice value) {
    return withColumns(value, item, rating, timestamp);
  }

  public ReadOptions withItem(ColumnChoice value) {
    return withColumns(user, value, rating, timestamp);
  }

  public ReadOptions withRating(ColumnChoice value) {
    return withColumns(user, item, value, timestamp);
  }

  public ReadOptions withTimestamp(ColumnChoice value) {
    return withColumns(user, item, rating, value);
  }

  private ReadOptions withColumns(
      ColumnChoice newUser,
      ColumnChoice newItem,
      ColumnChoice newRating,
      ColumnChoice newTimestamp) {
    return new ReadOptions(
        format,
        separator,
        header,
        newUser,
        newItem,
        newRating,
        newTimestamp,
        minRating,
        duplicates,
        minUserDegree,
        minItemDegree,
        badRows);
  }

  public ReadOptions withMinRating(double value) {
    return new ReadOptions(
        format,
        separator,
        header,
        user,
        item,
        rating,
        timestamp,
        OptionalDouble.of(value),
        duplicates,
        minUserDegree,
        minItemDegree,
        badRows);
  }

  public ReadOptions withDuplicates(Duplicates value) {
    return new ReadOptions(
        format,
        separator,
        header,
        user,
        item,
        rating,
        timestamp,
        minRating,
        value,
        minUserDegree,
        minItemDegree,
        badRows);
  }

  /** The k-core: at least so many pairs for each user and for each item. */
  public ReadOptions withMinDegrees(int userPairs, int itemPairs) {
    return new ReadOptions(
        format,
        separator,
        header,
        user,
        item,
        rating,
        timestamp,
        minRating,
        duplicates,
        userPairs,
        itemPairs,
        badRows);
  }

  public ReadOptions withBadRows(BadRowPolicy value) {
    return new ReadOptions(
        format,
        separator,
        header,
        user,
        item,
        rating,
        timestamp,
        minRating,
        duplicates,
        minUserDegree,
        minItemDegree,
        value);
  }

  private static boolean isSeparator(char c) {
    return c == '\t'
        || c > ' ' && c < 127 && !Character.isLetterOrDigit(c) && "\"'.+-".indexOf(c) < 0;
  }
}
