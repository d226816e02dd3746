package dev.tamis.cli;

import dev.tamis.config.Spelling;
import dev.tamis.config.Suggestion;
import dev.tamis.config.TamisException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Options that are one word of a few. */
final class Words {
  private Words() {}

  /** Constants by how they are typed: in lower case, with hyphens. */
  static <E extends Enum<E>> Map<String, E> of(E[] constants) {
    Map<String, E> words = new LinkedHashMap<>();
    for (E constant : constants) {
      words.put(Spelling.of(constant), constant);
    }
    return words;
  }

  /**
   * What a word stands for.
   *
   * @throws TamisException of kind USAGE, with the nearest word, if it is none of those allowed
   */
  static <E> E one(String option, String given, Map<String, E> allowed) {
    E value = allowed.get(given);
    if (value == null) {
      throw TamisException.usage(
          option
              + " must be one of "
              + String.join(", ", allowed.keySet())
              + ", but is '"
              + given
              + "'"
              + Suggestion.clause(given, allowed.keySet()));
    }
    return value;
  }
}
