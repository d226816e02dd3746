package dev.tamis.data.read;

/** Damage after which it cannot be told where rows start. */
final class StructureFault extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** The reason where a field or line is over the limit. */
  static final String TOO_LONG =
      "a field or line is longer than "
          + Row.MAX_FIELD_BYTES
          + " bytes; check for a missing line end or an open quote";

  private final long line;

  StructureFault(long line, String reason) {
    super(reason, null, false, false);
    this.line = line;
  }

  long line() {
    return line;
  }
}
