package dev.tamis.cli;

import dev.tamis.config.TamisException;
import dev.tamis.lab.compare.Comparison;
import java.util.List;

/**
 * What {@code --assert} says: that one is better than another.
 *
 * @param better who should be better
 * @param worse than whom
 */
record Claim(String better, String worse) {
  static Claim parse(String text, List<String> names) {
    String[] sides = text.split(">", -1);
    if (sides.length != 2 || sides[0].strip().equals(sides[1].strip())) {
      throw TamisException.usage(
          "--assert needs two names, as in 'pris>bpr', but was given '" + text + "'");
    }
    Claim claim = new Claim(sides[0].strip(), sides[1].strip());
    for (String name : List.of(claim.better, claim.worse)) {
      if (!names.contains(name)) {
        throw Comparison.unknown(name, names);
      }
    }
    return claim;
  }

  /** Refuses a pair that is not compared. */
  void requireAsked(String against) {
    if (against != null && !against.equals(better) && !against.equals(worse)) {
      throw TamisException.usage(
          "--assert '"
              + better
              + ">"
              + worse
              + "' is about a pair that --against "
              + against
              + " does not compare; leave --against out");
    }
  }

  /** Whether a comparison supports it; a pair without results supports nothing. */
  boolean holds(Comparison comparison) {
    return comparison.pairs().stream()
        .anyMatch(
            p ->
                p.a().equals(better) && p.b().equals(worse) && p.better()
                    || p.b().equals(better) && p.a().equals(worse) && p.worse());
  }
}
