package dev.tamis.artifact;

import dev.tamis.data.Sha256;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32C;

/** Files that somebody made on purpose: all checksums are right, the content is not. */
final class Forgery {
  private Forgery() {}

  /** Replaces a file and makes the manifest agree with it. */
  static void section(Path directory, String file, byte[] content) throws IOException {
    Manifest m = ManifestReader.parse(directory, ManifestReader.bytes(directory));
    Files.write(directory.resolve(file), content);
    CRC32C crc = new CRC32C();
    crc.update(content, 0, content.length - (file.equals(ModelFiles.TENSORS) ? 0 : 4));
    Section forged =
        new Section(
            file,
            content.length,
            SectionOutput.crcText((int) crc.getValue()),
            Sha256.of(content, content.length));
    manifest(
        directory,
        new Manifest(
            m.id(),
            m.method(),
            m.options(),
            m.seed(),
            m.epochs(),
            m.fingerprint(),
            m.users(),
            m.items(),
            m.interactions(),
            m.kind(),
            m.attributes(),
            m.sections().stream().map(s -> s.file().equals(file) ? forged : s).toList()));
  }

  static void manifest(Path directory, Manifest manifest) throws IOException {
    Files.write(directory.resolve(Manifest.FILE), ManifestWriter.bytes(manifest));
  }

  /** Replaces text in the manifest and makes its check agree. */
  static void manifestText(Path directory, String text, String by) throws IOException {
    String whole = Files.readString(directory.resolve(Manifest.FILE));
    byte[] body =
        whole
            .substring(0, whole.length() - ManifestWriter.CHECK_BYTES)
            .replace(text, by)
            .getBytes(StandardCharsets.UTF_8);
    String check =
        ManifestWriter.CHECK_START + Sha256.of(body, body.length) + ManifestWriter.CHECK_END;
    Files.writeString(
        directory.resolve(Manifest.FILE), new String(body, StandardCharsets.UTF_8) + check);
  }

  /** A tensor file with this header, the metadata of the model put for METADATA. */
  static byte[] tensors(Path directory, String header, int dataBytes) throws IOException {
    Manifest m = ManifestReader.parse(directory, ManifestReader.bytes(directory));
    byte[] json =
        header
            .replace(
                "METADATA",
                "\"__metadata__\":{\"format\":\"tamis-model\",\"version\":\"1\",\"artifact_id\":\""
                    + m.id()
                    + "\"}")
            .getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(Long.BYTES + json.length + dataBytes)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(json.length)
        .put(json)
        .array();
  }
}
