package dev.tamis.lab.statistics;

import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Holm's correction for several tests (Holm 1979): rejecting those whose corrected p-value is below
 * 5% rejects any true hypothesis at all with at most 5%, whatever depends on what.
 */
public final class Holm {
  private Holm() {}

  /** The corrected p-values, in the order given. */
  public static double[] corrected(double[] pValues) {
    int n = pValues.length;
    int[] ascending =
        IntStream.range(0, n)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> pValues[i]))
            .mapToInt(Integer::intValue)
            .toArray();
    double[] corrected = new double[n];
    double least = 0;
    for (int rank = 0; rank < n; rank++) {
      least = Math.max(least, Math.min(1, (n - rank) * pValues[ascending[rank]]));
      corrected[ascending[rank]] = least;
    }
    return corrected;
  }
}
