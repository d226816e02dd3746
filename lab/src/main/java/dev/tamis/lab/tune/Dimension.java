package dev.tamis.lab.tune;

import dev.tamis.config.Option;
import dev.tamis.config.Suggestion;
import dev.tamis.config.TamisException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;

/**
 * The values of one option among which a search looks: a list, or a range of numbers.
 *
 * <p>As text: {@code dim=32,64,128} for a list ({@code hidden=600|400,200} where values have commas
 * in them), {@code dropout=0.2..0.6} for a range, {@code l2=0.0001..0.1:log} for a range in which
 * each order of magnitude is as likely as the next.
 */
public final class Dimension {
  private final String option;
  private final List<String> values; // empty for a range
  private final double low;
  private final double high;
  private final boolean whole;
  private final boolean log;

  private Dimension(
      String option, List<String> values, double low, double high, boolean whole, boolean log) {
    this.option = option;
    this.values = List.copyOf(values);
    this.low = low;
    this.high = high;
    this.whole = whole;
    this.log = log;
  }

  /**
   * Reads a dimension.
   *
   * @param known the options that there are
   * @throws TamisException of kind USAGE if the text is none, CONFIG if a value is not allowed
   */
  public static Dimension parse(String text, List<Option<?>> known) {
    int equals = text.indexOf('=');
    if (equals < 1) {
      throw malformed(text);
    }
    String name = text.substring(0, equals);
    Option<?> option =
        known.stream()
            .filter(o -> o.name().equals(name) || o.aliases().contains(name))
            .findFirst()
            .orElseThrow(() -> unknown(name, known.stream().map(o -> o.name()).toList()));
    String rest = text.substring(equals + 1).strip();
    return rest.contains("..") ? range(option, rest, text) : list(option, rest, text);
  }

  private static TamisException unknown(String name, List<String> known) {
    return TamisException.config(
        "there is no option '"
            + name
            + "' to search"
            + Suggestion.clause(name, known)
            + (known.isEmpty()
                ? "; the method has no options"
                : "; there are " + String.join(", ", known)));
  }

  private static Dimension list(Option<?> option, String rest, String text) {
    List<String> values = new ArrayList<>();
    for (String value : rest.split(rest.contains("|") ? "\\|" : ",", -1)) {
      if (value.isBlank()) {
        throw malformed(text);
      }
      String plain = canonical(option, value.strip());
      if (values.contains(plain)) {
        throw TamisException.usage("'" + text + "' has the value " + plain + " twice");
      }
      values.add(plain);
    }
    return new Dimension(option.name(), values, 0, 0, false, false);
  }

  private static Dimension range(Option<?> option, String rest, String text) {
    boolean log = rest.endsWith(":log");
    String[] ends = (log ? rest.substring(0, rest.length() - 4) : rest).split("\\.\\.", -1);
    boolean whole = option.defaultValue() instanceof Integer;
    if (ends.length != 2 || !whole && !(option.defaultValue() instanceof Double)) {
      throw malformed(text);
    }
    double low = Double.parseDouble(canonical(option, ends[0].strip()));
    double high = Double.parseDouble(canonical(option, ends[1].strip()));
    if (low >= high || log && low <= 0) {
      throw TamisException.usage(
          "a range goes from a smaller number to a larger one, with :log from above 0; '%s' does not"
              .formatted(text));
    }
    return new Dimension(option.name(), List.of(), low, high, whole, log);
  }

  private static <T> String canonical(Option<T> option, String value) {
    return option.format(option.parse(value));
  }

  private static TamisException malformed(String text) {
    return TamisException.usage(
        "what to search is written OPTION=A,B,C (A|B where values have commas), OPTION=LOW..HIGH or"
            + " OPTION=LOW..HIGH:log, the latter two for numbers; '"
            + text
            + "' is none of them");
  }

  /** The name of the option. */
  public String option() {
    return option;
  }

  /** Whether it is a list. */
  public boolean isList() {
    return !values.isEmpty();
  }

  /** The values of a list; empty for a range. */
  public List<String> values() {
    return values;
  }

  /** Whether it is a range in which each order of magnitude is as likely as the next. */
  public boolean isLogarithmic() {
    return log;
  }

  /**
   * The value at a place of the list or range.
   *
   * @param place from 0 up to, and without, 1: uniform places give the values their probabilities
   */
  public String at(double place) {
    if (isList()) {
      return values.get((int) (place * values.size()));
    }
    if (!whole) {
      return rounded(between(low, high, place));
    }
    // In a plain range each whole number has the stretch from half below to half above it.
    double half = log ? 0 : 0.4999;
    double number = StrictMath.rint(between(low - half, high + half, place));
    return Long.toString((long) Math.min(high, Math.max(low, number)));
  }

  private double between(double from, double to, double place) {
    return log
        ? StrictMath.exp(StrictMath.log(from) + place * StrictMath.log(to / from))
        : from + place * (to - from);
  }

  /** Four digits are more than a search can tell apart, and easy to read. */
  private String rounded(double value) {
    double four = new BigDecimal(value).round(new MathContext(4)).doubleValue();
    return Double.toString(Math.min(high, Math.max(low, four)));
  }
}
