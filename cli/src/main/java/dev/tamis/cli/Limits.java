package dev.tamis.cli;

import dev.tamis.config.TamisException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Checks of what was given on the command line, before any work is done. */
final class Limits {
  /** The most items that one list may have. */
  static final int MOST_ITEMS = 100_000;

  private static final int MOST_THREADS = 1024;

  private Limits() {}

  /** Refuses a number outside a range. */
  static void within(String option, long value, long least, long most) {
    if (value < least || value > most) {
      throw TamisException.usage(
          option
              + " must be "
              + (most == Integer.MAX_VALUE || most == Long.MAX_VALUE
                  ? least + " or more"
                  : "from " + least + " to " + most)
              + ", but is "
              + value);
    }
  }

  /** The number of threads to use: that given, or one a processor. */
  static int threads(Integer given) {
    if (given == null) {
      return Runtime.getRuntime().availableProcessors();
    }
    within("--threads", given, 1, MOST_THREADS);
    return given;
  }

  /**
   * Refuses a place where nothing can be created.
   *
   * @param option the option that named it, for the message
   */
  static void creatable(String option, Path target) {
    Path parent = target.toAbsolutePath().normalize().getParent();
    while (parent != null && !Files.exists(parent)) {
      parent = parent.getParent();
    }
    if (parent == null || !Files.isDirectory(parent) || !Files.isWritable(parent)) {
      throw new TamisException(
          TamisException.Kind.CANNOT_CREATE,
          option
              + " "
              + target
              + " cannot be created: "
              + (parent != null && !Files.isDirectory(parent)
                  ? parent + " is a file"
                  : "no permission to write into " + parent));
    }
  }
}
