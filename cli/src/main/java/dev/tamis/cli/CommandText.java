package dev.tamis.cli;

import java.util.regex.Pattern;

/** A command as it is typed into a shell. */
final class CommandText {
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./:=,+@%^-]+");

  private final StringBuilder text;

  /** Begins with words that need no quotes. */
  CommandText(String start) {
    this.text = new StringBuilder(start);
  }

  /** Adds a word, in quotes where a shell would read something into it. */
  CommandText word(Object word) {
    text.append(' ').append(quoted(word.toString()));
    return this;
  }

  /** Adds an option and its value; nothing where the value is null. */
  CommandText option(String name, Object value) {
    return value == null ? this : word(name).word(value);
  }

  private static String quoted(String word) {
    return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
