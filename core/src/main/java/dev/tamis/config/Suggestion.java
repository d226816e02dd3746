package dev.tamis.config;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** "Did you mean": the known word nearest to a mistyped one. */
public final class Suggestion {
  private Suggestion() {}

  /**
   * The known word with the fewest edits (adjacent swaps count once), if they are at most a third
   * of its length plus one.
   */
  public static Optional<String> nearest(String given, Collection<String> known) {
    String word = given.toLowerCase(Locale.ROOT);
    String best = null;
    int bestEdits = Integer.MAX_VALUE;
    for (String candidate : known) {
      int edits = edits(word, candidate.toLowerCase(Locale.ROOT));
      if (edits < bestEdits) {
        best = candidate;
        bestEdits = edits;
      }
    }
    return best != null && bestEdits <= best.length() / 3 + 1
        ? Optional.of(best)
        : Optional.empty();
  }

  /** {@code "; did you mean 'x'?"}, or nothing where no known word is near. */
  public static String clause(String given, Collection<String> known) {
    return nearest(given, known).map(word -> "; did you mean '" + word + "'?").orElse("");
  }

  /** The same, and after it all known words: {@code " (known: x, y)"}. */
  public static String among(String given, Collection<String> known) {
    return clause(given, known)
        + (known.isEmpty() ? "" : " (known: " + String.join(", ", known) + ")");
  }

  private static int edits(String a, String b) {
    int[][] d = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          d[i][j] = i + j;
          continue;
        }
        int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        int edits = Math.min(Math.min(d[i - 1][j], d[i][j - 1]) + 1, d[i - 1][j - 1] + change);
        boolean swap =
            i > 1
                && j > 1
                && a.charAt(i - 1) == b.charAt(j - 2)
                && a.charAt(i - 2) == b.charAt(j - 1);
        d[i][j] = swap ? Math.min(edits, d[i - 2][j - 2] + 1) : edits;
      }
    }
    return d[a.length()][b.length()];
  }
}
