package dev.tamis.artifact;

/**
 * What the manifest says of a file.
 *
 * @param file its name in the directory
 * @param bytes its length
 * @param crc32c the CRC32C (Castagnoli) of its bytes, but for a footer that holds it, 8 lowercase
 *     hexadecimal digits
 * @param sha256 its SHA-256, 64 lowercase hexadecimal digits
 */
public record Section(String file, long bytes, String crc32c, String sha256) {}
