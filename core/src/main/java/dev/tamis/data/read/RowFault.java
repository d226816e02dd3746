package dev.tamis.data.read;

/** A row that cannot be used; the rows after it can. Carries no stack trace: it is data. */
final class RowFault extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int column;

  /**
   * @param column the field, from 1, or 0 for the row as a whole
   */
  RowFault(int column, String reason) {
    super(reason, null, false, false);
    this.column = column;
  }

  int column() {
    return column;
  }
}
