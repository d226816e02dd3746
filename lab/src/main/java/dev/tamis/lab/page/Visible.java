package dev.tamis.lab.page;

/** Makes control characters visible, so that an id or a title cannot steer a terminal. */
public final class Visible {
  private Visible() {}

  /** The text on one line: every control character as an escape. */
  public static String line(String text) {
    return escape(text, false);
  }

  /** The text with its line breaks; every other control character as an escape. */
  public static String lines(String text) {
    return escape(text, true);
  }

  private static String escape(String text, boolean keepBreaks) {
    if (text.chars().noneMatch(Visible::isControl)) {
      return text;
    }
    StringBuilder visible = new StringBuilder();
    text.chars()
        .forEach(
            c -> {
              if (!isControl(c) || keepBreaks && c == '\n') {
                visible.append((char) c);
              } else {
                visible.append(String.format("\\u%04x", c));
              }
            });
    return visible.toString();
  }

  /** Control characters, and those that turn the direction of writing. */
  private static boolean isControl(int c) {
    return Character.isISOControl(c) || c >= 0x202a && c <= 0x202e || c >= 0x2066 && c <= 0x2069;
  }
}
