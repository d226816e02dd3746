package dev.tamis.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.reflect.Constructor;
import java.nio.charset.StandardCharsets;

/**
 * What a command writes to. Always UTF-8, whatever the locale says, so that ids come out byte for
 * byte.
 *
 * @param out takes the data
 * @param err takes messages and progress
 * @param columns the width of the terminal that {@code err} is, or 0 if it is none
 * @param color whether {@code out} is a terminal that should get colours
 */
record Terminal(PrintStream out, PrintStream err, int columns, boolean color) {
  /** The terminal of this process, as the launcher found it; also redirects {@link System#err}. */
  static Terminal ofProcess() {
    PrintStream out = utf8(new FileOutputStream(FileDescriptor.out));
    PrintStream err = utf8(stderr());
    System.setErr(err);
    String noColor = System.getenv("NO_COLOR");
    boolean color =
        Boolean.getBoolean("tamis.stdout.terminal")
            && (noColor == null || noColor.isEmpty())
            && !"dumb".equals(System.getenv("TERM"));
    return new Terminal(out, err, Integer.getInteger("tamis.stderr.columns", 0), color);
  }

  /**
   * The stderr of the process. The launcher may hand it over under another number, so that Java's
   * own line about incubator modules does not reach it; Java has no public way to open a number.
   */
  private static OutputStream stderr() {
    Integer number = Integer.getInteger("tamis.stderr.fd");
    if (number == null) {
      return new FileOutputStream(FileDescriptor.err);
    }
    try {
      Constructor<FileDescriptor> constructor =
          FileDescriptor.class.getDeclaredConstructor(int.class);
      constructor.setAccessible(true);
      return new FileOutputStream(constructor.newInstance(number));
    } catch (ReflectiveOperationException | RuntimeException e) {
      return byPath(number);
    }
  }

  private static OutputStream byPath(int number) {
    try {
      return new FileOutputStream("/dev/fd/" + number, true);
    } catch (java.io.FileNotFoundException e) {
      return new FileOutputStream(FileDescriptor.err);
    }
  }

  private static PrintStream utf8(OutputStream stream) {
    return new PrintStream(
        new java.io.BufferedOutputStream(stream, 8192), true, StandardCharsets.UTF_8);
  }
}
