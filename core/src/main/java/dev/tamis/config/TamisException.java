package dev.tamis.config;

import java.util.Objects;

/**
 * A failure that whoever uses Tamis can understand and mend: its message says what was wrong, what
 * was given, what is allowed and what to do. The command line prints the message alone and exits
 * with the kind's code.
 */
public final class TamisException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What sort of failure, and the exit code of the command that meets it. */
  public enum Kind {
    /** A check was made and failed. */
    CHECK_FAILED(1),
    /** The command or call was put wrongly. */
    USAGE(2),
    /** Data or a model file is not what it should be. */
    BAD_DATA(65),
    /** Something needed is not there now. */
    UNAVAILABLE(69),
    /** A file or directory cannot be created. */
    CANNOT_CREATE(73),
    /** Reading or writing failed. */
    IO(74),
    /** Somebody else holds what is needed. */
    CONFLICT(75),
    /** An option is wrong, or a limit would be passed. */
    CONFIG(78),
    /** Stopped by a signal or an interrupt. */
    INTERRUPTED(130);

    private final int exitCode;

    Kind(int exitCode) {
      this.exitCode = exitCode;
    }

    /** The exit code of a command that fails so. */
    public int exitCode() {
      return exitCode;
    }
  }

  private final Kind kind;

  public TamisException(Kind kind, String message) {
    this(kind, message, null);
  }

  public TamisException(Kind kind, String message, Throwable cause) {
    super(Objects.requireNonNull(message), cause);
    this.kind = Objects.requireNonNull(kind);
  }

  public static TamisException badData(String message) {
    return new TamisException(Kind.BAD_DATA, message);
  }

  public static TamisException config(String message) {
    return new TamisException(Kind.CONFIG, message);
  }

  public static TamisException usage(String message) {
    return new TamisException(Kind.USAGE, message);
  }

  public Kind kind() {
    return kind;
  }
}
