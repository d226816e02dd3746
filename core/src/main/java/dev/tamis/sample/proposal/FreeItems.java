package dev.tamis.sample.proposal;

import dev.tamis.data.Interactions;
import dev.tamis.math.Rng;

/**
 * What a law over all items becomes for a user whose positives are drawn again. Masses are those of
 * all items, up to a factor; each method takes the positives out of them. O(items).
 */
final class FreeItems {
  private FreeItems() {}

  /** Makes probabilities of masses, in place. */
  static double[] probabilities(Interactions train, int user, double[] masses) {
    double free = free(train, user, masses);
    for (int i = 0; i < masses.length; i++) {
      masses[i] /= free;
    }
    return masses;
  }

  /** How many items are drawn until one is no positive, on average. */
  static double trials(Interactions train, int user, double[] masses) {
    double all = 0;
    for (double mass : masses) {
      all += mass;
    }
    return all / free(train, user, masses);
  }

  /**
   * An item that is no positive. For a user whose positives have nearly all of the mass, so that
   * drawing again would go on for long.
   */
  static int draw(Interactions train, int user, double[] masses, Rng rng) {
    double left = rng.nextDouble() * free(train, user, masses);
    int drawn = -1;
    // The last item with a mass, should rounding leave something over.
    for (int i = 0; i < masses.length && !(left < 0); i++) {
      if (masses[i] != 0) {
        drawn = i;
        left -= masses[i];
      }
    }
    return drawn;
  }

  /** Takes the positives out and returns the sum of what is left. */
  private static double free(Interactions train, int user, double[] masses) {
    for (int e = train.rowStart()[user]; e < train.rowStart()[user + 1]; e++) {
      masses[train.itemIds()[e]] = 0;
    }
    double sum = 0;
    for (double mass : masses) {
      sum += mass;
    }
    return sum;
  }
}
