package dev.tamis.artifact;

import dev.tamis.data.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;

/**
 * The bytes of a manifest: JSON in a fixed order, whose last line but one is the SHA-256 of all
 * bytes before that line. So the manifest checks itself, and its SHA-256 vouches for all files.
 */
final class ManifestWriter {
  static final String HEAD = "{\n  \"format\": \"" + Manifest.FORMAT + "\",\n  \"version\": ";
  static final String CHECK_START = "  \"check\": \"";
  static final String CHECK_END = "\"\n}\n";
  static final int CHECK_BYTES = CHECK_START.length() + 64 + CHECK_END.length();

  private ManifestWriter() {}

  static byte[] bytes(Manifest m) {
    String body =
        HEAD
            + Manifest.VERSION
            + ",\n"
            + field("id", JsonText.quote(m.id()))
            + field("method", JsonText.quote(m.method()))
            + field("options", JsonText.object(m.options(), "  "))
            + field("seed", Long.toString(m.seed()))
            + field("epochs", Integer.toString(m.epochs()))
            + field("fingerprint", JsonText.quote(m.fingerprint()))
            + field("users", Integer.toString(m.users()))
            + field("items", Integer.toString(m.items()))
            + field("interactions", Integer.toString(m.interactions()))
            + field("kind", JsonText.quote(m.kind()))
            + field("attributes", JsonText.object(m.attributes(), "  "))
            + field(
                "sections",
                m.sections().stream()
                    .map(ManifestWriter::section)
                    .collect(Collectors.joining(",\n", "[\n", "\n  ]")));
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    String check = CHECK_START + Sha256.of(bytes, bytes.length) + CHECK_END;
    return (body + check).getBytes(StandardCharsets.UTF_8);
  }

  private static String field(String name, String json) {
    return "  \"" + name + "\": " + json + ",\n";
  }

  private static String section(Section s) {
    return "    {\"file\": "
        + JsonText.quote(s.file())
        + ", \"bytes\": "
        + s.bytes()
        + ", \"crc32c\": \""
        + s.crc32c()
        + "\", \"sha256\": \""
        + s.sha256()
        + "\"}";
  }
}
