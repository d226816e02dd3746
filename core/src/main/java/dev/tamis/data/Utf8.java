package dev.tamis.data;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/**
 * UTF-8 without silent replacement: Java's own encoder makes a question mark of what it cannot
 * write, and two texts become one.
 */
public final class Utf8 {
  private Utf8() {}

  /** The text that some bytes are, or an exception if they are none. */
  public static String text(byte[] utf8) throws CharacterCodingException {
    return text(utf8, 0, utf8.length);
  }

  /** The text that {@code utf8[from..from+length)} is, or an exception if it is none. */
  public static String text(byte[] utf8, int from, int length) throws CharacterCodingException {
    return StandardCharsets.UTF_8
        .newDecoder()
        .onMalformedInput(CodingErrorAction.REPORT)
        .decode(ByteBuffer.wrap(utf8, from, length))
        .toString();
  }

  /**
   * What is wrong with a text that cannot be written as UTF-8, to follow its name in a message;
   * empty if it can be.
   */
  public static Optional<String> fault(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!Character.isSurrogate(c)) {
        continue;
      }
      boolean pair =
          Character.isHighSurrogate(c)
              && i + 1 < text.length()
              && Character.isLowSurrogate(text.charAt(i + 1));
      if (!pair) {
        return Optional.of(
            String.format(
                Locale.ROOT,
                "is not valid Unicode: character %d of it is \\u%04x, half of a surrogate pair;"
                    + " write both halves or none",
                1 + text.codePointCount(0, i),
                (int) c));
      }
      i++;
    }
    return Optional.empty();
  }
}
