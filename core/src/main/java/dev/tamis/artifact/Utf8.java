package dev.tamis.artifact;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** UTF-8 without silent replacement. */
final class Utf8 {
  private Utf8() {}

  static String text(byte[] utf8) throws CharacterCodingException {
    return text(utf8, 0, utf8.length);
  }

  static String text(byte[] utf8, int from, int length) throws CharacterCodingException {
    return StandardCharsets.UTF_8
        .newDecoder()
        .onMalformedInput(CodingErrorAction.REPORT)
        .decode(ByteBuffer.wrap(utf8, from, length))
        .toString();
  }
}
