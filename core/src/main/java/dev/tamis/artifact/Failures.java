package dev.tamis.artifact;

import dev.tamis.config.Reasons;
import dev.tamis.config.TamisException;
import dev.tamis.config.TamisException.Kind;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;

/** Failures of the system in words. */
final class Failures {
  private Failures() {}

  /** Writing failed: names the place, the bytes needed and the bytes free. */
  static TamisException writing(String what, Path place, long bytes, IOException e) {
    if (e instanceof ClosedByInterruptException) {
      return interrupted("writing " + what, e);
    }
    boolean cannotCreate = e instanceof AccessDeniedException || e instanceof NoSuchFileException;
    return new TamisException(
        cannotCreate ? Kind.CANNOT_CREATE : Kind.IO,
        String.format(
            Locale.ROOT,
            "cannot write %s: %s (%,d bytes are needed%s); what was there before is untouched",
            what,
            Reasons.of(e),
            bytes,
            free(place)),
        e);
  }

  /** Reading failed: names the file where that is known, else what was read. */
  static TamisException reading(Path whole, IOException e) {
    boolean named = e instanceof FileSystemException at && at.getFile() != null;
    String what = named ? ((FileSystemException) e).getFile() : whole.toString();
    if (e instanceof ClosedByInterruptException) {
      return interrupted("reading " + what, e);
    }
    return new TamisException(Kind.IO, "cannot read " + what + ": " + Reasons.of(e), e);
  }

  private static TamisException interrupted(String what, IOException e) {
    return new TamisException(
        Kind.INTERRUPTED, what + " was interrupted; what was there before is untouched", e);
  }

  /** A file of a model does not have the checksum that it should have. */
  static TamisException checksum(Path file, String what, String actual, String by, String written) {
    return TamisException.badData(
        file.getParent()
            + ": "
            + file.getFileName()
            + " is damaged: its "
            + what
            + " is "
            + actual
            + ", "
            + by
            + " says "
            + written
            + "; copy it again from where it was made");
  }

  private static String free(Path place) {
    try {
      return String.format(
          Locale.ROOT, ", %,d are free", Files.getFileStore(place).getUsableSpace());
    } catch (IOException e) {
      return ""; // the message does without
    }
  }
}
