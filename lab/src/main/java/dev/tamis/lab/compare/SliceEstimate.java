package dev.tamis.lab.compare;

import dev.tamis.lab.statistics.Values;
import java.util.Arrays;

/**
 * A metric over a part of the users or items.
 *
 * @param fewest the fewest known items of a user, or users of an item, in this part
 * @param most the most of them
 * @param users how many users the mean is over
 * @param mean over users and seeds
 * @param standardError of the mean over users; 0 for one user
 */
public record SliceEstimate(int fewest, int most, int users, double mean, double standardError) {
  /** Over those users that have a value. */
  static SliceEstimate of(int fewest, int most, double[] values) {
    double[] some = Arrays.stream(values).filter(v -> !Double.isNaN(v)).toArray();
    return new SliceEstimate(
        fewest,
        most,
        some.length,
        Values.mean(some),
        Values.deviation(some) / StrictMath.sqrt(some.length));
  }
}
