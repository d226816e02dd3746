package dev.tamis.cli;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** Why reading or writing failed, in words. */
final class Reasons {
  private Reasons() {}

  static String of(IOException failure) {
    if (failure instanceof NoSuchFileException) {
      return "no such file or directory";
    }
    if (failure instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (failure instanceof FileSystemException at && at.getReason() != null) {
      return at.getReason();
    }
    return failure.getMessage() == null ? "input/output error" : failure.getMessage();
  }
}
