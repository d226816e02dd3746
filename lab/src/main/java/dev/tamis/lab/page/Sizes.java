package dev.tamis.lab.page;

import dev.tamis.config.TamisException;
import java.util.Locale;

/** Amounts of memory as people write them. */
public final class Sizes {
  private static final String UNITS = "KMGT";

  private Sizes() {}

  /** For example {@code 1.5 GiB}. */
  public static String text(long bytes) {
    if (bytes < 1024) {
      return bytes + " B";
    }
    double amount = bytes;
    int unit = -1;
    while (amount >= 1024 && unit < UNITS.length() - 1) {
      amount /= 1024;
      unit++;
    }
    return String.format(Locale.ROOT, "%.1f %ciB", amount, UNITS.charAt(unit));
  }

  /**
   * Reads an amount: a number with K, M, G or T behind it, or bytes.
   *
   * @param name the option that was given it, for the message
   */
  public static long parse(String name, String text) {
    String upper = text.strip().toUpperCase(Locale.ROOT).replaceFirst("I?B$", "");
    int unit = upper.isEmpty() ? -1 : UNITS.indexOf(upper.charAt(upper.length() - 1));
    String number = unit < 0 ? upper : upper.substring(0, upper.length() - 1).strip();
    try {
      double bytes = Math.scalb(Double.parseDouble(number), 10 * (unit + 1));
      if (bytes >= 1 && bytes <= Long.MAX_VALUE) {
        return (long) bytes;
      }
    } catch (NumberFormatException e) {
      // told below
    }
    throw TamisException.usage(
        name + " must be an amount of memory such as 512M or 8G, but is '" + text + "'");
  }
}
