package dev.tamis.data.read;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * One row of a file as its reader found it: the bytes of the fields that are kept. One object is
 * used over and over.
 */
final class Row {
  /** The most columns a row may have. */
  static final int MAX_COLUMNS = 4096;

  /** The most bytes a field may have, and the most a line of JSON may have. */
  static final int MAX_FIELD_BYTES = 1 << 20;

  private final int keep;
  byte[] text = new byte[256]; // the kept fields, one after another
  int[] ends = new int[8]; // [kept]: where each kept field ends in text
  int kept;
  int fields; // how many there were, kept or not
  byte[] raw = new byte[0]; // the whole line, where it is at hand
  int rawLength = -1; // -1 where it is not
  long line; // where the row starts, from 1

  /** A row that keeps the first {@code keep} fields of its line. */
  Row(int keep) {
    this.keep = keep;
  }

  void begin(long startLine) {
    line = startLine;
    fields = 0;
    kept = 0;
  }

  /** Begins a row that is a line as it stands; the line is not copied. */
  void begin(LineReader lines) {
    begin(lines.number);
    raw = lines.line;
    rawLength = lines.length;
  }

  /** Adds a field of characters 0..255, each of which is a byte. */
  void addLatin1(char[] source, int from, int length) {
    if (fields++ >= keep) {
      return;
    }
    int at = room(length);
    for (int i = 0; i < length; i++) {
      text[at + i] = (byte) source[from + i];
    }
    ends[kept++] = at + length;
  }

  void add(byte[] source, int from, int length) {
    if (fields++ >= keep) {
      return;
    }
    int at = room(length);
    System.arraycopy(source, from, text, at, length);
    ends[kept++] = at + length;
  }

  private int room(int length) {
    int at = kept == 0 ? 0 : ends[kept - 1];
    if (at + length > text.length) {
      text = Arrays.copyOf(text, Math.max(at + length, 2 * text.length));
    }
    if (kept == ends.length) {
      ends = Arrays.copyOf(ends, 2 * kept);
    }
    return at;
  }

  int start(int field) {
    return field == 0 ? 0 : ends[field - 1];
  }

  int length(int field) {
    return ends[field] - start(field);
  }

  /** Whether a kept field is nothing but spaces and tabs. */
  boolean isBlank(int field) {
    for (int i = start(field); i < ends[field]; i++) {
      if (text[i] != ' ' && text[i] != '\t') {
        return false;
      }
    }
    return true;
  }

  /** A field with one character for each byte. */
  String latin1(int field) {
    return new String(text, start(field), length(field), StandardCharsets.ISO_8859_1);
  }

  /** A field as text, for messages and names. */
  String string(int field) {
    return new String(text, start(field), length(field), StandardCharsets.UTF_8);
  }
}
