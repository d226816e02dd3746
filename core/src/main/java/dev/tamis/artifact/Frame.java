package dev.tamis.artifact;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * What is around the content of a binary section: a header of 32 bytes (8 of magic, the format
 * version, 4 of zero, 16 of artifact id) and a footer with the CRC32C of all before it.
 *
 * @param magic 8 ASCII characters
 */
record Frame(String magic) {
  static final Frame FEATURES = new Frame("TAMISFEA");
  static final Frame IDS = new Frame("TAMISIDS");
  static final Frame SEEN = new Frame("TAMISSEE");
  static final Frame TITLES = new Frame("TAMISTTL");

  void writeHeader(SectionOutput out, String id) throws IOException {
    out.putBytes(magic.getBytes(StandardCharsets.US_ASCII));
    out.putInt(Manifest.VERSION);
    out.putInt(0);
    out.putBytes(HexFormat.of().parseHex(id));
  }

  void readHeader(SectionInput in, String id) throws IOException {
    String found = new String(in.readBytes(8), StandardCharsets.ISO_8859_1);
    if (!found.equals(magic)) {
      throw in.damaged("it does not start with " + magic);
    }
    int version = in.readInt();
    if (version != Manifest.VERSION) {
      throw in.damaged(
          "it has format version " + version + ", the manifest has version " + Manifest.VERSION);
    }
    if (in.readInt() != 0) {
      throw in.damaged("the reserved field of its header is not zero");
    }
    in.requireId(HexFormat.of().formatHex(in.readBytes(16)), id);
  }
}
