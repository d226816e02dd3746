package dev.tamis.config;

import java.util.Locale;

/** How constants are written in options, files and messages. */
public final class Spelling {
  private Spelling() {}

  /** The name of a constant in lower case, with hyphens: {@code ADAM_LAZY} is adam-lazy. */
  public static String of(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
