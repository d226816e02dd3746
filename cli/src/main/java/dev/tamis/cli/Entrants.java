package dev.tamis.cli;

import dev.tamis.config.Settings;
import dev.tamis.config.Suggestion;
import dev.tamis.config.TamisException;
import dev.tamis.method.Method;
import dev.tamis.method.Methods;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The methods that take part in a comparison, each with its options. */
final class Entrants {
  private Entrants() {}

  /**
   * A method that takes part.
   *
   * @param name by which it is called
   * @param method what it is
   * @param settings its options
   */
  record Entrant(String name, Method<?> method, Settings settings) {}

  /**
   * Reads what was asked for.
   *
   * @param names methods, or NAME=METHOD for a method under another name
   * @param set OPTION=VALUE for all that have the option, NAME.OPTION=VALUE for one; the latter
   *     counts where both are given
   * @throws TamisException of kind USAGE or CONFIG if a method or option is unknown, a name is
   *     given twice, or a value is not allowed
   */
  static List<Entrant> read(List<String> names, List<String> set) {
    Map<String, Method<?>> methods = new LinkedHashMap<>();
    for (String given : names) {
      int equals = given.indexOf('=');
      String name = equals < 0 ? given : given.substring(0, equals);
      if (!name.matches("[A-Za-z0-9][A-Za-z0-9-]{0,39}")) {
        throw TamisException.usage(
            "--methods takes names of methods, or NAME=METHOD with a NAME of up to 40 letters,"
                + " digits and dashes, but was given '"
                + given
                + "'");
      }
      Method<?> method = Methods.named(equals < 0 ? given : given.substring(equals + 1));
      if (methods.put(name, method) != null) {
        throw TamisException.usage(
            "'"
                + name
                + "' takes part twice; give the second a name of its own, as in other="
                + method.name());
      }
    }
    Map<String, String> texts = SetOptions.texts(set);
    Set<String> used = new HashSet<>();
    List<Entrant> entrants = new ArrayList<>();
    methods.forEach((name, method) -> entrants.add(entrant(name, method, texts, used)));
    refuseUnused(texts, used, methods);
    return entrants;
  }

  private static Entrant entrant(
      String name, Method<?> method, Map<String, String> texts, Set<String> used) {
    Set<String> known = optionsOf(method);
    Map<String, String> ofAll = new TreeMap<>();
    Map<String, String> ofThis = new TreeMap<>();
    texts.forEach(
        (key, value) -> {
          if (known.contains(key)) {
            used.add(key);
            ofAll.put(key, value);
          } else if (key.startsWith(name + ".")) {
            used.add(key);
            ofThis.put(key.substring(name.length() + 1), value);
          }
        });
    Map<String, String> mine = new TreeMap<>(parse(method, ofAll).given());
    mine.putAll(parse(method, ofThis).given());
    return new Entrant(name, method, parse(method, mine));
  }

  private static Settings parse(Method<?> method, Map<String, String> texts) {
    return Settings.parse("method '" + method.name() + "'", method.options(), texts);
  }

  private static Set<String> optionsOf(Method<?> method) {
    Set<String> known = new TreeSet<>();
    method.options().forEach(option -> known.add(option.name()));
    method.options().forEach(option -> known.addAll(option.aliases()));
    return known;
  }

  private static void refuseUnused(
      Map<String, String> texts, Set<String> used, Map<String, Method<?>> methods) {
    Set<String> known = new TreeSet<>();
    methods.values().forEach(method -> known.addAll(optionsOf(method)));
    for (String key : texts.keySet()) {
      if (!used.contains(key)) {
        int dot = key.indexOf('.');
        throw TamisException.config(
            dot > 0
                ? "--set "
                    + key
                    + ": '"
                    + key.substring(0, dot)
                    + "' does not take part"
                    + Suggestion.clause(key.substring(0, dot), methods.keySet())
                    + " (there are: "
                    + String.join(", ", methods.keySet())
                    + ")"
                : "no method that takes part has an option '"
                    + key
                    + "'"
                    + Suggestion.clause(key, known));
      }
    }
  }
}
