package dev.tamis.cli;

import dev.tamis.config.TamisException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Stretches of time as people write them. */
final class Durations {
  private static final Pattern FORM = Pattern.compile("([0-9]{1,9}(?:\\.[0-9]{1,3})?)([smh])");

  private Durations() {}

  /**
   * Reads seconds from a number with s, m or h behind it.
   *
   * @param name the option that was given it, for the message
   */
  static double seconds(String name, String text) {
    Matcher form = FORM.matcher(text.strip());
    if (!form.matches() || Double.parseDouble(form.group(1)) == 0) {
      throw TamisException.usage(
          name + " must be a time such as 90s, 30m or 2h, but is '" + text + "'");
    }
    int unit = form.group(2).equals("h") ? 3600 : form.group(2).equals("m") ? 60 : 1;
    return Double.parseDouble(form.group(1)) * unit;
  }
}
