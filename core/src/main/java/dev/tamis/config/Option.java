package dev.tamis.config;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * One option of a method: its name, type, default, what is allowed and what it means. The only
 * place where a default and a range are written.
 *
 * @param <T> the type of its values
 */
public final class Option<T> {
  private static final Function<List<Integer>, String> WHOLES =
      v -> String.join(",", v.stream().map(one -> one.toString()).toList());

  private final String name;
  private final List<String> aliases;
  private final T defaultValue;
  private final String allowed;
  private final String meaning;
  private final Function<String, T> parser;
  private final Predicate<T> valid;
  private final Function<T, String> formatter;

  private Option(
      String name,
      List<String> aliases,
      T defaultValue,
      String allowed,
      String meaning,
      Function<String, T> parser,
      Predicate<T> valid,
      Function<T, String> formatter) {
    this.name = name;
    this.aliases = aliases;
    this.defaultValue = defaultValue;
    this.allowed = allowed;
    this.meaning = meaning;
    this.parser = parser;
    this.valid = valid;
    this.formatter = formatter;
    check(defaultValue);
  }

  /** A whole number from {@code min} to {@code max}. */
  public static Option<Integer> whole(
      String name, int defaultValue, int min, int max, String meaning) {
    String upTo = max == Integer.MAX_VALUE ? " up" : " to " + max;
    return new Option<>(
        name,
        List.of(),
        defaultValue,
        "a whole number from " + min + upTo,
        meaning,
        Integer::valueOf,
        v -> v >= min && v <= max,
        Object::toString);
  }

  /** A finite number from {@code min} to {@code max}. */
  public static Option<Double> real(
      String name, double defaultValue, double min, double max, String meaning) {
    String upTo = max == Double.MAX_VALUE ? " up" : " to " + number(max);
    return new Option<>(
        name,
        List.of(),
        defaultValue,
        "a number from " + number(min) + upTo,
        meaning,
        Option::parseNumber,
        v -> v >= min && v <= max,
        Option::number);
  }

  /** One or more whole numbers from {@code min} to {@code max}, with commas between them. */
  public static Option<List<Integer>> wholes(
      String name, List<Integer> defaultValue, int min, int max, String meaning) {
    return new Option<>(
        name,
        List.of(),
        List.copyOf(defaultValue),
        "whole numbers from " + min + " to " + max + " with commas between them",
        meaning,
        Option::parseWholes,
        v -> !v.isEmpty() && v.stream().allMatch(one -> one >= min && one <= max),
        WHOLES);
  }

  /** Widths of layers, from 1 to {@code max}, with commas between them; 0 for no layer. */
  public static Option<List<Integer>> widths(
      String name, List<Integer> defaultValue, int max, String meaning) {
    return new Option<>(
        name,
        List.of(),
        List.copyOf(defaultValue),
        "whole numbers from 1 to " + max + " with commas between them, or 0 for none",
        meaning,
        text -> text.equals("0") ? List.of() : parseWholes(text),
        v -> v.stream().allMatch(one -> one >= 1 && one <= max),
        v -> v.isEmpty() ? "0" : WHOLES.apply(v));
  }

  /** {@code true} or {@code false}. */
  public static Option<Boolean> flag(String name, boolean defaultValue, String meaning) {
    return new Option<>(
        name,
        List.of(),
        defaultValue,
        "true or false",
        meaning,
        Option::parseBoolean,
        v -> true,
        Object::toString);
  }

  /** One of the constants of an enum, written in kebab-case. */
  public static <E extends Enum<E>> Option<E> choice(String name, E defaultValue, String meaning) {
    List<E> constants = List.of(defaultValue.getDeclaringClass().getEnumConstants());
    return named(name, defaultValue, constants, Spelling::of, meaning);
  }

  /**
   * One of several things that have names.
   *
   * @param allowed all of them
   * @param naming the name of each
   */
  public static <T> Option<T> named(
      String name, T defaultValue, List<T> allowed, Function<T, String> naming, String meaning) {
    List<String> words = allowed.stream().map(naming).toList();
    return new Option<>(
        name,
        List.of(),
        defaultValue,
        "one of " + String.join(", ", words),
        meaning,
        text -> allowed.get(indexOf(words, text)),
        allowed::contains,
        naming);
  }

  /** This option, also known by other names (those that users of other libraries bring along). */
  public Option<T> orKnownAs(String... others) {
    return new Option<>(
        name,
        List.copyOf(Arrays.asList(others)),
        defaultValue,
        allowed,
        meaning,
        parser,
        valid,
        formatter);
  }

  /** This option with another default, for a method whose paper sets one. */
  public Option<T> withDefault(T otherDefault) {
    return new Option<>(name, aliases, otherDefault, allowed, meaning, parser, valid, formatter);
  }

  /**
   * Puts options in the places of those that have their names: the same with other defaults.
   *
   * @throws IllegalArgumentException if there is none of a name
   */
  public static void replace(List<Option<?>> options, List<Option<?>> instead) {
    for (Option<?> other : instead) {
      int at = 0;
      while (at < options.size() && !options.get(at).name.equals(other.name)) {
        at++;
      }
      if (at == options.size()) {
        throw new IllegalArgumentException("there is no option '" + other.name + "' to replace");
      }
      options.set(at, other);
    }
  }

  public String name() {
    return name;
  }

  public List<String> aliases() {
    return aliases;
  }

  public T defaultValue() {
    return defaultValue;
  }

  /** What is allowed, in words: "a whole number from 1 up". */
  public String allowed() {
    return allowed;
  }

  /** What the option means, one sentence. */
  public String meaning() {
    return meaning;
  }

  /** A value as text that {@link #parse} reads back. */
  public String format(T value) {
    return formatter.apply(value);
  }

  /**
   * Reads a value.
   *
   * @throws TamisException of kind CONFIG if the text is no such value, or not an allowed one
   */
  public T parse(String text) {
    T value;
    try {
      value = parser.apply(text.strip());
    } catch (IllegalArgumentException e) {
      throw refused(text);
    }
    if (!valid.test(value)) {
      throw refused(text);
    }
    return value;
  }

  /**
   * Returns the value if it is allowed.
   *
   * @throws TamisException of kind CONFIG if not
   */
  public T check(T value) {
    if (value == null || !valid.test(value)) {
      throw refused(Objects.toString(value));
    }
    return value;
  }

  private TamisException refused(String given) {
    return TamisException.config(
        "option '" + name + "' must be " + allowed + ", but is '" + given + "'");
  }

  private static Double parseNumber(String text) {
    // Java would take "1f", "1d" and "0x1p3" too.
    if (!text.matches("[-+0-9.eE]+")) {
      throw new IllegalArgumentException(text);
    }
    return Double.valueOf(text);
  }

  private static List<Integer> parseWholes(String text) {
    List<Integer> numbers = new ArrayList<>();
    for (String number : text.split(",", -1)) {
      numbers.add(Integer.valueOf(number.strip()));
    }
    return List.copyOf(numbers);
  }

  private static Boolean parseBoolean(String text) {
    if (!text.equals("true") && !text.equals("false")) {
      throw new IllegalArgumentException(text);
    }
    return Boolean.valueOf(text);
  }

  private static int indexOf(List<String> words, String text) {
    int index = words.indexOf(text);
    if (index < 0) {
      throw new IllegalArgumentException(text);
    }
    return index;
  }

  private static String number(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Double.toString(value);
  }
}
