package dev.tamis.data.feature;

import dev.tamis.config.Spelling;

/** What the values of a column are. */
public enum ColumnKind {
  /** One of several values. */
  CATEGORICAL,
  /** Any number of values, with {@code |} between them. */
  MULTI,
  /** A number. */
  NUMERIC;

  /** As users write it. */
  public String word() {
    return Spelling.of(this);
  }
}
