package dev.tamis.data.read;

import dev.tamis.data.IdMap;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Turns the bytes of a field into a number or an id, or says why not. */
final class FieldText {
  private static final int SHOWN = 40;
  private static final String OTHER_COLUMN = "; or choose another column, or 'none'";

  private FieldText() {}

  /** A piece of input for a message: in quotes, shortened, control characters escaped. */
  static String shown(String text) {
    StringBuilder out = new StringBuilder("'");
    int end = text.length() <= SHOWN ? text.length() : text.offsetByCodePoints(0, SHOWN / 2);
    for (int i = 0; i < end; i++) {
      char c = text.charAt(i);
      if (c < ' ' || c >= 127 && c < 160) {
        out.append(String.format("\\u%04x", (int) c));
      } else {
        out.append(c);
      }
    }
    return out.append(end < text.length() ? "...'" : "'").toString();
  }

  /**
   * Checks an id of known length and without looking at its encoding.
   *
   * @throws RowFault if it is empty, blank, too long or has a control character
   */
  static void checkId(Row row, int field, int column, String role) {
    int length = row.length(field);
    if (length == 0) {
      throw new RowFault(column, role + " is empty; every row needs " + article(role));
    }
    if (length > IdMap.MAX_BYTES) {
      throw new RowFault(
          column,
          role
              + " "
              + shown(row.string(field))
              + " has "
              + length
              + " bytes; at most "
              + IdMap.MAX_BYTES
              + " are allowed; shorten it");
    }
    boolean blank = true;
    int start = row.start(field);
    for (int i = start; i < start + length; i++) {
      byte b = row.text[i];
      if (b >= 0 && b < ' ' || b == 127) {
        throw new RowFault(
            column,
            role
                + " "
                + shown(row.string(field))
                + " contains "
                + control(b)
                + "; ids may have no control characters; remove it");
      }
      blank &= b == ' ';
    }
    if (blank) {
      throw new RowFault(column, role + " is nothing but spaces; every row needs " + article(role));
    }
  }

  private static String article(String role) {
    return (role.equals("item") ? "an " : "a ") + role;
  }

  private static String control(byte b) {
    return switch (b) {
      case 0 -> "a NUL byte";
      case '\n', '\r' -> "a line break";
      case '\t' -> "a tab";
      default -> String.format("the control byte 0x%02x", b);
    };
  }

  /**
   * Checks the encoding of an id that is seen for the first time.
   *
   * @throws RowFault if it is not UTF-8
   */
  static void checkUtf8(Row row, int field, int column, String role) {
    try {
      StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(row.text, row.start(field), row.length(field)));
    } catch (CharacterCodingException e) {
      throw new RowFault(
          column,
          role
              + " "
              + shown(row.string(field))
              + " is not valid UTF-8; save the file as UTF-8 (for example: iconv -f latin1 -t"
              + " utf-8)");
    }
  }

  /**
   * Reads a rating.
   *
   * @throws RowFault if it is not a finite decimal number
   */
  static float rating(Row row, int field, int column) {
    int from = row.start(field);
    int to = row.ends[field];
    if (to - from == 1 && row.text[from] >= '0' && row.text[from] <= '9') {
      return row.text[from] - '0';
    }
    boolean numeral = to > from && to - from <= 64;
    boolean digit = false;
    for (int i = from; numeral && i < to; i++) {
      byte b = row.text[i];
      digit |= b >= '0' && b <= '9';
      numeral =
          b >= '0' && b <= '9' || b == '.' || b == '-' || b == '+' || digit && (b | 32) == 'e';
    }
    float value = Float.NaN;
    if (numeral && digit) {
      try {
        value = Float.parseFloat(row.string(field));
      } catch (NumberFormatException e) {
        value = Float.NaN;
      }
    }
    if (Float.isNaN(value) || Float.isInfinite(value)) {
      throw new RowFault(column, ratingReason(row.string(field)));
    }
    return value;
  }

  private static String ratingReason(String text) {
    if (text.isEmpty()) {
      return "rating is empty; every row needs a number" + OTHER_COLUMN;
    }
    String hint =
        text.matches("[-+]?[0-9]+,[0-9]+") ? "; write a decimal point, not a comma" : OTHER_COLUMN;
    return "rating " + shown(text) + " is not a finite number such as 4.5" + hint;
  }

  /**
   * Reads a timestamp; a fraction of zeros is tolerated.
   *
   * @throws RowFault if it is not a whole number of 64 bits
   */
  static long timestamp(Row row, int field, int column) {
    int at = row.start(field);
    int to = row.ends[field];
    boolean minus = at < to && row.text[at] == '-';
    if (minus) {
      at++;
    }
    int digits = at;
    long value = 0;
    while (at < to && row.text[at] >= '0' && row.text[at] <= '9') {
      int digit = row.text[at++] - '0';
      if (value < (Long.MIN_VALUE + 1 + digit) / 10) {
        throw new RowFault(
            column,
            "timestamp "
                + shown(row.string(field))
                + " is too large for 64 bits; give seconds since 1970"
                + OTHER_COLUMN);
      }
      value = value * 10 - digit; // negative, so that nothing overflows
    }
    boolean whole = at > digits;
    if (whole && at < to && row.text[at] == '.') {
      at++;
      while (at < to && row.text[at] == '0') {
        at++;
      }
    }
    if (!whole || at < to) {
      String text = row.string(field);
      throw new RowFault(
          column,
          text.isEmpty()
              ? "timestamp is empty; every row needs a whole number" + OTHER_COLUMN
              : "timestamp "
                  + shown(text)
                  + " is not a whole number; give seconds since 1970, such as 1700000000"
                  + OTHER_COLUMN);
    }
    return minus ? value : -value;
  }

  /** Whether a text is a decimal number. */
  static boolean isNumber(String text) {
    return text.matches("[-+]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][-+]?[0-9]+)?");
  }
}
