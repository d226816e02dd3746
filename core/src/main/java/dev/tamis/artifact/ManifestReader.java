package dev.tamis.artifact;

import dev.tamis.config.TamisException;
import dev.tamis.data.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads a manifest: bounded, checked against its own digest, every field in its place. */
final class ManifestReader {
  /** The longest manifest or tensor header that is read. */
  static final int MAX_BYTES = 1 << 24;

  /** The most entries of a list or object in a manifest or tensor header. */
  static final int MAX_ENTRIES = 4096;

  private ManifestReader() {}

  /** The bytes of a directory's manifest, not checked yet. */
  static byte[] bytes(Path directory) throws IOException {
    try (SectionInput in = SectionInput.open(directory.resolve(Manifest.FILE))) {
      if (in.size() > MAX_BYTES) {
        throw TamisException.badData(
            String.format(
                Locale.ROOT,
                "%s: %s has %,d bytes; at most %,d are read",
                directory,
                Manifest.FILE,
                in.size(),
                MAX_BYTES));
      }
      return in.readBytes(in.size());
    }
  }

  /**
   * The manifest in some bytes.
   *
   * @throws TamisException of kind BAD_DATA if it is damaged, or of a newer format
   */
  static Manifest parse(Path directory, byte[] bytes) {
    String where = directory + ": " + Manifest.FILE;
    int version = version(where, bytes);
    boolean intact = isIntact(bytes);
    if (version > Manifest.VERSION) {
      throw TamisException.badData(
          where
              + " has format version "
              + version
              + ", this Tamis reads version "
              + Manifest.VERSION
              + (intact
                  ? "; use a newer Tamis"
                  : "; use a newer Tamis, or copy the file again if it is damaged"));
    }
    if (!intact) {
      throw TamisException.badData(
          String.format(
              Locale.ROOT,
              "%s (%,d bytes) is damaged: it does not end with the SHA-256 of what precedes; copy"
                  + " it again from where it was made",
              where,
              bytes.length));
    }
    if (version < 1) {
      throw TamisException.badData(
          where + " has format version " + version + "; versions start at 1");
    }
    try (JsonInput json = new JsonInput(bytes, 0, bytes.length, where)) {
      return fields(json, where);
    }
  }

  private static Manifest fields(JsonInput json, String where) {
    json.beginObject();
    json.field("format").text();
    json.field("version").number();
    String id = hex(json.field("id").text(), 32, where);
    String method = json.field("method").text();
    SortedMap<String, String> options = texts(json.field("options"), where);
    long seed = json.field("seed").number();
    int epochs = count(json.field("epochs").number(), where);
    String fingerprint = json.field("fingerprint").text();
    int users = count(json.field("users").number(), where);
    int items = count(json.field("items").number(), where);
    int interactions = count(json.field("interactions").number(), where);
    String kind = json.field("kind").text();
    SortedMap<String, String> attributes = texts(json.field("attributes"), where);
    List<Section> sections = sections(json.field("sections"), where);
    json.field("check").text();
    json.endObject();
    json.end();
    return new Manifest(
        id,
        method,
        options,
        seed,
        epochs,
        fingerprint,
        users,
        items,
        interactions,
        kind,
        attributes,
        sections);
  }

  private static List<Section> sections(JsonInput json, String where) {
    List<Section> sections = new ArrayList<>();
    json.beginArray();
    while (!json.atEndOfArray()) {
      json.beginObject();
      String file = json.field("file").text();
      long bytes = json.field("bytes").number();
      String crc = hex(json.field("crc32c").text(), 8, where);
      String sha = hex(json.field("sha256").text(), 64, where);
      json.endObject();
      if (!ModelFiles.SECTIONS.contains(file)) {
        throw TamisException.badData(
            where + " names the file '" + file + "'; known are " + ModelFiles.SECTIONS);
      }
      if (bytes < 0
          || !sections.isEmpty() && file.compareTo(sections.get(sections.size() - 1).file()) <= 0) {
        throw TamisException.badData(
            where + " has a wrong length, or is out of order, at the file '" + file + "'");
      }
      sections.add(new Section(file, bytes, crc, sha));
    }
    json.endArray();
    for (String file : ModelFiles.REQUIRED) {
      if (sections.stream().noneMatch(s -> s.file().equals(file))) {
        throw TamisException.badData(where + " does not name the file '" + file + "'");
      }
    }
    return List.copyOf(sections);
  }

  private static SortedMap<String, String> texts(JsonInput json, String where) {
    SortedMap<String, String> texts = new TreeMap<>();
    json.beginObject();
    while (!json.atEndOfObject()) {
      if (texts.size() == MAX_ENTRIES) {
        throw TamisException.badData(
            where + " has an object of more than " + MAX_ENTRIES + " entries");
      }
      texts.put(json.name(), json.text());
    }
    json.endObject();
    return texts;
  }

  private static String hex(String text, int digits, String where) {
    if (text.length() != digits
        || !text.chars().allMatch(c -> c >= '0' && c <= '9' || c >= 'a' && c <= 'f')) {
      throw TamisException.badData(
          where
              + " is not valid: expected "
              + digits
              + " hexadecimal digits, found '"
              + text
              + "'");
    }
    return text;
  }

  private static int count(long number, String where) {
    if (number < 0 || number > Integer.MAX_VALUE) {
      throw TamisException.badData(
          where + " is not valid: expected a count from 0 to 2,147,483,647, found " + number);
    }
    return (int) number;
  }

  /** Every version of the format starts with the same two fields, so that any can name its own. */
  private static int version(String where, byte[] bytes) {
    byte[] head = ManifestWriter.HEAD.getBytes(StandardCharsets.US_ASCII);
    int at = head.length;
    if (bytes.length < at || !java.util.Arrays.equals(head, java.util.Arrays.copyOf(bytes, at))) {
      throw TamisException.badData(
          String.format(
              Locale.ROOT,
              "%s (%,d bytes) is not the manifest of a Tamis model, or is damaged",
              where,
              bytes.length));
    }
    int version = 0;
    int digits = 0;
    for (; at < bytes.length && bytes[at] >= '0' && bytes[at] <= '9' && digits < 9; at++) {
      version = version * 10 + bytes[at] - '0';
      digits++;
    }
    if (digits == 0) {
      throw TamisException.badData(
          String.format(
              Locale.ROOT,
              "%s (%,d bytes) has no format version; it is damaged",
              where,
              bytes.length));
    }
    return version;
  }

  private static boolean isIntact(byte[] bytes) {
    int body = bytes.length - ManifestWriter.CHECK_BYTES;
    if (body < 0) {
      return false;
    }
    String expected =
        ManifestWriter.CHECK_START + Sha256.of(bytes, body) + ManifestWriter.CHECK_END;
    return expected.equals(
        new String(bytes, body, ManifestWriter.CHECK_BYTES, StandardCharsets.ISO_8859_1));
  }
}
