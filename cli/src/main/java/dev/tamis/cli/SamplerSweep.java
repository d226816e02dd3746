package dev.tamis.cli;

import dev.tamis.config.Suggestion;
import dev.tamis.config.TamisException;
import dev.tamis.method.sampler.Sampler;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * An option of samplers and the values that it is to have, one after the other.
 *
 * @param option its name
 * @param values as they were given
 */
record SamplerSweep(String option, List<String> values) {
  /**
   * Reads {@code NAME=VALUE,VALUE,...}.
   *
   * @throws TamisException of kind USAGE if it is not of this form
   */
  static SamplerSweep parse(String text) {
    int equals = text.indexOf('=');
    List<String> values = Arrays.asList(text.substring(equals + 1).split(",", -1));
    if (equals < 1 || values.contains("") || values.stream().distinct().count() < values.size()) {
      throw TamisException.usage(
          "--sweep needs OPTION=VALUE,VALUE,... with each value once, for example --sweep"
              + " codewords=8,16,32, but was given '"
              + text
              + "'");
    }
    return new SamplerSweep(text.substring(0, equals), values);
  }

  /** Whether a sampler has the option. */
  boolean of(Sampler sampler) {
    return sampler.options().stream().anyMatch(known -> known.name().equals(option));
  }

  /** Values for a sampler, of which the option has this one. */
  Map<String, String> with(Map<String, String> settings, String value) {
    Map<String, String> texts = new TreeMap<>(settings);
    texts.put(option, value);
    return texts;
  }

  /** Refuses an option that none of the samplers has, and values that are not allowed. */
  void check(List<Sampler> samplers) {
    requireKnown(List.of(option), samplers);
    for (Sampler sampler : samplers) {
      values.forEach(value -> sampler.read(Map.of(option, value)));
    }
  }

  /**
   * Refuses names of options that none of the samplers has.
   *
   * @throws TamisException of kind CONFIG with the nearest name
   */
  static void requireKnown(Iterable<String> names, List<Sampler> samplers) {
    SortedSet<String> known = new TreeSet<>();
    samplers.forEach(sampler -> sampler.options().forEach(some -> known.add(some.name())));
    for (String name : names) {
      if (!known.contains(name)) {
        throw TamisException.config(
            "no sampler that is to be measured has an option '"
                + name
                + "'"
                + Suggestion.among(name, known));
      }
    }
  }
}
