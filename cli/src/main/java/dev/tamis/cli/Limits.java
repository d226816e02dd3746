package dev.tamis.cli;

import dev.tamis.config.TamisException;
import java.io.IOException;
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
   * Refuses to write where something else is, or goes.
   *
   * @param option the option that names the file to be written, for the message
   * @param target that file, or null
   * @param others files, and directories that it must not lie in; those that are null do not count
   */
  static void requireApart(String option, Path target, Path... others) {
    for (Path other : others) {
      if (target != null && other != null && actual(target).startsWith(actual(other))) {
        throw TamisException.usage(
            option
                + " "
                + target
                + " would write over "
                + (actual(target).equals(actual(other)) ? "" : "what is in ")
                + other
                + "; name another place");
      }
    }
  }

  /** Whether a path leads into a directory, and not to the directory itself. */
  static boolean isInside(Path path, Path directory) {
    return actual(path).startsWith(actual(directory)) && !actual(path).equals(actual(directory));
  }

  /** Where a path leads, through links as far as there is something. */
  private static Path actual(Path path) {
    Path absolute = path.toAbsolutePath().normalize();
    Path there = absolute;
    while (there != null && !Files.exists(there)) {
      there = there.getParent();
    }
    try {
      return there == null ? absolute : there.toRealPath().resolve(there.relativize(absolute));
    } catch (IOException e) {
      return absolute;
    }
  }

  /**
   * Refuses a place where nothing can be created.
   *
   * @param option the option that named it, for the message
   */
  static void creatable(String option, Path target) {
    Path place = target.toAbsolutePath().normalize();
    Path parent = place.getParent() == null ? place : place.getParent();
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
