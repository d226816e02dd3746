package dev.tamis.config;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Values given for options; whatever was not given has its option's default. Immutable. */
public final class Settings {
  private static final Settings NONE = new Settings(new TreeMap<>());

  private final SortedMap<String, String> given;

  private Settings(SortedMap<String, String> given) {
    this.given = given;
  }

  /** Nothing given: all defaults. */
  public static Settings none() {
    return NONE;
  }

  /**
   * Reads texts for known options.
   *
   * @param owner who has the options, for messages: "method 'bpr'"
   * @throws TamisException of kind CONFIG for an unknown name (with the nearest known one), a name
   *     given twice (by an alias) or a value that is not allowed
   */
  public static Settings parse(String owner, List<Option<?>> known, Map<String, String> texts) {
    TreeMap<String, String> given = new TreeMap<>();
    for (Map.Entry<String, String> entry : new TreeMap<>(texts).entrySet()) {
      Option<?> option = find(owner, known, entry.getKey());
      String text = canonical(option, entry.getValue());
      if (given.put(option.name(), text) != null) {
        throw TamisException.config(
            "option '" + option.name() + "' of " + owner + " is given twice; give it once");
      }
    }
    return new Settings(given);
  }

  /** These settings with one value more, or another. */
  public <T> Settings with(Option<T> option, T value) {
    TreeMap<String, String> more = new TreeMap<>(given);
    more.put(option.name(), option.format(option.check(value)));
    return new Settings(more);
  }

  /** These settings and others; where both give a value, that of the others counts. */
  public Settings with(Settings others) {
    TreeMap<String, String> more = new TreeMap<>(given);
    more.putAll(others.given);
    return new Settings(more);
  }

  /**
   * A value for each of these options and for no others: the one given, or the default that the
   * option has in this list. So {@link #get} of an option of the same name with another default
   * finds what the list says.
   *
   * @throws TamisException of kind CONFIG if an option does not allow the value given
   */
  public Settings withDefaults(List<Option<?>> options) {
    return new Settings(new TreeMap<>(complete(options)));
  }

  /** The value given for an option, or its default. */
  public <T> T get(Option<T> option) {
    String text = given.get(option.name());
    return text == null ? option.defaultValue() : option.parse(text);
  }

  /**
   * Refuses values for anything but these options.
   *
   * @param owner who has the options, for messages: "method 'bpr'"
   * @throws TamisException of kind CONFIG for another name, with the nearest known one
   */
  public void requireOnly(String owner, List<Option<?>> options) {
    given.keySet().forEach(name -> find(owner, options, name));
  }

  /** What was given, by the names of options: texts that {@link #parse} takes. */
  public SortedMap<String, String> given() {
    return Collections.unmodifiableSortedMap(given);
  }

  /** Every option with its value as text, by name: what is written into an artifact. */
  public SortedMap<String, String> complete(List<Option<?>> options) {
    TreeMap<String, String> all = new TreeMap<>();
    for (Option<?> option : options) {
      all.put(option.name(), value(option));
    }
    return Collections.unmodifiableSortedMap(all);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Settings settings && given.equals(settings.given);
  }

  @Override
  public int hashCode() {
    return given.hashCode();
  }

  private <T> String value(Option<T> option) {
    return option.format(get(option));
  }

  private static <T> String canonical(Option<T> option, String text) {
    return option.format(option.parse(text));
  }

  private static Option<?> find(String owner, List<Option<?>> known, String name) {
    List<String> names = new ArrayList<>();
    for (Option<?> option : known) {
      if (option.name().equals(name) || option.aliases().contains(name)) {
        return option;
      }
      names.add(option.name());
    }
    throw TamisException.config(
        "unknown option '" + name + "' for " + owner + Suggestion.among(name, names));
  }
}
