package dev.tamis.eval;

import dev.tamis.data.Interactions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;

/**
 * Metrics by how much is known of a user: users measured are sorted by the number of their known
 * items and cut into so many parts of about equal size (Liang et al. 2018, figure 3, has five).
 * Users with as many items stand in the same part, so parts may differ in size, and there may be
 * fewer of them.
 */
public final class ActivitySlices {
  private ActivitySlices() {}

  /**
   * Users of about the same activity.
   *
   * @param fewest the fewest known items of any of them, {@code most} the most
   * @param users how many they are
   * @param metrics the mean over them of each metric that has values a user
   * @param standardErrors of those means; 0 for one user
   */
  public record Slice(
      int fewest,
      int most,
      int users,
      SortedMap<String, Double> metrics,
      SortedMap<String, Double> standardErrors) {}

  /**
   * The parts, the least active users first. Cost O(users (log users + metrics)).
   *
   * @param values what was measured
   * @param known what is known of the users, in their numbers
   * @param slices how many parts, at least 1
   */
  public static List<Slice> of(PerUserValues values, Interactions known, int slices) {
    int[] users = values.users();
    int[] sorted = Arrays.stream(users).map(known::degree).sorted().toArray();
    int[] slice = new int[users.length];
    for (int u = 0; u < users.length; u++) {
      int fewer = first(sorted, known.degree(users[u]));
      slice[u] = (int) ((long) fewer * slices / users.length);
    }
    List<Slice> found = new ArrayList<>();
    for (int s = 0; s < slices; s++) {
      add(found, values, known, slice, s);
    }
    return found;
  }

  private static void add(
      List<Slice> found, PerUserValues values, Interactions known, int[] slice, int which) {
    List<String> names = values.metrics();
    Columns columns = new Columns(names, 0, false);
    double[] row = new double[names.size()];
    int fewest = Integer.MAX_VALUE;
    int most = 0;
    int count = 0;
    for (int u = 0; u < slice.length; u++) {
      if (slice[u] != which) {
        continue;
      }
      for (int c = 0; c < row.length; c++) {
        row[c] = values.of(names.get(c))[u];
      }
      columns.add(row, 0);
      int activity = known.degree(values.users()[u]);
      fewest = Math.min(fewest, activity);
      most = Math.max(most, activity);
      count++;
    }
    if (count > 0) {
      found.add(new Slice(fewest, most, count, columns.means(), columns.standardErrors()));
    }
  }

  /** Where a value first stands, which is how many are below it. */
  private static int first(int[] sorted, int value) {
    int at = Arrays.binarySearch(sorted, value);
    while (at > 0 && sorted[at - 1] == value) {
      at--;
    }
    return at;
  }
}
