package dev.tamis.data.feature;

import java.util.Locale;

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
    return name().toLowerCase(Locale.ROOT);
  }
}
