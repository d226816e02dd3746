package dev.tamis.data.read;

import dev.tamis.config.TamisException;
import dev.tamis.data.feature.ColumnKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Which columns of a feature file are read, and as what.
 *
 * @param chosen in this order; empty for all but the ids
 */
public record FeatureColumns(List<Chosen> chosen) {
  /** All columns, each as what it looks like. */
  public static final FeatureColumns ALL = new FeatureColumns(List.of());

  /**
   * A column.
   *
   * @param kind what its values are; empty to find out
   */
  public record Chosen(String name, Optional<ColumnKind> kind) {}

  public FeatureColumns {
    chosen = List.copyOf(chosen);
  }

  /**
   * Reads names with commas between them, each with {@code :categorical}, {@code :multi} or {@code
   * :numeric} behind it or not.
   *
   * @throws TamisException of kind USAGE if a kind is not known, or a name empty or there twice
   */
  public static FeatureColumns parse(String text) {
    List<Chosen> chosen = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      int colon = part.lastIndexOf(':');
      String name = (colon < 0 ? part : part.substring(0, colon)).strip();
      if (name.isEmpty()) {
        throw TamisException.usage(
            "'" + text + "' has an empty name of a column; write names with commas between them");
      }
      if (chosen.stream().anyMatch(c -> c.name().equals(name))) {
        throw TamisException.usage("'" + text + "' names the column '" + name + "' twice");
      }
      chosen.add(
          new Chosen(
              name, colon < 0 ? Optional.empty() : Optional.of(kind(part.substring(colon + 1)))));
    }
    return new FeatureColumns(chosen);
  }

  private static ColumnKind kind(String word) {
    return Arrays.stream(ColumnKind.values())
        .filter(kind -> kind.word().equals(word.strip().toLowerCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(
            () ->
                TamisException.usage(
                    "a column is categorical, multi or numeric, but '" + word + "' is none"));
  }
}
